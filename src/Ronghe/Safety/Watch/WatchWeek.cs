using Ronghe.Platform;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;

namespace Ronghe.Safety.Watch;

/// <summary>
/// One week of a branch's 党员监督台: two members in turn look out for hazards where they work and see them through. Planned → Closed, once
/// every hazard that they found is closed or in the hands of somebody with a date.
/// </summary>
public sealed class WatchWeek : Aggregate
{
    public const int Members = 2;

    readonly List<WatchDuty> _duties = [];

    WatchWeek() { }

    public WatchWeek(Guid companyId, Guid branchId, DateOnly monday, IReadOnlyList<Guid> members)
    {
        if (monday.DayOfWeek != DayOfWeek.Monday) throw new Refusal("值守按周排，从星期一开始。没有排班。", nameof(Monday));
        if (members.Distinct().Count() != Members) throw new Refusal($"每周要排 {Members} 名不同的党员，没有排班。");
        (CompanyId, BranchId, Monday) = (companyId, branchId, monday);
        _duties.AddRange(members.Select(person => new WatchDuty(Id, person)));
    }

    public Guid CompanyId { get; private init; }
    public Guid BranchId { get; private init; }
    public DateOnly Monday { get; private init; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public IReadOnlyList<WatchDuty> Duties => _duties;

    public DateOnly Sunday => Monday.AddDays(6);

    public bool Has(Guid person) => _duties.Any(duty => duty.PersonId == person && !duty.IsGivenUp);

    public bool CanReplace(DateOnly today) => ClosedAt is null && Sunday >= today;

    /// <summary>Somebody else takes over; what was found until then stays with who found it.</summary>
    public void Replace(Guid person, Guid by, DateOnly today)
    {
        if (!CanReplace(today)) throw new Refusal("这一周已经过去，不能再换人。没有改动。");
        var duty = _duties.Find(one => one.PersonId == person && !one.IsGivenUp) ?? throw new Refusal("他这一周已经不在值守名单上，没有改动。请刷新后再看。");
        if (Has(by)) throw new Refusal("接替的人这一周已经值守，没有改动。请选别人。", "ById");
        duty.IsGivenUp = true;
        if (_duties.Find(one => one.PersonId == by) is { } former) former.IsGivenUp = false;
        else _duties.Add(new WatchDuty(Id, by));
        Acted();
    }

    public bool CanClose(DateOnly today) => ClosedAt is null && Sunday < today;

    /// <param name="adrift">Of the hazards found, how many are open without an owner and a date.</param>
    public void Close(int adrift, DateOnly today, DateTimeOffset at)
    {
        if (ClosedAt is not null) throw new Refusal("这一周已经办结。");
        if (!CanClose(today)) throw new Refusal("这一周还没有过完，过完再办结。没有改动。");
        if (adrift > 0) throw new Refusal($"还有 {adrift} 条发现没有派发到人、没有期限，没有办结。请先催办派发。");
        ClosedAt = at;
    }
}

/// <summary>A member on watch in a week.</summary>
[PartOf(typeof(WatchWeek), "值守人")]
public sealed class WatchDuty
{
    WatchDuty() { }

    internal WatchDuty(Guid weekId, Guid personId) => (WeekId, PersonId) = (weekId, personId);

    public Guid WeekId { get; private init; }
    public Guid PersonId { get; private init; }
    /// <summary>Somebody else took over; what this one found in the week still belongs to it.</summary>
    public bool IsGivenUp { get; internal set; }
}
