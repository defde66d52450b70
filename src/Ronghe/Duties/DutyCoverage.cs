using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;

namespace Ronghe.Duties;

/// <summary>How far a duty is met in one period, among those that I oversee.</summary>
public sealed record DutyTally(Duty Duty, DutyPeriod Period, DateOnly DueOn, int Subjects, int Met, int Excused)
{
    public int Gaps => Subjects - Met - Excused;
}

/// <summary>One subject in the coverage of a duty.</summary>
/// <param name="People">Who sees to it; blank when nobody is there.</param>
public sealed record DutyCoverageRow(Guid SubjectId, string Name, string People, IReadOnlyList<DutyMet> Met, Guid? ExcuseId, int ExcuseVersion, string? Excuse);

/// <summary>Who of those that I oversee has met a duty and who has not, computed from the records whenever somebody asks.</summary>
public sealed class DutyCoverage(AppDb db, Me me, DutyRulebook rulebook, TimeProvider clock)
{
    const int PerPage = 50;

    /// <summary>Nodes of both trees: units within my reach and the Party organisations that cover them; null for who oversees everything.</summary>
    Guid[]? _overseen;

    sealed class Sum
    {
        public required string Key { get; init; }
        public int Subjects { get; init; }
        public int Met { get; init; }
        public int Excused { get; init; }
    }

    sealed class Subject
    {
        public Guid Id { get; init; }
        public required string Name { get; init; }
    }

    /// <summary>Every duty that holds, in the period of a day, in two round trips after the rules.</summary>
    public async Task<IReadOnlyList<DutyTally>> TallyAsync(DateOnly day, CancellationToken cancel = default)
    {
        var duties = (await rulebook.AllAsync(cancel)).Where(duty => duty.IsOn);
        return await TalliesAsync([.. duties.Select(duty => (duty, duty.Definition.Cadence.Of(day), day))], cancel);
    }

    /// <summary>Every duty that holds, in each of its periods whose deadline lies between two days.</summary>
    public async Task<IReadOnlyList<DutyTally>> DueWithinAsync(DateOnly first, DateOnly last, CancellationToken cancel = default)
    {
        var duties = (await rulebook.AllAsync(cancel)).Where(duty => duty.IsOn);
        return await TalliesAsync([.. from duty in duties from period in duty.Definition.Cadence.DueWithin(first, last, WorkCalendar.China) select (duty, period, AnswersOn(period))], cancel);
    }

    async Task<IReadOnlyList<DutyTally>> TalliesAsync(IReadOnlyList<(Duty Duty, DutyPeriod Period, DateOnly Day)> asked, CancellationToken cancel)
    {
        if (asked.Count == 0) return [];
        await FindOverseenAsync(cancel);
        var sums = await asked.Select(one => SumOf(one.Duty, one.Period, one.Day)).Aggregate((some, more) => some.Concat(more)).ToDictionaryAsync(sum => sum.Key, cancel);
        return [.. from one in asked
                   let sum = sums.GetValueOrDefault(KeyOf(one.Duty, one.Period))
                   select new DutyTally(one.Duty, one.Period, one.Duty.Definition.Cadence.DueOn(one.Period, WorkCalendar.China), sum?.Subjects ?? 0, sum?.Met ?? 0, sum?.Excused ?? 0)];
    }

    static string KeyOf(Duty duty, DutyPeriod period) => $"{duty.Code} {period.From.DayNumber}";

    /// <summary>Whoever holds the post today answers for the period that runs; for one that has ended, whoever held it on its last day.</summary>
    DateOnly AnswersOn(DutyPeriod period) => period.To < clock.Today() ? period.To : clock.Today();

    IQueryable<Sum> SumOf(Duty duty, DutyPeriod period, DateOnly day)
    {
        var (subjects, key) = (SubjectsOf(duty, day), KeyOf(duty, period));
        // Of a part of the company, only the records of that part are gone through.
        var records = InPeriod(duty, period);
        var met = MetIn(_overseen is null ? records : records.Where(record => subjects.Any(subject => subject.Id == record.SubjectId)), duty);
        var excuses = ExcusesOf(duty.Code, period);
        // In one pass over the subjects: a hundred thousand of them are not gone through three times.
        return subjects.Select(subject => new { IsMet = met.Contains(subject.Id), IsExcused = excuses.Any(excuse => excuse.SubjectId == subject.Id) }).GroupBy(_ => 1)
            .Select(all => new Sum { Key = key, Subjects = all.Count(), Met = all.Count(one => one.IsMet), Excused = all.Count(one => !one.IsMet && one.IsExcused) });
    }

    /// <summary>The subjects of one duty by name; those with a gap alone, when asked so.</summary>
    /// <param name="after">Key of the last row of the page before.</param>
    public async Task<Paged<DutyCoverageRow>> RowsAsync(Duty duty, DutyPeriod period, bool gapsOnly, string? after, CancellationToken cancel = default)
    {
        await FindOverseenAsync(cancel);
        var day = AnswersOn(period);
        var (subjects, met, excuses) = (SubjectsOf(duty, day), MetIn(InPeriod(duty, period), duty), ExcusesOf(duty.Code, period));
        if (gapsOnly) subjects = subjects.Where(subject => !met.Contains(subject.Id) && !excuses.Any(excuse => excuse.SubjectId == subject.Id));
        if (KeyOf(after) is var (name, id)) subjects = subjects.Where(s => EF.Functions.GreaterThan(ValueTuple.Create(s.Name, s.Id), ValueTuple.Create(name, id)));
        var page = await subjects.OrderBy(subject => subject.Name).ThenBy(subject => subject.Id).Take(PerPage + 1).AsNoTracking().ToListAsync(cancel);
        var more = page.Count > PerPage;
        if (more) page.RemoveAt(PerPage);
        var rows = await RowsOfAsync(duty, period, day, page, cancel);
        return new(rows, more ? $"{page[^1].Id:n}{page[^1].Name}" : null, null);
    }

