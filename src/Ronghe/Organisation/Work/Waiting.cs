using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Data;

namespace Ronghe.Organisation.Work;

/// <summary>Something that waits for the person who asks: the act first, then what it is about, and the one button that leads to it.</summary>
/// <param name="Id">Of the record.</param>
/// <param name="PressesOn">By when it should happen.</param>
public sealed record WaitingLine(Guid Id, string Icon, string Title, string Detail, string Href, string Button, DateOnly PressesOn)
{
    /// <summary>When the last act before this one happened.</summary>
    public DateTimeOffset Since { get; init; }
    /// <summary>A deadline that counts; null where the line only should not wait long.</summary>
    public DateOnly? DueOn { get; init; }
    public bool IsUrgent { get; init; }

    public bool IsOverdue(DateOnly today) => DueOn < today;
}

/// <summary>
/// A capability's part of “my work”, registered by it. The ids are counted together with those of all others in one query,
/// so a page costs no more however many capabilities there are.
/// </summary>
public sealed record WaitingSource(
    Func<IServiceProvider, IQueryable<Guid>> Ids, Func<IServiceProvider, CancellationToken, Task<IReadOnlyList<WaitingLine>>> ListAsync);

/// <summary>Everything that waits for me, from every capability.</summary>
public sealed class Waiting(IEnumerable<WaitingSource> sources, IServiceProvider scope, Me me, ReadOnce once)
{
    Task<int>? _count;

    /// <summary>Most pressing first. One query says which capabilities have anything at all; only these are asked.</summary>
    public async Task<IReadOnlyList<WaitingLine>> ListAsync(CancellationToken cancel = default)
    {
        var (all, lines) = (sources.ToList(), new List<WaitingLine>());
        var busy = await all.Select((source, index) => source.Ids(scope).Select(_ => index)).Aggregate((some, more) => some.Concat(more)).Distinct().ToListAsync(cancel);
        foreach (var index in busy.Order()) lines.AddRange(await all[index].ListAsync(scope, cancel));
        Remember(lines.Count);
        return [.. lines.OrderByDescending(line => line.IsUrgent).ThenBy(line => line.PressesOn).ThenBy(line => line.Since)];
    }

    /// <summary>How many; asked several times on one page, counted once.</summary>
    public Task<int> CountAsync(CancellationToken cancel = default) => _count ??= once.GetAsync(("waiting", me.Id), () => Ids().CountAsync(cancel));

    /// <summary>Somebody counted already.</summary>
    public void Remember(int count) => _count = Task.FromResult(count);

    /// <summary>Of records; one stands there once for each act that it waits for.</summary>
    public IQueryable<Guid> Ids() => sources.Select(source => source.Ids(scope)).Aggregate((all, next) => all.Concat(next));
}
