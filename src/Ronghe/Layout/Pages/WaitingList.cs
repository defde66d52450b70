using Ronghe.Findings;
using Ronghe.Platform.Web;

namespace Ronghe.Layout.Pages;

/// <summary>What waits, in words: the act first, then who, when, where and by when, and the one button that leads to it.</summary>
public sealed record WaitingList(IReadOnlyList<WaitingFinding> Lines, DateOnly Today)
{
    public static readonly WaitingList Nothing = new([], default);

    /// <summary>To the form of the act, opened.</summary>
    public static string Href(WaitingFinding w) => $"/findings/{w.Id}{(w.Next == FindingVerb.Recheck ? "?act=Recheck" : "")}#acts";

    public static string Title(WaitingFinding w) => w.Next switch
    {
        FindingVerb.Confirm => $"确认：{w.Description}，改好了吗？",
        FindingVerb.Escalate => $"督促：{w.Description}",
        FindingVerb.Rectify => $"整改：{w.Description}",
        FindingVerb.Verify => $"复核：{w.Description}",
        _ => $"{w.Next.Title()}：{w.Description}",
    };

    public string Detail(WaitingFinding w) => string.Join(" · ", new[]
    {
        w.IsUrgent && w.Status == FindingStatus.Reported ? "上报人说马上有危险" : null,
        w.Next switch
        {
            FindingVerb.Rectify => Deadline(w),
            FindingVerb.Escalate => $"{Deadline(w)}，已升级到您，整改人 {w.RectifierName}",
            FindingVerb.Verify => $"整改人 {w.RectifierName} {When(w)}报整改完成",
            FindingVerb.Close => $"{w.RectifierName} {When(w)}整改，复核已通过",
            FindingVerb.Confirm => $"{w.RectifierName} 已整改并通过复核，请您看看",
            FindingVerb.Recheck => "抽到的回头看，看看有没有保持住",
            _ => $"{When(w)}上报",
        },
        w.PlaceText,
    }.OfType<string>().Where(part => part != ""));

    public static string Button(WaitingFinding w) => w.Next switch
    {
        FindingVerb.Rectify => "去整改", FindingVerb.Verify => "去复核", FindingVerb.Assign => "去派发", FindingVerb.Close => "去关闭",
        FindingVerb.Confirm => "去确认", FindingVerb.Recheck => "去看", _ => "查看",
    };

    string Deadline(WaitingFinding w) => w.DueOn is { } due ? $"{FindingLook.Deadline(due, Today)}（期限 {due.Say(Today.Year)}）" : "没有期限";

    string When(WaitingFinding w) => FindingLook.Moment(w.Since, Today) + " ";
}