    static (string Name, Guid Id)? KeyOf(string? after)
    {
        if (string.IsNullOrEmpty(after)) return null;
        return after.Length > 32 && Guid.TryParseExact(after[..32], "n", out var id) ? (after[32..], id) : throw new Refusal("翻页位置无效，请回到第一页。", "after");
    }

    async Task<IReadOnlyList<DutyCoverageRow>> RowsOfAsync(Duty duty, DutyPeriod period, DateOnly day, List<Subject> page, CancellationToken cancel)
    {
        var ids = page.Select(subject => subject.Id).ToArray();
        var people = await (from subject in duty.Subject!.Find(db, me.CompanyId, day)
                            where ids.Contains(subject.Id) && subject.PersonId != null && subject.PersonId != subject.Id
                            join person in db.People on subject.PersonId equals person.Id
                            select new { subject.Id, person.Name }).Distinct().ToListAsync(cancel);
        var records = await InPeriod(duty, period).Where(record => ids.Contains(record.SubjectId)).ToListAsync(cancel);
        var excuses = await ExcusesOf(duty.Code, period).Where(excuse => ids.Contains(excuse.SubjectId)).AsNoTracking().ToDictionaryAsync(excuse => excuse.SubjectId, cancel);
        return
        [
            .. from subject in page
               let excuse = excuses.GetValueOrDefault(subject.Id)
               select new DutyCoverageRow(subject.Id, subject.Name, string.Join('、', people.Where(person => person.Id == subject.Id).Select(person => person.Name).Order()),
                   [.. records.Where(record => record.SubjectId == subject.Id).OrderBy(record => record.On).Select(record => new DutyMet(record.On, record.RecordId))],
                   excuse?.Id, excuse?.Version ?? 0, excuse?.Reason),
        ];
    }

    IQueryable<Subject> SubjectsOf(Duty duty, DateOnly day)
    {
        var all = duty.Subject!.Find(db, me.CompanyId, day);
        if (_overseen is { } overseen) all = all.Where(subject => overseen.Contains(subject.NodeId));
        return all.Select(subject => new Subject { Id = subject.Id, Name = subject.Name }).Distinct();
    }

    /// <summary>Asked first and by itself: knowing how few nodes it is about, the database looks up their subjects instead of going through the whole company's.</summary>
    async Task FindOverseenAsync(CancellationToken cancel)
    {
        var reach = me.ReachOf(DutyPermissions.Oversee);
        if (_overseen is not null || me.IsSystem || reach.Contains(me.CompanyId)) return;
        var below = db.NodeClosure.Where(up => reach.Contains(up.AncestorId)).Select(up => up.DescendantId);
        _overseen = await below.Union(db.PartyCoverage.Where(covered => below.Contains(covered.UnitId)).Select(covered => covered.PartyOrganisationId)).ToArrayAsync(cancel);
    }

    IQueryable<DutyRecord> InPeriod(Duty duty, DutyPeriod period) => duty.Evidence!.Find(db).Where(record => record.On >= period.From && record.On <= period.To);

    /// <summary>Subjects with as many records as the duty asks for.</summary>
    static IQueryable<Guid> MetIn(IQueryable<DutyRecord> records, Duty duty)
    {
        var times = duty.Definition.Cadence.Times;
        return times == 1
            ? records.Select(record => record.SubjectId)
            : records.GroupBy(record => record.SubjectId).Where(group => group.Count() >= times).Select(group => group.Key);
    }

    /// <summary>Subjects of a company that have neither the record nor an excuse, once for each person who has to see to it.</summary>
    internal IQueryable<DutySubject> Open(Duty duty, Guid company, DutyPeriod period, DateOnly day)
    {
        var (met, excuses) = (MetIn(InPeriod(duty, period), duty), ExcusesOf(duty.Code, period, company));
        return duty.Subject!.Find(db, company, day).Where(subject => !met.Contains(subject.Id) && !excuses.Any(excuse => excuse.SubjectId == subject.Id));
    }

    IQueryable<DutyExcuse> ExcusesOf(string code, DutyPeriod period) => ExcusesOf(code, period, me.CompanyId);

    IQueryable<DutyExcuse> ExcusesOf(string code, DutyPeriod period, Guid company) =>
        db.DutyExcuses.Where(excuse => excuse.CompanyId == company && excuse.Code == code && excuse.From == period.From && excuse.WithdrawnAt == null);

    /// <summary>Whether I oversee this subject.</summary>
    internal async Task<bool> OverseesAsync(Duty duty, Guid subjectId, CancellationToken cancel)
    {
        await FindOverseenAsync(cancel);
        return await SubjectsOf(duty, clock.Today()).AnyAsync(subject => subject.Id == subjectId, cancel);
    }
}
