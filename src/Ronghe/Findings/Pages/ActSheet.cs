using Ronghe.Platform.Calendar;
using Ronghe.Platform.Rules;
using Ronghe.Platform.Web;

namespace Ronghe.Findings.Pages;

/// <summary>A form for one act, or for two answers to one question. Its partial page is named after it.</summary>
public sealed record ActCard(string Form, string Title, string Icon, string[] Handlers)
{
    public bool IsOpen { get; init; }
    /// <summary>The natural next step: its button is the page's primary one.</summary>
    public bool IsNext { get; init; }
}

/// <summary>The box “您可以办的”: whose turn it is, forms for what is possible, reasons for what is not.</summary>
public sealed class ActSheet(FindingDetail detail, DateOnly today, string? submitted, string? asked, IReadOnlyList<string> typed)
{
    public IReadOnlyList<Rule> Criteria { get; init; } = [];
    public IReadOnlyList<FindingChoice> Categories { get; init; } = [];
    public string? CategorySource { get; init; }

    public IReadOnlyList<ActCard> Cards => [.. Possible().Select(card => card with { IsOpen = Sent(card) || (card.IsNext || card.Form == asked) && (submitted is null || NoneSent) })];

    /// <summary>Words that were written for an act which in the meantime became impossible.</summary>
    public IReadOnlyList<string> Orphaned => NoneSent ? typed : [];
    public bool IsOrphan => submitted is not null && NoneSent;

    /// <summary>Not possible now, but next in line; the rest is only of interest to whoever asks.</summary>
    public IEnumerable<ActLine> Soon => Impossible.Where(act => act.Verb == After);
    public IReadOnlyList<ActLine> NotNow => [.. Impossible.Where(act => act.Verb != After)];

    public bool Sent(ActCard card) => submitted is not null && card.Handlers.Contains(submitted);

    public string Turn => detail.Finding.Status switch
    {
        FindingStatus.Reported => $"等{detail.Names.Unit}或安监定级、派发。",
        FindingStatus.Assigned => $"现在由 {detail.Names.Rectifier} 整改" + (detail.Finding.DueOn is { } due ? $"，{FindingLook.Deadline(due, today)}（期限 {due.Say(today.Year)}）。" : "。"),
        FindingStatus.Rectified => detail.Names.Verifier is { } verifier ? $"等 {verifier} 或有复核权限的人复核。" : "等有复核权限的人复核，整改人自己不能复核。",
        FindingStatus.Verified => "复核已通过，等安监关闭。",
        FindingStatus.Closed => detail.Finding switch
        {
            { ConfirmedAt: { } confirmed } => $"已关闭，上报人 {confirmed.Say(today.Year)} 确认。",
            { ReporterId: null } => "已关闭。这条没有署名，不需要上报人确认。",
            _ when MayDispute => $"已关闭，等上报人 {detail.Names.Reporter} 确认（到 {LastDispute.Say(today.Year)}）。",
            _ => "已关闭，异议期内上报人没有提出异议。",
        },
        FindingStatus.Rejected => "没有受理，理由见经过。",
        _ => $"已并入 {detail.Names.MergedInto}，后续在那一条里看。",
    };

    /// <summary>The last day on which the reporter can still dispute the closure.</summary>
    public DateOnly LastDispute => WorkCalendar.China.AddWorkdays((detail.Finding.ClosedAt ?? default).PlantDate(), detail.Rules.ConfirmDays);
    public bool MayDispute => detail.Finding.ClosedAt is not null && today <= LastDispute;

    public DateOnly DefaultDue(FindingGrade? grade) => WorkCalendar.China.AddWorkdays(today, detail.Rules.DaysFor(grade));

    public string DueHint =>
        $"按期限规则：一般 {detail.Rules.GeneralDays} 个工作日（{DefaultDue(FindingGrade.General).Say(today.Year)}），重大 {detail.Rules.MajorDays} 个工作日（{DefaultDue(FindingGrade.Major).Say(today.Year)}）。周末和法定节假日不算。";

    bool NoneSent => submitted is not null && !Possible().Any(Sent);

    IEnumerable<ActLine> Impossible => detail.Acts.Where(act => !act.IsPossible && !(act.Verb == FindingVerb.Assign && Can(FindingVerb.Grade)));

    FindingVerb? After => detail.Finding.Status switch
    {
        FindingStatus.Assigned => FindingVerb.Verify,
        FindingStatus.Rectified => FindingVerb.Close,
        FindingStatus.Verified => FindingVerb.Confirm,
        _ => null,
    };

    bool Can(params ReadOnlySpan<FindingVerb> verbs)
    {
        foreach (var verb in verbs)
            if (detail.Act(verb) is { IsPossible: true }) return true;
        return false;
    }

    IEnumerable<ActCard> Possible()
    {
        var status = detail.Finding.Status;
        var (reported, graded) = (status == FindingStatus.Reported, detail.Finding.Grade is not null);
        if (!graded && Can(FindingVerb.Grade)) yield return new("Dispatch", "定级并派发", "user-plus", ["GradeAndAssign", "Grade"]) { IsNext = true };
        if (Can(FindingVerb.Rectify)) yield return new("Rectify", "报整改完成", "tool", ["Rectify"]) { IsNext = true };
        if (Can(FindingVerb.Verify)) yield return new("Check", "复核", "eye-check", ["Verify", "SendBack"]) { IsNext = true };
        if (Can(FindingVerb.Close)) yield return new("Close", "关闭", "circle-check", ["Close"]) { IsNext = true };
        if (Can(FindingVerb.Confirm, FindingVerb.Dispute)) yield return new("Answer", "改好了吗？", "user-check", ["Confirm", "Dispute"]) { IsNext = true };
        if (graded && Can(FindingVerb.Assign)) yield return new("Assign", reported ? "派发" : "改派", "user-plus", ["Assign"]) { IsNext = reported };
        if (Can(FindingVerb.SendBack) && !Can(FindingVerb.Verify)) yield return new("SendBack", "退回重改", "arrow-back-up", ["SendBack"]);
        if (Can(FindingVerb.Extend)) yield return new("Extend", "延期", "calendar-plus", ["Extend"]);
        if (Can(FindingVerb.Escalate)) yield return new("Escalate", "升级", "arrow-big-up-lines", ["Escalate"]);
        if (Can(FindingVerb.ListForSupervision)) yield return new("Supervise", "挂牌督办", "pin", ["ListForSupervision"]);
        if (graded && Can(FindingVerb.Grade)) yield return new("Grade", "重新定级", "scale", ["Grade"]);
        if (Can(FindingVerb.Merge)) yield return new("Merge", "合并到另一条", "git-merge", ["Merge"]);
        if (Can(FindingVerb.Reject)) yield return new("Reject", "不予受理", "circle-x", ["Reject"]);
        if (Can(FindingVerb.Recheck)) yield return new("Recheck", "回头看", "rotate-clockwise", ["Held", "Recurred"]);
    }
}
