using Ronghe.Organisation.Access;

namespace Ronghe.Safety.ModelPosts;

/// <summary>Who may see a model post and who may do what with it.</summary>
public sealed class ModelPostAccess(AppDb db, Me me)
{
    static readonly string[] Offices = [ModelPostPermissions.Recommend, ModelPostPermissions.Check, ModelPostPermissions.Award, ModelPostPermissions.Review];

    /// <summary>What is public, everybody in the company; what is still being weighed, those concerned and those who weigh it.</summary>
    public IQueryable<ModelPost> Visible()
    {
        if (me.IsSystem) return db.ModelPosts;
        var reach = Offices.SelectMany(me.ReachOf).Distinct().ToArray();
        return db.ModelPosts.Where(post => post.CompanyId == me.CompanyId && (
            ModelPostStates.Public.Contains(post.State) || post.PersonId == me.PersonId || post.NominatorId == me.PersonId
            || db.NodeClosure.Any(c => c.DescendantId == post.UnitId && reach.Contains(c.AncestorId))));
    }

    /// <summary>Whether I am concerned or have a say: then I read opinions and reasons, not only who holds what.</summary>
    public bool IsInside(ModelPost post, IReadOnlyCollection<Guid> unitAndAncestors) =>
        me.IsSystem || post.PersonId == me.PersonId || post.NominatorId == me.PersonId || Offices.Any(office => me.May(office, unitAndAncestors));

    public bool MaySeeEffect(ModelPost post, IReadOnlyCollection<Guid> unitAndAncestors) =>
        post.PersonId == me.PersonId || me.May(ModelPostPermissions.Effect, unitAndAncestors);

    /// <summary>Whether the verb is this person's business at all, in whatever state. Nobody decides about himself.</summary>
    public bool MayEver(ModelPost post, ModelPostVerb verb, IReadOnlyCollection<Guid> unitAndAncestors)
    {
        var isMine = post.PersonId == me.PersonId;
        bool Holds(string permission) => me.May(permission, unitAndAncestors);
        return verb switch
        {
            ModelPostVerb.Agree => isMine,
            ModelPostVerb.Withdraw => isMine || post.NominatorId == me.PersonId,
            ModelPostVerb.AddActivity => isMine || Holds(ModelPostPermissions.Recommend) || Holds(ModelPostPermissions.Review),
            _ when isMine => false,
            ModelPostVerb.Recommend => Holds(ModelPostPermissions.Recommend),
            ModelPostVerb.Check => post.NominatorId != me.PersonId && post.RecommenderId != me.PersonId && Holds(ModelPostPermissions.Check),
            ModelPostVerb.Refuse => Holds(post.State switch
            {
                ModelPostState.Nominated => ModelPostPermissions.Recommend, ModelPostState.Recommended => ModelPostPermissions.Check, _ => ModelPostPermissions.Award,
            }),
            ModelPostVerb.Review => Holds(ModelPostPermissions.Review),
            ModelPostVerb.Show or ModelPostVerb.Award or ModelPostVerb.Renew or ModelPostVerb.TakeDown => Holds(ModelPostPermissions.Award),
            _ => false,
        };
    }

    internal string Stranger(ModelPost post, ModelPostVerb verb) => verb switch
    {
        ModelPostVerb.Agree => "愿不愿意参评由本人说。",
        ModelPostVerb.Withdraw => "只有本人和申报的人能撤回。",
        _ when post.PersonId == me.PersonId => $"不能给自己办“{verb.Title()}”，请由别人办理。",
        ModelPostVerb.Check when post.NominatorId == me.PersonId || post.RecommenderId == me.PersonId => "申报和推荐的人不能再审核，请由别人审核。",
        _ => $"您在这个单位没有办“{verb.Title()}”的权限。",
    };
}
