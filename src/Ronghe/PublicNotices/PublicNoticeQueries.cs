using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Work;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Links;
using Ronghe.Platform.Web;

namespace Ronghe.PublicNotices;

public sealed record PublicNoticeRow(Guid Id, string Title, PublicNoticeState State, string Author, string[] ShownTo, DateTimeOffset DraftedAt, DateOnly? From, DateOnly? Until, bool? Held);

public sealed record PublicNoticeFilter
{
    public const int MostPerPage = 200;

    public PublicNoticeState? State { get; init; }
    public string? After { get; init; }
    public int Limit { get; init; } = 50;
}

/// <summary>One notice with what the caller may read and do. Names of objectors only where they gave them and the caller answers for the notice.</summary>
public sealed record PublicNoticeDetail(
    PublicNotice Notice, string Author, string[] ShownTo, IReadOnlyList<ObjectionLine> Objections, bool SeesObjections, AboutLine? About, IReadOnlyList<PublicNoticeAct> Acts)
{
    public bool Can(PublicNoticeVerb verb) => Acts.Any(act => act.Verb == verb && act.Obstacle is null);
}

public sealed record ObjectionLine(Guid Id, string Text, string? By, DateOnly On, bool? Upheld, string Answer, string? Answerer, DateTimeOffset? AnsweredAt, bool IsMine);
public sealed record AboutLine(string KindTitle, string? Name, string? Href);
public sealed record PublicNoticeAct(PublicNoticeVerb Verb, string? Obstacle);

/// <summary>Notices that I may see, newest first, and single ones.</summary>
public sealed class PublicNoticeQueries(AppDb db, Me me, PublicNoticeAccess access, LinkNames links, JournalCatalogue catalogue, TimeProvider clock)
{
    const int MostWaiting = 50;

    public static readonly WaitingSource Waiting = new(
        scope => scope.GetRequiredService<PublicNoticeQueries>().Waits().Select(notice => notice.Id),
        (scope, cancel) => scope.GetRequiredService<PublicNoticeQueries>().WaitingAsync(cancel));

    public async Task<Paged<PublicNoticeRow>> ListAsync(PublicNoticeFilter filter, CancellationToken cancel = default)
    {
        var limit = Math.Clamp(filter.Limit, 1, PublicNoticeFilter.MostPerPage);
        var notices = access.Visible().AsNoTracking();
        if (filter.State is { } state) notices = notices.Where(notice => notice.State == state);
        if (Cursor.Parse(filter.After) is { } after)
            notices = notices.Where(notice => EF.Functions.LessThan(ValueTuple.Create(notice.DraftedAt, notice.Id), ValueTuple.Create(after.At, after.Id)));
        var rows = await notices.OrderByDescending(notice => notice.DraftedAt).ThenByDescending(notice => notice.Id).Take(limit + 1)
            .Select(notice => new PublicNoticeRow(notice.Id, notice.Title, notice.State, db.People.First(p => p.Id == notice.AuthorId).Name,
                db.Units.Where(u => notice.ShownTo.Contains(u.Id)).Select(u => u.Name).ToArray(), notice.DraftedAt, notice.From, notice.Until, notice.Held)).ToListAsync(cancel);
        var more = rows.Count > limit;
        if (more) rows.RemoveAt(limit);
        return new(rows, more ? new Cursor(rows[^1].DraftedAt, rows[^1].Id).ToString() : null);
    }

    public async Task<PublicNoticeDetail> FindAsync(Guid id, CancellationToken cancel = default)
    {
        var found = await access.Visible().AsNoTracking().Include(notice => notice.Objections).Where(notice => notice.Id == id).Select(notice => new
        {
            Notice = notice, Author = db.People.First(p => p.Id == notice.AuthorId).Name,
            ShownTo = db.Units.Where(u => notice.ShownTo.Contains(u.Id)).Select(u => u.Name).ToArray(),
            Path = db.NodeClosure.Where(c => c.DescendantId == notice.UnitId).Select(c => c.AncestorId).ToArray(),
            About = db.Links.Where(link => link.ToKind == PublicNoticeActions.Kind && link.ToId == id).Select(link => new { link.FromKind, link.FromId }).FirstOrDefault(),
        }).SingleOrDefaultAsync(cancel) ?? throw new NotFound("这份公示");
        var sees = access.MayReadObjections(found.Notice, found.Path);
        var lines = await LinesAsync(id, sees, cancel);
        var acts = PublicNotice.Possible.Keys.Where(verb => access.MayEver(found.Notice, verb, found.Path))
            .Select(verb => new PublicNoticeAct(verb, found.Notice.Obstacle(verb, clock.Today()))).ToList();
        var about = found.About is null ? null : await AboutAsync(found.About.FromKind, found.About.FromId, cancel);
        return new(found.Notice, found.Author, found.ShownTo, lines, sees, about, acts);
    }

    async Task<AboutLine> AboutAsync(string kind, Guid id, CancellationToken cancel)
    {
        var name = await links.OfAsync(kind, id, cancel);
        return new(catalogue.TitleOf(kind), name, name is null ? null : catalogue.Of(kind)?.Href?.Invoke(id));
    }

    Task<List<ObjectionLine>> LinesAsync(Guid id, bool all, CancellationToken cancel) => (
        from one in db.Objections.AsNoTracking()
        where one.NoticeId == id && (all || one.ById == me.PersonId)
        orderby one.On, one.Id
        select new ObjectionLine(one.Id, one.Text, db.People.Where(p => p.Id == one.ById).Select(p => p.Name).FirstOrDefault(), one.On, one.Upheld, one.Answer,
            db.People.Where(p => p.Id == one.AnswererId).Select(p => p.Name).FirstOrDefault(), one.AnsweredAt, one.ById == me.PersonId)).ToListAsync(cancel);

    /// <summary>Mine whose last day is over and whose outcome is still to be said; others' with an objection that I may answer.</summary>
    IQueryable<PublicNotice> Waits()
    {
        var (today, reach) = (clock.Today(), me.ReachOf(PublicNoticePermissions.Publish));
        return db.PublicNotices.AsNoTracking().Where(notice => notice.CompanyId == me.CompanyId && notice.State == PublicNoticeState.Open && (
                (notice.AuthorId == me.PersonId && notice.Until < today && notice.Objections.All(one => one.AnsweredAt != null))
                || (notice.AuthorId != me.PersonId && notice.Objections.Any(one => one.AnsweredAt == null && one.ById != me.PersonId)
                    && db.NodeClosure.Any(c => c.DescendantId == notice.UnitId && reach.Contains(c.AncestorId)))))
            .OrderBy(notice => notice.Until).Take(MostWaiting);
    }

    async Task<IReadOnlyList<WaitingLine>> WaitingAsync(CancellationToken cancel)
    {
        var rows = await Waits().Select(notice => new { notice.Id, notice.Title, notice.AuthorId, notice.DraftedAt, Until = notice.Until!.Value }).ToListAsync(cancel);
        var today = clock.Today();
        return [.. rows.Select(row => row.AuthorId == me.PersonId
            ? new WaitingLine(row.Id, "speakerphone", $"宣布公示结果：{row.Title}", $"公示期 {row.Until.Say(today.Year)} 已满", $"/public-notices/{row.Id}#acts", "去宣布", row.Until.AddDays(3)) { Since = row.DraftedAt }
            : new WaitingLine(row.Id, "message-exclamation", $"答复异议：{row.Title}", $"公示到 {row.Until.Say(today.Year)}", $"/public-notices/{row.Id}#acts", "去答复", row.Until) { Since = row.DraftedAt })];
    }
}
