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
        var wanted = drafts.Select(draft => (Draft: draft, Kind: kinds.Of(draft.Kind), Choice: choices.GetValueOrDefault(draft.PersonId) ?? new()))
            .Where(one => one.Choice.Wants(one.Kind)).ToList();
        await db.Database.ExecuteSqlAsync($"""
            insert into notices (id, person_id, kind, cause, text, href, at, due_at)
            select id, person_id, kind, cause, text, href, {now}, due_at from unnest(
                {wanted.Select(_ => Guid.CreateVersion7()).ToArray()}, {wanted.Select(one => one.Draft.PersonId).ToArray()}, {wanted.Select(one => one.Draft.Kind).ToArray()},
                {wanted.Select(one => one.Draft.Cause).ToArray()}, {wanted.Select(one => one.Draft.Text).ToArray()}, {wanted.Select(one => one.Draft.Href).ToArray()},
                {wanted.Select(one => one.Kind.IsUrgent ? now : one.Choice.NotBefore(now)).ToArray()}) as told (id, person_id, kind, cause, text, href, due_at)
            on conflict do nothing
            """, cancel);
    }
}
