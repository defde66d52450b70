using Microsoft.AspNetCore.Mvc;
using Ronghe.Findings;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Safety.Watch.Pages;

/// <summary>My watch on the phone: report with one press, what there is to do, and what became of what I found, also after my week.</summary>
[Requires(WatchPermissions.View)]
public sealed class MineModel(WatchQueries queries, Me me, TimeProvider clock) : RonghePage
{
    public sealed record Todo(string Title, string Detail, string Icon, string Href);

    public DateOnly Today { get; } = clock.Today();
    public IReadOnlyList<WatchRow> Mine { get; private set; } = [];
    public IReadOnlyList<WatchFinding> Found { get; private set; } = [];
    public IReadOnlyList<Todo> ToDo { get; private set; } = [];
    public WatchRow? OnDuty => Mine.FirstOrDefault(week => week.Monday <= Today && week.Monday.AddDays(6) >= Today);
    public WatchRow? Next => Mine.FirstOrDefault(week => week.Monday > Today);

    public override async Task<IActionResult> ShowAsync()
    {
        var cancel = HttpContext.RequestAborted;
        Mine = await queries.MineAsync(cancel);
        Found = await queries.FoundByMeAsync(cancel);
        ToDo =
        [
            .. (await queries.SwapsAsync(cancel)).Where(swap => swap.AskedId == me.PersonId)
                .Select(swap => new Todo($"{swap.Asker}请您换班", $"{swap.Monday.Say(Today.Year)}起的一周{(swap.InReturn is { } back ? $"，换 {back.Say(Today.Year)}起的一周" : "，请您代值")}", "arrows-exchange", "/watch")),
            .. Mine.Where(week => week.Monday.AddDays(6) < Today && week.Open == 0)
                .Select(week => new Todo($"办结 {week.Monday.Say(Today.Year)}起的一周", $"发现 {week.Found} 条，都关闭了", "check", $"/watch/{week.Id}")),
            .. Mine.Where(week => week.Monday.AddDays(6) < Today && week.Open > 0)
                .Select(week => new Todo($"盯住 {week.Monday.Say(Today.Year)}起一周的发现", $"还有 {week.Open} 条没关闭，都派发到人、有期限就可以办结", "eye", $"/watch/{week.Id}")),
            .. Found.Where(finding => finding.WaitsForMe).Select(finding => new Todo($"确认改好没有：{finding.Description}", finding.PlaceText, "user-check", $"/findings/{finding.Id}#acts")),
        ];
        return Page();
    }

    public string? With(WatchRow week) => week.Members.Where(member => member.Id != me.PersonId).Select(member => member.Say).ToList() is { Count: > 0 } others ? string.Join('、', others) : null;

    public static string Say(WatchFinding finding, DateOnly today) => string.Join(" · ", new[]
    {
        finding.PlaceText, finding.Unit == "" ? null : string.IsNullOrEmpty(finding.Post) ? finding.Unit : $"{finding.Unit} {finding.Post}",
        finding.Status == FindingStatus.Assigned && finding.DueOn is { } due ? FindingLook.Deadline(due, today) : null,
    }.OfType<string>());
}
