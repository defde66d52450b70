using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.PartyLife.Meetings.Pages;

/// <summary>Of the items that were discussed, how many were about what; every number opens to its items.</summary>
[Requires(MeetingPermissions.View)]
public sealed class ShareModel(AgendaShares shares, TreeQueries trees, TimeProvider clock) : RonghePage
{
    [FromQuery(Name = "body"), Picked("nodes")] public Guid? Body { get; set; }
    [FromQuery(Name = "from")] public DateOnly? From { get; set; }
    [FromQuery(Name = "to")] public DateOnly? To { get; set; }

    public AgendaShare Share { get; private set; } = new([], []);
    public string? BodyName { get; private set; }
    public string Sub => $"{BodyName ?? "您能看到的全部"} · {From:yyyy-MM-dd} 至 {To:yyyy-MM-dd} · 从会议的议题算出，点开就是议题";

    public override async Task<IActionResult> ShowAsync()
    {
        From ??= new DateOnly(clock.Today().Year, 1, 1);
        To ??= clock.Today();
        if (Body is { } body) BodyName = await trees.NameAsync(body, HttpContext.RequestAborted);
        Share = await shares.OfAsync(new(Body, From.Value, To.Value), HttpContext.RequestAborted);
        return Page();
    }

    public string Open(string what) => $"/meetings/share/items?{Period}{(what == "" ? "" : "&" + what)}";
    public string OfBody(string body) => $"/meetings/share?body={body}&from={From:yyyy-MM-dd}&to={To:yyyy-MM-dd}";

    string Period => $"{(Body is { } body ? $"body={body}&" : "")}from={From:yyyy-MM-dd}&to={To:yyyy-MM-dd}";
}
