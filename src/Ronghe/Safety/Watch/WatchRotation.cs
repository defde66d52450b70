namespace Ronghe.Safety.Watch;

/// <param name="Stood">Watches in the year before, planned ones included.</param>
/// <param name="Last">Monday of the last one.</param>
public sealed record WatchCandidate(Guid Id, string Name, int Stood, DateOnly? Last, IReadOnlyList<(DateOnly From, DateOnly To)> Away)
{
    public bool IsAway(DateOnly monday) => Away.Any(away => away.From <= monday.AddDays(6) && away.To >= monday);
}

/// <summary>Whose turn it is: who has stood watch least, then who has waited longest, then by employee name; whoever is away is passed over and comes next.</summary>
public static class WatchRotation
{
    /// <summary>The next weeks in order, each with two members; a week for which fewer than two are there is left out.</summary>
    public static IReadOnlyList<(DateOnly Monday, IReadOnlyList<Guid> Members)> Draw(IEnumerable<WatchCandidate> candidates, IEnumerable<DateOnly> mondays)
    {
        var all = candidates.ToDictionary(candidate => candidate.Id);
        var weeks = new List<(DateOnly, IReadOnlyList<Guid>)>();
        foreach (var monday in mondays.Order())
        {
            var turn = all.Values.Where(candidate => !candidate.IsAway(monday))
                .OrderBy(candidate => candidate.Stood).ThenBy(candidate => candidate.Last ?? DateOnly.MinValue).ThenBy(candidate => candidate.Name, StringComparer.Ordinal).ThenBy(candidate => candidate.Id)
                .Take(WatchWeek.Members).ToList();
            if (turn.Count < WatchWeek.Members) continue;
            foreach (var candidate in turn) all[candidate.Id] = candidate with { Stood = candidate.Stood + 1, Last = monday };
            weeks.Add((monday, [.. turn.Select(candidate => candidate.Id)]));
        }
        return weeks;
    }
}
