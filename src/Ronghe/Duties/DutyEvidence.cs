using Ronghe.Duties.Calendar;

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
public sealed record DutyEvidence(string Key, string Title, Func<AppDb, IQueryable<DutyRecord>> Find, Func<Guid, string> Href, string? Start = null)
{
    /// <summary>On the one calendar: of Party life, of production, or of both at once.</summary>
    public PlanTag Tag { get; init; } = PlanTag.Party;
}

/// <summary>Where the product sees to a duty that follows an event, told by the wing that knows the event.</summary>
/// <param name="Code">Of the duty, e.g. DU-29.</param>
/// <param name="Where">In one sentence.</param>
public sealed record EventDutyAnswer(string Code, string Where, string Href);
