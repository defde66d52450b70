using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Units;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Notices;

namespace Ronghe.Duties;

/// <summary>The morning's one line for each person with a duty that ends today or has lately ended without a record. It names no duty and nobody.</summary>
public sealed class DutyDigest(AppDb db, DutyRulebook rulebook, DutyCoverage coverage, NoticeDelivery delivery, TimeProvider clock)
{
    const string Digest = "duty.digest";

    public static readonly NoticeKind Kind = new(Digest, "每个工作日早上的履职提醒", "您有履职事项到期，请登录平台查看。");

    sealed class Owing
    {
        public Guid PersonId { get; init; }
        public bool IsLate { get; init; }
    }

    /// <summary>On workdays; a second run on the same day tells nobody twice.</summary>
    public async Task SendAsync(CancellationToken cancel = default)
    {
        var today = clock.Today();
        if (!WorkCalendar.China.IsWorkday(today)) return;
        foreach (var company in await db.Units.Where(unit => unit.Kind == UnitKind.Company && unit.ClosedOn == null).Select(unit => unit.Id).ToListAsync(cancel))
        {
            var owing = await OwingAsync(company, today, cancel);
            await delivery.TellAsync([.. owing.GroupBy(one => one.PersonId).Select(person => new NoticeDraft(person.Key, Digest, $"day {today:yyyy-MM-dd}", Say(person.Count(one => !one.IsLate), person.Count(one => one.IsLate)), "/week"))], cancel);
        }
    }

    /// <summary>One query for all duties that end today or ended within the days of grace, whoever owes them.</summary>
    async Task<List<Owing>> OwingAsync(Guid company, DateOnly today, CancellationToken cancel)
    {
        var since = today.AddDays(-DutyWeek.DaysOfGrace);
        var queries =
            from duty in await rulebook.OfCompanyAsync(company, cancel)
            where duty.IsOn
            from period in duty.Definition.Cadence.DueWithin(since, today, WorkCalendar.China)
            let isLate = duty.Definition.Cadence.DueOn(period, WorkCalendar.China) < today
            select coverage.Open(duty, company, period, today).Where(subject => subject.PersonId != null).Select(subject => new { subject.Id, subject.PersonId }).Distinct()
                .Select(subject => new Owing { PersonId = subject.PersonId!.Value, IsLate = isLate });
        var all = queries.ToList();
        return all.Count == 0 ? [] : await all.Aggregate((some, more) => some.Concat(more)).ToListAsync(cancel);
    }

    static string Say(int today, int late) => string.Join('，', new[] { today > 0 ? $"今天有 {today} 项该办的到期" : null, late > 0 ? $"{late} 项已过期，可以补办" : null }.OfType<string>()) + "。";
}
