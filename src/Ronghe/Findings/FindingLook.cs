using Ronghe.Platform.Calendar;
using Ronghe.Platform.Web;

namespace Ronghe.Findings;

/// <summary>How pages speak of a finding: its badge, its deadline and its moments in words, the act that comes next.</summary>
public static class FindingLook
{
    public static (string Status, string? Text) Badge(FindingStatus status, DateOnly? dueOn, DateOnly today) =>
        status == FindingStatus.Assigned && dueOn is { } due && due < today ? ("overdue", Deadline(due, today)) : (NameOf(status), status.Title());

    /// <summary>The colour of a state, by the names that badges and timelines know.</summary>
    public static string NameOf(FindingStatus status) => status.ToString().ToLowerInvariant();

    /// <summary>还剩 3 个工作日, 今天到期, 超期 2 天.</summary>
    public static string Deadline(DateOnly due, DateOnly today)
    {
        if (due < today) return $"超期 {today.DayNumber - due.DayNumber} 天";
        if (due == today) return "今天到期";
        return WorkCalendar.China.WorkdaysBetween(today, due) is > 0 and var left ? $"还剩 {left} 个工作日" : "假期内到期";
    }

    /// <summary>今天 16:40, 昨天 16:40, 11-18, 2025-11-18.</summary>
    public static string Moment(DateTimeOffset at, DateOnly today)
    {
        var (day, time) = (at.PlantDate(), at.ToPlant());
        return (today.DayNumber - day.DayNumber) switch
        {
            0 => $"今天 {time:HH:mm}",
            1 => $"昨天 {time:HH:mm}",
            _ => day.Year == today.Year ? $"{time:MM-dd}" : $"{time:yyyy-MM-dd}",
        };
    }

    /// <summary>11-18 09:12; without the time of day when it is midnight, which is what a ledger's date becomes.</summary>
    public static string Stamp(DateTimeOffset at, DateOnly today) =>
        at.ToPlant().TimeOfDay == TimeSpan.Zero ? at.PlantDate().Say(today.Year) : at.Say(today.Year);

    public static string Icon(FindingVerb verb) => verb switch
    {
        FindingVerb.Report => "flag",
        FindingVerb.Grade => "scale",
        FindingVerb.Assign => "user-plus",
        FindingVerb.Rectify => "tool",
        FindingVerb.SendBack => "arrow-back-up",
        FindingVerb.Extend => "calendar-plus",
        FindingVerb.Escalate => "arrow-big-up-lines",
        FindingVerb.ListForSupervision => "pin",
        FindingVerb.Verify => "eye-check",
        FindingVerb.Close => "circle-check",
        FindingVerb.Confirm => "user-check",
        FindingVerb.Dispute => "message-exclamation",
        FindingVerb.Reject => "circle-x",
        FindingVerb.Merge => "git-merge",
        _ => "rotate-clockwise",
    };
}
