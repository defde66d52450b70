using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Platform.Jobs.Pages;

/// <summary>Everything that the product does by itself: when, how it went last, when it comes again.</summary>
[Requires(JobPermissions.Manage)]
public sealed class JobsModel(JobQueries jobs, FollowerQueries followers) : RonghePage
{
    public IReadOnlyList<JobRow> Rows { get; private set; } = [];
    public IReadOnlyList<FollowerRow> Followers { get; private set; } = [];
    public int Failing => Rows.Count(row => row.Last?.Outcome == JobOutcome.Failed);

    public override async Task<IActionResult> ShowAsync()
    {
        Rows = await jobs.ListAsync(HttpContext.RequestAborted);
        Followers = await followers.ListAsync(HttpContext.RequestAborted);
        return Page();
    }
}

static class JobWords
{
    public static (string Status, string Text) Badge(JobOutcome outcome) => outcome switch
    {
        JobOutcome.Running => ("info", "正在运行"),
        JobOutcome.Good => ("good", "正常"),
        JobOutcome.Failed => ("bad", "出错"),
        JobOutcome.Interrupted => ("waiting", "停机打断"),
        _ => ("bad", "节点中断"),
    };

    public static string Say(TimeSpan? duration) => duration switch
    {
        null => "",
        { TotalSeconds: < 1 } d => $"{Math.Max(d.TotalMilliseconds, 0):0} 毫秒",
        { TotalSeconds: < 120 } d => $"{d.TotalSeconds:0.0} 秒",
        { } d => $"{d.TotalMinutes:0.0} 分钟",
    };
}
