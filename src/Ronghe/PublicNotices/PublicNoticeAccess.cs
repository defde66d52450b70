using Ronghe.Organisation.Access;

namespace Ronghe.PublicNotices;

/// <summary>Who may see a notice and who may do what with it.</summary>
public sealed class PublicNoticeAccess(AppDb db, Me me)
{
    /// <summary>What was opened is seen by everybody to whom it is shown; drafts only by those who may publish there.</summary>
    public IQueryable<PublicNotice> Visible()
    {
        if (me.IsSystem) return db.PublicNotices;
        var reach = me.ReachOf(PublicNoticePermissions.Publish);
        return db.PublicNotices.Where(notice => notice.CompanyId == me.CompanyId && (
            notice.AuthorId == me.PersonId
            || db.NodeClosure.Any(c => c.DescendantId == notice.UnitId && reach.Contains(c.AncestorId))
            || (notice.From != null && db.NodeClosure.Any(c => c.DescendantId == me.UnitId && notice.ShownTo.Contains(c.AncestorId)))));
    }

    /// <summary>Whether the verb is this person's business at all, in whatever state.</summary>
    public bool MayEver(PublicNotice notice, PublicNoticeVerb verb, IReadOnlyCollection<Guid> unitAndAncestors) => verb switch
    {
        PublicNoticeVerb.Object => notice.AuthorId != me.PersonId,
        PublicNoticeVerb.Answer => notice.AuthorId != me.PersonId && Publishes(unitAndAncestors),
        _ => notice.AuthorId == me.PersonId || Publishes(unitAndAncestors),
    };

    /// <summary>What was objected is read by those who answer for the notice; of the others everybody reads only their own.</summary>
    public bool MayReadObjections(PublicNotice notice, IReadOnlyCollection<Guid> unitAndAncestors) => notice.AuthorId == me.PersonId || Publishes(unitAndAncestors);

    bool Publishes(IReadOnlyCollection<Guid> unitAndAncestors) => me.May(PublicNoticePermissions.Publish, unitAndAncestors);

    internal static string Stranger(PublicNoticeVerb verb) => verb switch
    {
        PublicNoticeVerb.Object => "自己起草的公示不用提异议，可以直接撤回。",
        PublicNoticeVerb.Answer => "异议由有公示权限、又没有写这份公示的人答复。",
        _ => $"您没有{verb.Title()}的权限，请联系起草人。",
    };
}
