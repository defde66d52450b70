using Ronghe.Organisation.Work;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Web;

namespace Ronghe.Findings;

/// <summary>What waits of findings, in words: the act first, then who, when, where and by when, and the one button that leads to it.</summary>
public static class FindingWaiting
{
    public static readonly WaitingSource Source = new(
        scope => scope.GetRequiredService<FindingWork>().WaitingIds(),
        async (scope, cancel) =>
        {
            var today = scope.GetRequiredService<TimeProvider>().Today();
            return [.. (await scope.GetRequiredService<FindingWork>().WaitingAsync(cancel)).Select(w => LineOf(w, today))];
        });

    static WaitingLine LineOf(WaitingFinding w, DateOnly today) => new(w.Id, FindingLook.Icon(w.Next), Title(w), Detail(w, today), Href(w), Button(w), w.PressesOn)
    {
        Since = w.Since, DueOn = w.Status == FindingStatus.Assigned ? w.DueOn : null, IsUrgent = w.IsUrgent && w.Status != FindingStatus.Closed,
    };

    /// <summary>To the form of the act, opened.</summary>
    static string Href(WaitingFinding w) => $"/findings/{w.Id}{(w.Next == FindingVerb.Recheck ? "?act=Recheck" : "")}#acts";

    static string Title(WaitingFinding w) => w.Next switch
    {
        FindingVerb.Confirm => $"确认：{w.Description}，改好了吗？",
        FindingVerb.Escalate => $"督促：{w.Description}",
        FindingVerb.Rectify => $"整改：{w.Description}",
        FindingVerb.Verify => $"复核：{w.Description}",
        _ => $"{w.Next.Title()}：{w.Description}",
    };

    static string Detail(WaitingFinding w, DateOnly today)
    {
        var when = FindingLook.Moment(w.Since, today) + " ";
        return string.Join(" · ", new[]
        {
            w.IsUrgent && w.Status == FindingStatus.Reported ? "上报人说马上有危险" : null,
            w.Next switch
            {
                FindingVerb.Rectify => Deadline(w, today),
                FindingVerb.Escalate => $"{Deadline(w, today)}，已升级到您，整改人 {w.RectifierName}",
                FindingVerb.Verify => $"整改人 {w.RectifierName} {when}报整改完成",
                FindingVerb.Close => $"{w.RectifierName} {when}整改，复核已通过",
                FindingVerb.Confirm => $"{w.RectifierName} 已整改并通过复核，请您看看",
                FindingVerb.Recheck => "抽到的回头看，看看有没有保持住",
                _ => $"{when}上报",
            },
            w.PlaceText,
        }.OfType<string>().Where(part => part != ""));
    }

    static string Button(WaitingFinding w) => w.Next switch
    {
        FindingVerb.Rectify => "去整改", FindingVerb.Verify => "去复核", FindingVerb.Assign => "去派发", FindingVerb.Close => "去关闭",
        FindingVerb.Confirm => "去确认", FindingVerb.Recheck => "去看", _ => "查看",
    };

    static string Deadline(WaitingFinding w, DateOnly today) => w.DueOn is { } due ? $"{FindingLook.Deadline(due, today)}（期限 {due.Say(today.Year)}）" : "没有期限";
}
