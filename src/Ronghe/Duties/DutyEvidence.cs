namespace Ronghe.Duties;

/// <summary>A record that meets a duty of its subject.</summary>
public sealed class DutyRecord
{
    public Guid SubjectId { get; init; }
    public DateOnly On { get; init; }
    public Guid RecordId { get; init; }
}

/// <summary>
/// Which records meet a duty: a query over the wing's own table, asked for the subjects and the days in question. Nothing is copied and
/// nothing is ticked, so a duty is met in the very next read, and open again when the record is withdrawn.
/// </summary>
/// <param name="Key">As the rules name it, e.g. <c>SpotCheck</c>.</param>
/// <param name="Title">What the record is called: 抽查.</param>
/// <param name="Find">Needs an index that begins with subject and day.</param>
/// <param name="Href">Where the record is shown.</param>
/// <param name="Start">Where it is begun; null when it comes about elsewhere.</param>
public sealed record DutyEvidence(string Key, string Title, Func<AppDb, IQueryable<DutyRecord>> Find, Func<Guid, string> Href, string? Start = null);
