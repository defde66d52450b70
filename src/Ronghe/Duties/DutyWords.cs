using Ronghe.Platform.Web;

namespace Ronghe.Duties;

/// <summary>How duties are said.</summary>
static class DutyWords
{
    public static string Title(this DutySeverity severity) => severity switch { DutySeverity.High => "缺口提示上一级", DutySeverity.Medium => "列入缺口", _ => "只提示本人" };

    /// <summary>Never more than is true: a default is called a default.</summary>
    public static string Title(this CadenceOrigin origin) => origin switch { CadenceOrigin.Rule => "周期由规定给出", CadenceOrigin.Paper => "周期出自做法材料", _ => "周期是默认值" };

    /// <summary>第 47 周 · 11 月 · 第四季度 · 2026 年, or the two days where it is none of these.</summary>
    public static string Say(this DutyPeriod period, DutyCadence cadence) => (cadence.Every, cadence.Unit) switch
    {
        (1, CadenceUnit.Week) => $"第 {System.Globalization.ISOWeek.GetWeekOfYear(period.From.ToDateTime(TimeOnly.MinValue))} 周",
        (1, CadenceUnit.Month) => $"{period.From.Year} 年 {period.From.Month} 月",
        (1, CadenceUnit.Quarter) => $"{period.From.Year} 年第{"一二三四"[(period.From.Month - 1) / 3]}季度",
        (6, CadenceUnit.Month) => $"{period.From.Year} 年{(period.From.Month == 1 ? "上" : "下")}半年",
        (1, CadenceUnit.Year) => $"{period.From.Year} 年",
        _ => $"{period.From.Say(period.To.Year)}至{period.To.Say(period.From.Year)}",
    };

    public static (string Status, string Text) Badge(this DutyDue due, DateOnly today) =>
        due.IsMet ? ("closed", "已满足") : due.DueOn < today ? ("overdue", $"超期 {today.DayNumber - due.DueOn.DayNumber} 天")
        : due.DueOn == today ? ("assigned", "今天到期") : ("neutral", $"{due.DueOn.Say(today.Year)}前");
}
