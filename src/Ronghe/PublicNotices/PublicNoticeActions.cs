using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Links;

namespace Ronghe.PublicNotices;

/// <summary>
/// A kind of record that waits for the outcome of the notice about it, registered by the capability that owns it: it goes on when the
/// notice is closed or withdrawn, in the same save.
/// </summary>
public sealed record PublicNoticeSubject(string Kind, Func<IServiceProvider, Guid, PublicNotice, CancellationToken, Task> EndedAsync);

/// <summary>Every act on a public notice: load what I may see → may I → do → journal → one save.</summary>
public sealed class PublicNoticeActions(
    AppDb db, Me me, PublicNoticeAccess access, LinkNames links, IEnumerable<PublicNoticeSubject> subjects, IServiceProvider scope, TimeProvider clock)
{
    public const string Kind = "public-notice";
    const string ShownIn = "shown-in";

    /// <summary>With an id made by the caller: sent twice, it is stored once. About another record when that is named.</summary>
    public async Task DraftAsync(Guid id, PublicNoticeWords words, (string Kind, Guid Id)? about = null, CancellationToken cancel = default)
    {
        if (id == Guid.Empty) throw new Refusal("id 不能全是零，没有保存。请为每份公示生成一个 UUIDv7。", "id");
        if (await db.PublicNotices.Where(notice => notice.Id == id).Select(notice => new { notice.AuthorId, notice.Title }).SingleOrDefaultAsync(cancel) is { } already)
        {
            if (already.AuthorId == me.PersonId && already.Title == words.Title.Trim()) return;
            throw new Refusal("这个编号已经用过，没有保存，填写的内容还在。请刷新页面后再提交。", "id");
        }
        var notice = await AddAsync(id, words, about, cancel);
        Record(notice, PublicNoticeVerb.Draft, me.PersonId);
        await db.SaveNewAsync(cancel);
    }

    /// <summary>A notice about a record, open from today on; saved together with the record by whoever asks for it.</summary>
    public async Task AddOpenAsync(Guid id, PublicNoticeWords words, (string Kind, Guid Id) about, CancellationToken cancel = default)
    {
        if (id == Guid.Empty) throw new Refusal("公示的 id 不能全是零，没有办理。请生成一个 UUIDv7。", "noticeId");
        if (await db.PublicNotices.AnyAsync(notice => notice.Id == id, cancel)) throw new Refusal("这个公示编号已经用过，没有办理。请刷新页面后再提交。", "noticeId");
        var notice = await AddAsync(id, words, about, cancel);
        notice.Open(clock.Today());
        Record(notice, PublicNoticeVerb.Open, me.PersonId);
    }

    async Task<PublicNotice> AddAsync(Guid id, PublicNoticeWords words, (string Kind, Guid Id)? about, CancellationToken cancel)
    {
        words.Check();
        if (about is { } record && await links.OfAsync(record.Kind, record.Id, cancel) is null) throw new NotFound("这份公示所说的记录");
        await RequireReachAsync(words, cancel);
        var notice = PublicNotice.Draft(id, me.CompanyId, words.ShownTo[0], words, me.Id, clock.GetUtcNow());
        db.PublicNotices.Add(notice);
        if (about is { } of) db.Link(of, (Kind, id), ShownIn, me, clock.GetUtcNow());
        return notice;
    }

    public async Task RestateAsync(Guid id, int version, PublicNoticeWords words, CancellationToken cancel = default)
    {
        words.Check();
        await RequireReachAsync(words, cancel);
        await ActAsync(id, version, PublicNoticeVerb.Restate, notice => notice.Restate(words, clock.Today()), cancel);
    }

    public Task OpenAsync(Guid id, int version, CancellationToken cancel = default) => ActAsync(id, version, PublicNoticeVerb.Open, notice => notice.Open(clock.Today()), cancel);

    /// <summary>Without a name neither the objection nor the journal knows who it was. Others' objections in between are no obstacle.</summary>
    public async Task ObjectAsync(Guid id, Guid objectionId, string text, bool withoutName, CancellationToken cancel = default)
    {
        var notice = await LoadAsync(id, null, PublicNoticeVerb.Object, cancel);
        if (notice.Objections.Any(one => one.Id == objectionId)) return;
        var by = withoutName ? null : me.PersonId;
        notice.Object(objectionId, text, by, clock.Today());
        Record(notice, PublicNoticeVerb.Object, by, objectionId);
        await db.SaveChangesAsync(cancel);
    }

    public Task AnswerAsync(Guid id, int version, Guid objectionId, bool upheld, string text, CancellationToken cancel = default) =>
        ActAsync(id, version, PublicNoticeVerb.Answer, notice => notice.Answer(objectionId, upheld, text, me.Id, clock.GetUtcNow()), cancel, objectionId);

    public Task CloseAsync(Guid id, int version, bool held, string reason, CancellationToken cancel = default) =>
        ActAsync(id, version, PublicNoticeVerb.Close, notice => notice.Close(held, reason, clock.GetUtcNow()), cancel);

    public Task WithdrawAsync(Guid id, int version, string reason, CancellationToken cancel = default) =>
        ActAsync(id, version, PublicNoticeVerb.Withdraw, notice => notice.Withdraw(reason, clock.Today()), cancel);

    async Task ActAsync(Guid id, int version, PublicNoticeVerb verb, Action<PublicNotice> act, CancellationToken cancel, Guid? objectionId = null)
    {
        var notice = await LoadAsync(id, version, verb, cancel);
        act(notice);
        if (verb is PublicNoticeVerb.Close or PublicNoticeVerb.Withdraw) await TellSubjectAsync(notice, cancel);
        Record(notice, verb, me.PersonId, objectionId);
        await db.SaveChangesAsync(cancel);
    }

    async Task TellSubjectAsync(PublicNotice notice, CancellationToken cancel)
    {
        var about = await db.Links.Where(link => link.ToKind == Kind && link.ToId == notice.Id && link.Relation == ShownIn).Select(link => new { link.FromKind, link.FromId }).FirstOrDefaultAsync(cancel);
        if (about is not null && subjects.FirstOrDefault(one => one.Kind == about.FromKind) is { } subject) await subject.EndedAsync(scope, about.FromId, notice, cancel);
    }

    async Task<PublicNotice> LoadAsync(Guid id, int? version, PublicNoticeVerb verb, CancellationToken cancel)
    {
        var notice = await access.Visible().Include(one => one.Objections).SingleOrDefaultAsync(one => one.Id == id, cancel) ?? throw new NotFound("这份公示");
        if (version is { } seen && notice.Version != seen) throw new StaleWrite("您打开以后这份公示有了变化，这次没有办，填写的内容还在。请看过最新情况再办。");
        var path = await db.NodeClosure.Where(c => c.DescendantId == notice.UnitId).Select(c => c.AncestorId).ToArrayAsync(cancel);
        if (!access.MayEver(notice, verb, path)) throw new Forbidden(PublicNoticeAccess.Stranger(verb));
        return notice;
    }

    async Task RequireReachAsync(PublicNoticeWords words, CancellationToken cancel)
    {
        var reach = me.ReachOf(PublicNoticePermissions.Publish);
        var mine = await db.Units.CountAsync(unit => words.ShownTo.Contains(unit.Id) && unit.CompanyId == me.CompanyId
            && db.NodeClosure.Any(c => c.DescendantId == unit.Id && reach.Contains(c.AncestorId)), cancel);
        if (mine < words.ShownTo.Distinct().Count())
            throw new Refusal("您只能对自己管理范围内的单位公示，没有保存，填写的内容还在。请改选单位，或请上级公示。", nameof(words.ShownTo));
    }

    void Record(PublicNotice notice, PublicNoticeVerb verb, Guid? by, Guid? objectionId = null) =>
        db.Record(notice, Kind, PublicNoticeJournal.EventOf(verb), by, clock.GetUtcNow(), notice.UnitId, new { notice.State, notice.Until, notice.Held, objectionId });
}
