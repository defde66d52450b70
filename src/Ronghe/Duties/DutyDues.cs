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
/// What I owe in some periods, with what already satisfies it. Nothing is stored for it: it follows from the rules, today's appointments,
/// the calendar and the records, in four short queries, however many people owe however much.
/// </summary>
public sealed class DutyDues(AppDb db, Me me, DutyRulebook rulebook)
{
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

    /// <param name="today">Whose appointments count.</param>
    /// <param name="periods">Which periods of a duty are asked for.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<IReadOnlyList<DutyDue>> OfMineAsync(DateOnly today, Func<DutyCadence, IEnumerable<DutyPeriod>> periods, CancellationToken cancel = default)
    {
        if (me.PersonId is null) return [];
        var asked = (await rulebook.AllAsync(cancel)).Where(duty => duty.IsOn).Select(duty => (Duty: duty, Periods: (IReadOnlyList<DutyPeriod>)[.. periods(duty.Definition.Cadence)]))
            .Where(one => one.Periods.Count > 0).ToList();
        var mine = await SubjectsAsync([.. asked.Select(one => one.Duty.Subject!).DistinctBy(kind => kind.Key)], today, cancel);
        return await DuesAsync([.. from one in asked join subject in mine on one.Duty.Definition.Subject equals subject.Kind select (one.Duty, one.Periods, subject.Id, subject.Name)], cancel);
    }

    async Task<List<Mine>> SubjectsAsync(IReadOnlyList<DutySubjectKind> kinds, DateOnly today, CancellationToken cancel)
    {
        if (kinds.Count == 0) return [];
        var all = kinds.Select(kind => kind.Find(db, me.CompanyId, today).Where(subject => subject.PersonId == me.PersonId)
            .Select(subject => new Mine { Kind = kind.Key, Id = subject.Id, Name = subject.Name })).Aggregate((some, more) => some.Concat(more));
        return [.. (await all.AsNoTracking().ToListAsync(cancel)).DistinctBy(one => (one.Kind, one.Id))];
    }

    async Task<IReadOnlyList<DutyDue>> DuesAsync(IReadOnlyList<(Duty Duty, IReadOnlyList<DutyPeriod> Periods, Guid Id, string Name)> asked, CancellationToken cancel)
    {
        if (asked.Count == 0) return [];
        var ids = asked.Select(one => one.Id).Distinct().ToArray();
        var since = asked.Min(one => one.Periods[0].From);
        // Each kind from the day on from which it matters: a weekly check is not read two years back because a yearly duty stands beside it.
        var kinds = asked.GroupBy(one => one.Duty.Evidence!.Key).Select(group => (group.First().Duty.Evidence!, group.Min(one => one.Periods[0].From))).ToList();
        var found = await FoundAsync(kinds, ids, cancel);
        var excused = (await db.DutyExcuses.AsNoTracking().Where(excuse => ids.Contains(excuse.SubjectId) && excuse.WithdrawnAt == null && excuse.From >= since)
            .Select(excuse => new { excuse.SubjectId, excuse.Code, excuse.From }).ToListAsync(cancel)).Select(one => (one.SubjectId, one.Code, one.From)).ToHashSet();
        return
        [
            .. from one in asked
               from period in one.Periods
               where !excused.Contains((one.Id, one.Duty.Code, period.From))
               let met = found[(one.Duty.Evidence!.Key, one.Id)].Where(record => period.Holds(record.On)).Select(record => new DutyMet(record.On, record.RecordId)).ToList()
               select new DutyDue(one.Duty, one.Id, one.Name, period, one.Duty.Definition.Cadence.DueOn(period, WorkCalendar.China), met),
        ];
    }

    async Task<ILookup<(string, Guid), Found>> FoundAsync(IReadOnlyList<(DutyEvidence Kind, DateOnly Since)> kinds, Guid[] ids, CancellationToken cancel)
    {
        var all = kinds.Select(one => one.Kind.Find(db).Where(record => ids.Contains(record.SubjectId) && record.On >= one.Since)
            .Select(record => new Found { Key = one.Kind.Key, SubjectId = record.SubjectId, On = record.On, RecordId = record.RecordId })).Aggregate((some, more) => some.Concat(more));
        return (await all.AsNoTracking().ToListAsync(cancel)).OrderBy(record => record.On).ToLookup(record => (record.Key, record.SubjectId));
    }
}
