using Microsoft.EntityFrameworkCore;
using Ronghe.Platform.Journal;

namespace Ronghe.Platform.Notices;

/// <summary>Follows the journal and tells people what concerns them: once for each row, kind and person, on however many nodes.</summary>
public sealed class NoticeDelivery(AppDb db, NoticeKinds kinds, IEnumerable<NoticeSource> sources, TimeProvider clock)
{
    /// <summary>What happened longer ago is history, not news: so it is after an upgrade, or once a follower that stood still goes on.</summary>
    static readonly TimeSpan Freshest = TimeSpan.FromDays(3);

    public static readonly Follower Follower = new("notices", "发送消息", (scope, rows, cancel) => scope.GetRequiredService<NoticeDelivery>().HandleAsync(scope, rows, cancel));

    async Task HandleAsync(IServiceProvider scope, IReadOnlyList<JournalRow> rows, CancellationToken cancel)
    {
        var since = clock.GetUtcNow() - Freshest;
        var fresh = rows.Where(row => row.At >= since).ToList();
        if (fresh.Count == 0) return;
        foreach (var source in sources) await TellAsync(await source.Find(scope, fresh, cancel), cancel);
    }

    /// <summary>Writes what is wanted; what was told already is left as it is.</summary>
    public async Task TellAsync(IReadOnlyList<NoticeDraft> drafts, CancellationToken cancel = default)
    {
        if (drafts.Count == 0) return;
        var people = drafts.Select(draft => draft.PersonId).Distinct().ToArray();
        var choices = await db.NoticeChoices.AsNoTracking().Where(choice => people.Contains(choice.PersonId)).ToDictionaryAsync(choice => choice.PersonId, cancel);
        var now = clock.GetUtcNow();
        foreach (var draft in drafts)
        {
            var (kind, choice) = (kinds.Of(draft.Kind), choices.GetValueOrDefault(draft.PersonId) ?? new());
            if (!choice.Wants(kind)) continue;
            await db.Database.ExecuteSqlAsync($"""
                insert into notices (id, person_id, kind, cause, text, href, at, due_at)
                values ({Guid.CreateVersion7()}, {draft.PersonId}, {draft.Kind}, {draft.Cause}, {draft.Text}, {draft.Href}, {now}, {(kind.IsUrgent ? now : choice.NotBefore(now))})
                on conflict do nothing
                """, cancel);
        }
    }
}
