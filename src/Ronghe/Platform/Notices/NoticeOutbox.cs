using Microsoft.EntityFrameworkCore;

namespace Ronghe.Platform.Notices;

/// <summary>A message for a gateway of the company: whom it is for, and words that say nothing of the content.</summary>
/// <param name="Link">On this host; whoever follows it signs in first.</param>
public sealed record OutgoingNotice(Guid Id, Guid PersonId, string Text, string Link, DateTimeOffset DueAt);

/// <summary>
/// What may be carried outside, by the company's own messaging system, which asks for it. Unread, due, not too old; each text is that
/// of its kind, never that of the notice.
/// </summary>
public sealed class NoticeOutbox(AppDb db, NoticeKinds kinds, TimeProvider clock)
{
    const int Most = 500;
    static readonly TimeSpan Oldest = TimeSpan.FromDays(1);

    public async Task<IReadOnlyList<OutgoingNotice>> WaitingAsync(CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        var rows = await db.Notices.AsNoTracking().Where(notice => notice.SentAt == null && notice.DueAt <= now && notice.DueAt > now - Oldest && notice.ReadAt == null)
            .OrderBy(notice => notice.DueAt).Take(Most).Select(notice => new { notice.Id, notice.PersonId, notice.Kind, notice.DueAt }).ToListAsync(cancel);
        return rows.ConvertAll(row => new OutgoingNotice(row.Id, row.PersonId, kinds.Of(row.Kind).Outside, $"/notices/{row.Id}", row.DueAt));
    }

    /// <summary>The gateway has them; they are not handed out again.</summary>
    public Task<int> SentAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancel = default) =>
        db.Notices.Where(notice => ids.Contains(notice.Id) && notice.SentAt == null).ExecuteUpdateAsync(set => set.SetProperty(notice => notice.SentAt, clock.GetUtcNow()), cancel);

    /// <summary>Read or not, half a year later nobody needs it; what happened stands in the journal.</summary>
    public Task<int> RemoveOutdatedAsync(CancellationToken cancel = default)
    {
        var before = clock.GetUtcNow().AddDays(-180);
        return db.Notices.Where(notice => notice.DueAt < before).ExecuteDeleteAsync(cancel);
    }
}
