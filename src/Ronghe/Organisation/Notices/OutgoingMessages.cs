using Microsoft.EntityFrameworkCore;
using Ronghe.Platform.Notices;

namespace Ronghe.Organisation.Notices;

/// <summary>A message to carry outside.</summary>
/// <param name="Number">Employee number, by which the company's messaging system knows the person.</param>
public sealed record OutgoingMessage(Guid Id, string Number, string Text, string Link, DateTimeOffset DueAt);

/// <summary>What the company's own messaging system fetches: to whom, and words without content.</summary>
public sealed class OutgoingMessages(AppDb db, NoticeOutbox outbox)
{
    public async Task<IReadOnlyList<OutgoingMessage>> WaitingAsync(CancellationToken cancel = default)
    {
        var waiting = await outbox.WaitingAsync(cancel);
        var people = waiting.Select(notice => notice.PersonId).Distinct().ToArray();
        var numbers = await db.People.Where(person => people.Contains(person.Id) && person.LeftOn == null).ToDictionaryAsync(person => person.Id, person => person.Number, cancel);
        return [.. waiting.Where(notice => numbers.ContainsKey(notice.PersonId)).Select(notice => new OutgoingMessage(notice.Id, numbers[notice.PersonId], notice.Text, notice.Link, notice.DueAt))];
    }
}
