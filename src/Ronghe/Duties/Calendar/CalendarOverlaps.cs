using Microsoft.EntityFrameworkCore;
using Ronghe.Platform.Calendar;

namespace Ronghe.Duties.Calendar;

/// <summary>How a Party activity and something of production meet.</summary>
public enum OverlapKind
{
    /// <summary>The same people, or people who are tied down, on the same days.</summary>
    Clash,
    /// <summary>The same unit on the same day: they can be one activity.</summary>
    SameDay,
    /// <summary>The same unit in the same week: they can be moved together.</summary>
    SameWeek,
}

/// <param name="Why">In one sentence.</param>
public sealed record Overlap(OverlapKind Kind, CalendarEntry Party, CalendarEntry Production, string Why)
{
    /// <summary>Both are the calendar's own, so that they can be made one here.</summary>
    public bool CanJoin => Kind != OverlapKind.Clash && Party.Work?.PlanVersion is not null && Production.Work?.PlanVersion is not null;
}

/// <summary>Party activities and production side by side: where they clash, where they can be one, and how many are tied to a safety task (M25).</summary>
/// <param name="Activities">Everything of Party life that people do in this time.</param>
public sealed record OverlapView(IReadOnlyList<Overlap> Overlaps, IReadOnlyList<CalendarEntry> Activities)
{
    public int Tied => Activities.Count(IsTied);

    /// <summary>It serves both at once, or stands for the sake of a task, a check, a risk.</summary>
    public static bool IsTied(CalendarEntry entry) => entry.Tag == PlanTag.Both || entry.Work is { IsTied: true };
}

public sealed class CalendarOverlaps(AppDb db, CalendarQueries calendar)
{
    /// <summary>Within my reach.</summary>
    public async Task<OverlapView> OfAsync(DateOnly from, DateOnly to, CancellationToken cancel = default)
    {
        var work = await calendar.FindAsync(new(from, to, Mine: false), workOnly: true, cancel);
        var (party, production) = (work.Where(entry => entry.Tag == PlanTag.Party).ToList(), work.Where(entry => entry.Tag == PlanTag.Production).ToList());
        var above = party.Count == 0 || production.Count == 0 ? [] : await AboveAsync([.. party.Concat(production).SelectMany(entry => entry.Work!.Units).Distinct()], cancel);
        var overlaps = from one in party
                       from other in production
                       let found = Compare(one, other, above)
                       where found is not null
                       orderby found.Kind, one.From, one.Title
                       select found;
        return new([.. overlaps], [.. work.Where(entry => entry.Tag.Is(PlanTag.Party))]);
    }

    /// <summary>Null when they have nothing to do with one another.</summary>
    /// <param name="above">Of each unit those that lie above it, among the units in question.</param>
    public static Overlap? Compare(CalendarEntry party, CalendarEntry production, IReadOnlySet<(Guid Unit, Guid Above)> above)
    {
        var (one, other) = (party.Work!, production.Work!);
        var both = one.People.Intersect(other.People).Count();
        var isSameUnit = one.Units.Any(unit => other.Units.Any(with => unit == with || above.Contains((unit, with)) || above.Contains((with, unit))));
        if (!isSameUnit && both == 0) return null;
        if (!party.Touches(production.From, production.To))
            return isSameUnit && !other.IsBinding && party.From.Monday() == production.From.Monday() ? new(OverlapKind.SameWeek, party, production, "同一周、同一单位，可以排到同一天，合成一项。") : null;
        if (both > 0) return new(OverlapKind.Clash, party, production, $"同一天有 {both} 人两边都要到：错开，或者合成一项。");
        return other.IsBinding
            ? new(OverlapKind.Clash, party, production, $"这几天这个单位在{production.Outside}，人走不开：错开，或者到现场开展。")
            : new(OverlapKind.SameDay, party, production, "同一天、同一单位，可以合成一项。");
    }

    async Task<HashSet<(Guid, Guid)>> AboveAsync(Guid[] units, CancellationToken cancel) =>
        (await db.NodeClosure.Where(c => units.Contains(c.DescendantId) && units.Contains(c.AncestorId) && c.DescendantId != c.AncestorId)
            .Select(c => new { c.DescendantId, c.AncestorId }).ToListAsync(cancel)).Select(c => (c.DescendantId, c.AncestorId)).ToHashSet();
}
