namespace Ronghe.Organisation.Counts;

/// <summary>
/// How many there are of something in a unit and everything below it, on a day where that matters. Kept, never counted on reading:
/// what is counted says its changes where they happen (<see cref="UnitCountChange"/>), and those are added up later.
/// </summary>
public sealed class UnitCount
{
    public Guid UnitId { get; init; }
    /// <summary>What is counted, e.g. <c>finding.Assigned</c>.</summary>
    public required string Name { get; init; }
    /// <summary>The day that the count belongs to, e.g. a deadline; <see cref="DateOnly.MinValue"/> where days do not matter.</summary>
    public DateOnly Day { get; init; }
    public long Amount { get; init; }
}

/// <summary>So many more or fewer in one unit, written in the transaction that changed it and not yet added up.</summary>
public sealed class UnitCountChange
{
    public long Id { get; init; }
    public Guid UnitId { get; init; }
    public required string Name { get; init; }
    public DateOnly Day { get; init; }
    public int Amount { get; init; }
}

/// <summary>What a name stands for when everything is counted anew; to check the kept counts, and to begin them.</summary>
/// <param name="Title">In the check's report.</param>
/// <param name="Recount">A query of (unit_id, name, day, amount) over the records themselves, without what lies below.</param>
public sealed record CountSource(string Title, string Recount);
