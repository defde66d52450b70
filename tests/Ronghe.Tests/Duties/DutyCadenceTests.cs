using Ronghe.Duties;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;

namespace Ronghe.Tests.Duties;

/// <summary>Periods and deadlines on the calendar of China.</summary>
public class DutyCadenceTests
{
    static DutyCadence Of(int every, CadenceUnit unit, DueAnchor anchor = DueAnchor.PeriodEnd, int offset = 0, WorkdayRule workday = WorkdayRule.None, int month = 12, int day = 31) =>
        new(every, unit, 1, anchor, offset, workday, month, day);

    public static TheoryData<int, CadenceUnit, string, string, string> Periods => new()
    {
        { 1, CadenceUnit.Week, "2026-11-22", "2026-11-16", "2026-11-22" },
        { 1, CadenceUnit.Week, "2026-11-23", "2026-11-23", "2026-11-29" },
        { 2, CadenceUnit.Week, "2024-01-14", "2024-01-01", "2024-01-14" },
        { 2, CadenceUnit.Week, "2024-01-15", "2024-01-15", "2024-01-28" },
        { 2, CadenceUnit.Week, "2023-12-31", "2023-12-18", "2023-12-31" },
        { 1, CadenceUnit.Month, "2024-02-29", "2024-02-01", "2024-02-29" },
        { 6, CadenceUnit.Month, "2026-07-01", "2026-07-01", "2026-12-31" },
        { 1, CadenceUnit.Quarter, "2026-06-30", "2026-04-01", "2026-06-30" },
        { 1, CadenceUnit.Year, "2026-01-01", "2026-01-01", "2026-12-31" },
        { 3, CadenceUnit.Year, "2026-05-05", "2025-01-01", "2027-12-31" },
    };

    [Theory, MemberData(nameof(Periods))]
    public void Each_day_lies_in_one_period(int every, CadenceUnit unit, string day, string from, string to) =>
        Assert.Equal(new DutyPeriod(DateOnly.Parse(from), DateOnly.Parse(to)), Of(every, unit).Of(DateOnly.Parse(day)));

    [Fact]
    public void Periods_follow_one_another_without_a_gap_through_years()
    {
        foreach (var (every, unit) in new[] { (1, CadenceUnit.Week), (2, CadenceUnit.Week), (1, CadenceUnit.Month), (4, CadenceUnit.Month), (2, CadenceUnit.Quarter), (1, CadenceUnit.Year) })
        {
            var cadence = Of(every, unit);
            var period = cadence.Of(new(2023, 1, 1));
            while (period.To < new DateOnly(2028, 1, 1))
            {
                var next = cadence.After(period);
                Assert.Equal(period.To.AddDays(1), next.From);
                Assert.Equal(period, cadence.Before(next));
                Assert.All([next.From, next.To], day => Assert.Equal(next, cadence.Of(day)));
                period = next;
            }
        }
    }

    [Fact]
    public void A_deadline_on_a_day_off_moves_as_the_rule_says()
    {
        // 31 January 2026 is a Saturday, 28 February 2026 one that is worked for the spring festival.
        var (year, calendar) = (Of(1, CadenceUnit.Year).Of(new(2026, 6, 1)), WorkCalendar.China);
        Assert.Equal(new(2026, 2, 2), Of(1, CadenceUnit.Year, DueAnchor.FixedDate, workday: WorkdayRule.Next, month: 1, day: 31).DueOn(year, calendar));
        Assert.Equal(new(2026, 1, 30), Of(1, CadenceUnit.Year, DueAnchor.FixedDate, workday: WorkdayRule.Previous, month: 1, day: 31).DueOn(year, calendar));
        Assert.Equal(new(2026, 1, 31), Of(1, CadenceUnit.Year, DueAnchor.FixedDate, workday: WorkdayRule.None, month: 1, day: 31).DueOn(year, calendar));
        Assert.Equal(new(2026, 2, 28), Of(1, CadenceUnit.Year, DueAnchor.FixedDate, workday: WorkdayRule.Next, month: 2, day: 28).DueOn(year, calendar));
    }

    [Fact]
    public void A_report_on_the_quarter_before_is_due_in_the_next_one()
    {
        var quarter = Of(1, CadenceUnit.Quarter).Of(new(2026, 8, 1));
        Assert.Equal(new(2026, 10, 15), Of(1, CadenceUnit.Quarter, DueAnchor.NextPeriodStart, 14).DueOn(quarter, WorkCalendar.China));
        var year = Of(1, CadenceUnit.Year).Of(new(2026, 8, 1));
        Assert.Equal(new(2027, 1, 31), Of(1, CadenceUnit.Year, DueAnchor.NextPeriodDate, month: 1, day: 31).DueOn(year, WorkCalendar.China));
    }

    [Theory]
    [InlineData(0, CadenceUnit.Month, 1)]
    [InlineData(5, CadenceUnit.Month, 1)]
    [InlineData(3, CadenceUnit.Quarter, 1)]
    [InlineData(1, CadenceUnit.Week, 0)]
    [InlineData(13, CadenceUnit.Week, 1)]
    public void A_rhythm_that_no_calendar_can_follow_is_refused(int every, CadenceUnit unit, int times) =>
        Assert.Throws<Refusal>(() => new DutyCadence(every, unit, times, DueAnchor.PeriodEnd, 0, WorkdayRule.None).Check());
}
