using Ronghe.Platform;
using Ronghe.Platform.Calendar;

namespace Ronghe.Duties;

public enum CadenceUnit { Week, Month, Quarter, Year }

/// <summary>From where a deadline is counted.</summary>
public enum DueAnchor { PeriodStart, PeriodEnd, NextPeriodStart, FixedDate, NextPeriodDate }

/// <summary>What happens to a deadline that falls on a day off.</summary>
public enum WorkdayRule { None, Previous, Next }

/// <summary>First and last day, both included.</summary>
public readonly record struct DutyPeriod(DateOnly From, DateOnly To)
{
    public bool Holds(DateOnly day) => From <= day && day <= To;
}

/// <summary>How often, and until when: "once in each quarter, by its last working day".</summary>
/// <param name="Every">How many units make one period: 2 weeks, 6 months.</param>
/// <param name="Times">How many records one period asks for.</param>
/// <param name="Offset">Days from the anchor to the deadline.</param>
/// <param name="Month">Of the fixed date.</param>
/// <param name="Day">Of the fixed date.</param>
public sealed record DutyCadence(int Every, CadenceUnit Unit, int Times, DueAnchor Anchor, int Offset, WorkdayRule Workday, int Month = 12, int Day = 31)
{
    const int MostEvery = 12, MostTimes = 31, MostOffset = 366;

    /// <summary>Weeks are counted from here, so that a rhythm of two weeks has a beginning.</summary>
    static readonly DateOnly FirstMonday = new(2024, 1, 1);

    /// <summary>Throws where no calendar could follow it.</summary>
    public void Check()
    {
        if (Every is < 1 or > MostEvery) throw new Refusal($"周期应在 1—{MostEvery} 之间，没有保存，填写的内容还在。", nameof(Every));
        if (Unit == CadenceUnit.Month && 12 % Every != 0) throw new Refusal("几个月一次，要能整除一年：1、2、3、4、6、12。没有保存，填写的内容还在。", nameof(Every));
        if (Unit == CadenceUnit.Quarter && 4 % Every != 0) throw new Refusal("几个季度一次，要能整除一年：1、2、4。没有保存，填写的内容还在。", nameof(Every));
        if (Times is < 1 or > MostTimes) throw new Refusal($"每期次数应在 1—{MostTimes} 之间，没有保存，填写的内容还在。", nameof(Times));
        if (Math.Abs(Offset) > MostOffset) throw new Refusal($"截止日最多前后移 {MostOffset} 天，没有保存，填写的内容还在。", nameof(Offset));
        if (Month is < 1 or > 12 || Day < 1 || Day > DateTime.DaysInMonth(2024, Month)) throw new Refusal("指定的月日不存在，没有保存，填写的内容还在。", nameof(Day));
    }

    /// <summary>The period in which a day lies.</summary>
    public DutyPeriod Of(DateOnly day) => Unit switch
    {
        CadenceUnit.Week => Weeks(day),
        CadenceUnit.Month => Months(day, Every),
        CadenceUnit.Quarter => Months(day, Every * 3),
        _ => new(new(FirstYear(day), 1, 1), new(FirstYear(day) + Every - 1, 12, 31)),
    };

    public DutyPeriod Before(DutyPeriod period) => Of(period.From.AddDays(-1));

    public DutyPeriod After(DutyPeriod period) => Of(period.To.AddDays(1));

    /// <summary>The last day on which the period's duty is done in time.</summary>
    public DateOnly DueOn(DutyPeriod period, WorkCalendar calendar)
    {
        var due = Anchor switch
        {
            DueAnchor.PeriodStart => period.From,
            DueAnchor.NextPeriodStart => period.To.AddDays(1),
            DueAnchor.FixedDate => Fixed(period.From.Year),
            DueAnchor.NextPeriodDate => Fixed(period.To.AddDays(1).Year),
            _ => period.To,
        };
        due = due.AddDays(Offset);
        if (Workday == WorkdayRule.None || calendar.IsWorkday(due)) return due;
        return calendar.AddWorkdays(due, Workday == WorkdayRule.Next ? 1 : -1);
    }

    /// <summary>The periods whose deadline lies between two days, both included, in order.</summary>
    public IEnumerable<DutyPeriod> DueWithin(DateOnly from, DateOnly to, WorkCalendar calendar)
    {
        var period = Of(from);
        // A deadline may lie long after its period: the report on a year is due in the next one.
        while (DueOn(Before(period), calendar) >= from) period = Before(period);
        for (; DueOn(period, calendar) is var due && due <= to; period = After(period))
            if (due >= from) yield return period;
    }

    public string Say() => $"每{(Every == 1 ? "" : $" {Every} ")}{(Every == 1 ? One(Unit) : Many(Unit))} {Times} 次";

    static string One(CadenceUnit unit) => unit switch { CadenceUnit.Week => "周", CadenceUnit.Month => "月", CadenceUnit.Quarter => "季度", _ => "年" };

    static string Many(CadenceUnit unit) => unit == CadenceUnit.Month ? "个月" : unit == CadenceUnit.Quarter ? "个季度" : One(unit);

    DateOnly Fixed(int year) => new(year, Month, Math.Min(Day, DateTime.DaysInMonth(year, Month)));

    int FirstYear(DateOnly day) => day.Year - day.Year % Every;

    DutyPeriod Weeks(DateOnly day)
    {
        var (length, since) = (7 * Every, day.DayNumber - FirstMonday.DayNumber);
        var start = day.AddDays(-(((since % length) + length) % length));
        return new(start, start.AddDays(length - 1));
    }

    static DutyPeriod Months(DateOnly day, int length)
    {
        var start = new DateOnly(day.Year, (day.Month - 1) / length * length + 1, 1);
        return new(start, start.AddMonths(length).AddDays(-1));
    }
}
