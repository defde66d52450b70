using Ronghe.Platform.Calendar;

namespace Ronghe.Duties;

/// <summary>My week: what I owe by the end of it, what I missed lately, and what was met.</summary>
public sealed class DutyWeek(DutyDues dues, TimeProvider clock)
{
    /// <summary>So long does what was missed in the period before stay in sight here; the coverage shows it for good.</summary>
    public const int DaysOfGrace = 14;

    /// <summary>Open ones first, by deadline; then what was met this week.</summary>
    public async Task<IReadOnlyList<DutyDue>> OfMineAsync(CancellationToken cancel = default)
    {
        var (today, monday) = (clock.Today(), clock.Today().Monday());
        var all = await dues.OfMineAsync(today, cadence => [cadence.Before(cadence.Of(today)), cadence.Of(today)], cancel);
        return [.. all.Where(due => IsOfThisWeek(due, today, monday)).OrderBy(due => due.IsMet).ThenBy(due => due.DueOn).ThenBy(due => due.Duty.Code, StringComparer.Ordinal)];
    }

    static bool IsOfThisWeek(DutyDue due, DateOnly today, DateOnly monday)
    {
        if (due.IsMet) return due.DueOn >= monday && due.DueOn <= monday.AddDays(6) || due.Met.Any(met => met.On >= monday);
        return due.DueOn < today ? due.DueOn.AddDays(DaysOfGrace) >= today : due.DueOn.AddDays(-due.Duty.Definition.LeadDays) <= monday.AddDays(6);
    }
}
