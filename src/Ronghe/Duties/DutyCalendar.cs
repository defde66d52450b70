using Ronghe.Duties.Calendar;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;

namespace Ronghe.Duties;

/// <summary>Duties on the one calendar, on the last day of each: mine one by one; of those that I oversee how many are still open.</summary>
public sealed class DutyCalendar(DutyDues dues, DutyCoverage coverage, Me me, TimeProvider clock)
{
    public static readonly CalendarSource Source = new("履职义务", (scope, ask, cancel) => scope.GetRequiredService<DutyCalendar>().LinesAsync(ask, cancel));

    async Task<IReadOnlyList<CalendarEntry>> LinesAsync(CalendarAsk ask, CancellationToken cancel)
    {
        if (!ask.Mine && me.May(DutyPermissions.Oversee)) return [.. (await coverage.DueWithinAsync(ask.From, ask.To, cancel)).Where(tally => tally.Subjects > 0).Select(Line)];
        return [.. (await dues.OfMineAsync(clock.Today(), cadence => cadence.DueWithin(ask.From, ask.To, WorkCalendar.China), cancel)).Select(Line)];
    }

    CalendarEntry Line(DutyDue due) => Entry(due.Duty, due.Period, due.SubjectId, due.DueOn, "/week") with
    {
        Detail = $"{due.SubjectName} · {due.Period.Say(due.Duty.Definition.Cadence)} · {(due.IsMet ? "已满足" : due.Duty.Definition.EvidenceText)}", IsDone = due.IsMet, IsLate = due.IsOverdue(clock.Today()),
    };

    CalendarEntry Line(DutyTally tally) => Entry(tally.Duty, tally.Period, me.CompanyId, tally.DueOn, $"/duties/{tally.Duty.Code}?day={tally.Period.From:yyyy-MM-dd}") with
    {
        Detail = $"{tally.Period.Say(tally.Duty.Definition.Cadence)} · 应办 {tally.Subjects}，已满足 {tally.Met}{(tally.Gaps > 0 ? $"，还差 {tally.Gaps}" : "")}", IsDone = tally.Gaps == 0, IsLate = tally.Gaps > 0 && tally.DueOn < clock.Today(),
    };

    /// <summary>The name of a duty is a rule's and tells of nobody.</summary>
    static CalendarEntry Entry(Duty duty, DutyPeriod period, Guid subject, DateOnly due, string href) =>
        new($"duty-{duty.Code}-{period.From:yyyyMMdd}", subject, duty.Definition.Name, due, due, duty.Evidence!.Tag, href, $"{duty.Definition.Name}（截止）") { Icon = "calendar-due" };
}
