using Ronghe.Organisation.Access;

namespace Ronghe.Tasks;

/// <summary>Who may see a task and who may do what with it. Which verbs the state allows, the task itself knows.</summary>
public sealed class TaskAccess(AppDb db, Me me)
{
    /// <summary>Own company; there whatever lies in my scope or has my name on it.</summary>
    public IQueryable<GivenTask> Visible()
    {
        if (me.IsSystem) return db.Tasks;
        var company = db.Tasks.Where(task => task.CompanyId == me.CompanyId);
        var reach = me.ReachOf(TaskPermissions.View);
        return reach.Contains(me.CompanyId) ? company : company.Where(task =>
            task.OwnerId == me.PersonId || task.GiverId == me.PersonId || task.ConfirmerId == me.PersonId
            || db.NodeClosure.Any(c => c.DescendantId == task.UnitId && reach.Contains(c.AncestorId)));
    }

    /// <summary>Null when I may do it now, else the reason in one sentence, from the state or from who I am.</summary>
    public string? Obstacle(GivenTask task, TaskVerb verb, IReadOnlyCollection<Guid> unitAndAncestors) =>
        task.Obstacle(verb) ?? (MayEver(task, verb, unitAndAncestors) ? null : Stranger(verb));

    /// <summary>Whether the verb is this person's business at all, in whatever state; others are not offered it.</summary>
    public bool MayEver(GivenTask task, TaskVerb verb, IReadOnlyCollection<Guid> unitAndAncestors)
    {
        if (me.IsSystem) return true;
        var isOwner = task.OwnerId == me.PersonId;
        bool AnswersForIt() => task.GiverId == me.PersonId || task.ConfirmerId == me.PersonId || me.May(TaskPermissions.Give, unitAndAncestors);
        return verb switch
        {
            TaskVerb.Start or TaskVerb.Report => isOwner,
            TaskVerb.HandOver => isOwner || AnswersForIt(),
            TaskVerb.Confirm or TaskVerb.Return or TaskVerb.Extend or TaskVerb.Cancel => !isOwner && AnswersForIt(),
            _ => false,
        };
    }

    /// <summary>What somebody hears whose business it is not, in whatever state.</summary>
    internal static string Stranger(TaskVerb verb) => verb switch
    {
        TaskVerb.Start or TaskVerb.Report => "只有办理人能接办、报办结。",
        TaskVerb.Confirm or TaskVerb.Return => "由交办人、确认人或有权交办的人确认，办理人不能确认自己的事。",
        TaskVerb.Extend or TaskVerb.Cancel => $"{verb.Title()}由交办人、确认人或有权交办的人办理，办理人自己不能{verb.Title()}。",
        _ => "转办由办理人、交办人或有权交办的人办理。",
    };
}
