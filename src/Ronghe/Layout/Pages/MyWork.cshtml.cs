using Microsoft.AspNetCore.Mvc;
using Ronghe.Findings;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Work;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Notices;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Layout.Pages;

/// <summary>Home: what waits for me, what became of what I reported. Not a news page.</summary>
[Requires(PlatformPermissions.Use)]
public sealed class MyWorkModel(FindingWork findings, Waiting waits, NoticeQueries notices, Me me, TimeProvider clock) : RonghePage
{
    const int MostWaiting = 12, MostReported = 6, MostNotices = 5;

    IReadOnlyList<WaitingLine> _waiting = [];

    public string Title { get; private set; } = "";
    public string Above { get; private set; } = "";
    public WaitingList Waiting { get; private set; } = WaitingList.Nothing;
    public int MoreWaiting { get; private set; }
    public IReadOnlyList<FindingRow> Reported { get; private set; } = [];
    public IReadOnlyList<NoticeRow> Notices { get; private set; } = [];
    public int Unread => me.UnreadNotices;
    public DateOnly Today { get; private set; }

    public override async Task<IActionResult> ShowAsync()
    {
        Today = clock.Today();
        var waiting = _waiting = await waits.ListAsync(HttpContext.RequestAborted);
        Reported = await findings.ReportedByMeAsync(MostReported, HttpContext.RequestAborted);
        if (Unread > 0) Notices = [.. (await notices.ListAsync(me.Id, unreadOnly: true, after: null, HttpContext.RequestAborted)).Rows.Take(MostNotices)];
        Waiting = new WaitingList([.. waiting.Take(MostWaiting)], Today);
        MoreWaiting = waiting.Count - Waiting.Lines.Count;
        Above = Today.SayLong();
        Title = waiting.Count == 0 ? $"{me.Name}，现在没有等您办的事" : $"{me.Name}，您有 {waiting.Count} 件事要办";
        return Page();
    }

    /// <summary>What is pressing among them, in one line.</summary>
    public string? Pressing
    {
        get
        {
            var (overdue, soon) = (_waiting.Count(w => w.IsOverdue(Today)), _waiting.Count(w => w.DueOn >= Today && w.DueOn <= Today.AddDays(1)));
            var parts = new[] { overdue == 0 ? null : $"{overdue} 件超期", soon == 0 ? null : $"{soon} 件今明两天到期" }.OfType<string>().ToList();
            return parts.Count > 0 ? string.Join("，", parts) + "。" : Waiting.Lines.Count > 0 ? "都还在期限内；马上有危险的和先到期的在前。" : null;
        }
    }

    public string Detail(FindingRow row) => row.Status switch
    {
        FindingStatus.Assigned => $"{row.RectifierName} 整改 · 期限 {row.DueOn?.Say(Today.Year)}",
        FindingStatus.Rectified => $"{row.RectifierName} 已整改，等复核",
        FindingStatus.Closed => _waiting.Any(w => w.Id == row.Id) ? "改好了，请您确认" : $"发现 {row.FoundAt.PlantDate().Say(Today.Year)}，已改好",
        _ => $"{FindingLook.Moment(row.ReportedAt, Today)} 上报",
    } + (row.EscalationLevel > 0 && row.Status == FindingStatus.Assigned ? $" · 已升级到{FindingEscalation.LevelTitle(row.EscalationLevel)}" : "");
}
