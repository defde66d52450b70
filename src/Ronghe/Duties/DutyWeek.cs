using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;

namespace Ronghe.Duties;

/// <summary>One duty of one subject in one period, with what meets it.</summary>
public sealed record DutyDue(Duty Duty, Guid SubjectId, string SubjectName, DutyPeriod Period, DateOnly DueOn, IReadOnlyList<DutyMet> Met)
{
    public int Missing => Math.Max(0, Duty.Definition.Cadence.Times - Met.Count);
    public bool IsMet => Missing == 0;

    public bool IsOverdue(DateOnly today) => !IsMet && DueOn < today;
}

/// <summary>A record that meets it.</summary>
public sealed record DutyMet(DateOnly On, Guid RecordId);

/// <summary>
/// My week: what I owe, with what already satisfies it. Nothing is stored for it: it follows from the rules, today's appointments, the
/// calendar and the records, in four short queries, however many people owe however much.
/// </summary>
public sealed class DutyWeek(AppDb db, Me me, DutyRulebook rulebook, TimeProvider clock)
{
    /// <summary>So long does what was missed in the period before stay in sight here; the coverage shows it for good.</summary>
    const int DaysOfGrace = 14;

    sealed class Mine
    {
        public required string Kind { get; init; }
        public Guid Id { get; init; }
        public required string Name { get; init; }
    }

    sealed class Found
    {
        public required string Key { get; init; }
        public Guid SubjectId { get; init; }
        public DateOnly On { get; init; }
        public Guid RecordId { get; init; }
    }

    /// <summary>Open ones first, by deadline; then what was met this week.</summary>
    public async Task<IReadOnlyList<DutyDue>> OfMineAsync(CancellationToken cancel = default)
    {
        if (me.PersonId is null) return [];
        var (today, duties) = (clock.Today(), (await rulebook.AllAsync(cancel)).Where(duty => duty.IsOn).ToList());
        var mine = await SubjectsAsync(duties, today, cancel);
        var asked = (from duty in duties join subject in mine on duty.Definition.Subject equals subject.Kind select (duty, subject.Id, subject.Name)).ToList();
        var monday = today.Monday();
        return [.. (await DuesAsync(asked, today, cancel)).Where(due => IsOfThisWeek(due, today, monday)).OrderBy(due => due.IsMet).ThenBy(due => due.DueOn).ThenBy(due => due.Duty.Code, StringComparer.Ordinal)];
    }

    static bool IsOfThisWeek(DutyDue due, DateOnly today, DateOnly monday)
    {
        if (due.IsMet) return due.DueOn >= monday && due.DueOn <= monday.AddDays(6) || due.Met.Any(met => met.On >= monday);
        return due.DueOn < today ? due.DueOn.AddDays(DaysOfGrace) >= today : due.DueOn.AddDays(-due.Duty.Definition.LeadDays) <= monday.AddDays(6);
    }

    async Task<List<Mine>> SubjectsAsync(IReadOnlyList<Duty> duties, DateOnly today, CancellationToken cancel)
    {
        var kinds = duties.Select(duty => duty.Subject!).DistinctBy(kind => kind.Key).ToList();
        if (kinds.Count == 0) return [];
        var all = kinds.Select(kind => kind.Find(db, me.CompanyId, today).Where(subject => subject.PersonId == me.PersonId)
            .Select(subject => new Mine { Kind = kind.Key, Id = subject.Id, Name = subject.Name })).Aggregate((some, more) => some.Concat(more));
        return [.. (await all.AsNoTracking().ToListAsync(cancel)).DistinctBy(one => (one.Kind, one.Id))];
    }

    /// <summary>This period and the one before, of each duty of each subject.</summary>
    async Task<List<DutyDue>> DuesAsync(IReadOnlyList<(Duty Duty, Guid Id, string Name)> asked, DateOnly today, CancellationToken cancel)
    {
        if (asked.Count == 0) return [];
        var periods = asked.Select(one => one.Duty).DistinctBy(duty => duty.Code).ToDictionary(duty => duty.Code, duty =>
        {
            var now = duty.Definition.Cadence.Of(today);
            return (DutyPeriod[])[duty.Definition.Cadence.Before(now), now];
        });
        var ids = asked.Select(one => one.Id).Distinct().ToArray();
        var since = periods.Values.Min(both => both[0].From);
        var found = await FoundAsync([.. asked.Select(one => one.Duty.Evidence!).DistinctBy(kind => kind.Key)], ids, since, cancel);
        var excused = (await db.DutyExcuses.AsNoTracking().Where(excuse => ids.Contains(excuse.SubjectId) && excuse.WithdrawnAt == null && excuse.From >= since)
            .Select(excuse => new { excuse.SubjectId, excuse.Code, excuse.From }).ToListAsync(cancel)).Select(one => (one.SubjectId, one.Code, one.From)).ToHashSet();
        return
        [
            .. from one in asked
               from period in periods[one.Duty.Code]
               where !excused.Contains((one.Id, one.Duty.Code, period.From))
               let met = found[(one.Duty.Evidence!.Key, one.Id)].Where(record => period.Holds(record.On)).Select(record => new DutyMet(record.On, record.RecordId)).ToList()
               select new DutyDue(one.Duty, one.Id, one.Name, period, one.Duty.Definition.Cadence.DueOn(period, WorkCalendar.China), met),
        ];
    }

    async Task<ILookup<(string, Guid), Found>> FoundAsync(IReadOnlyList<DutyEvidence> kinds, Guid[] ids, DateOnly since, CancellationToken cancel)
    {
        var all = kinds.Select(kind => kind.Find(db).Where(record => ids.Contains(record.SubjectId) && record.On >= since)
            .Select(record => new Found { Key = kind.Key, SubjectId = record.SubjectId, On = record.On, RecordId = record.RecordId })).Aggregate((some, more) => some.Concat(more));
        return (await all.AsNoTracking().ToListAsync(cancel)).OrderBy(record => record.On).ToLookup(record => (record.Key, record.SubjectId));
    }
}
