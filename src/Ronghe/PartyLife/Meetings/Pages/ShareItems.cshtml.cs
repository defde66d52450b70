using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.PartyLife.Meetings.Pages;

/// <summary>The items behind a share.</summary>
[Requires(MeetingPermissions.View)]
public sealed class ShareItemsModel(AgendaShares shares, TimeProvider clock) : RonghePage
{
    [FromQuery(Name = "body")] public Guid? Body { get; set; }
    [FromQuery(Name = "from")] public DateOnly? From { get; set; }
    [FromQuery(Name = "to")] public DateOnly? To { get; set; }
    [FromQuery(Name = "kind")] public string? Kind { get; set; }
    [FromQuery(Name = "safety")] public bool? Safety { get; set; }
    [FromQuery(Name = "production")] public bool? Production { get; set; }
    [FromQuery(Name = "resolved")] public bool? Resolved { get; set; }
    [FromQuery(Name = "after")] public string? After { get; set; }

    public Paged<AgendaItemRow> List { get; private set; } = new([]);
    public AgendaPeriod Period => new(Body, From ?? new DateOnly(clock.Today().Year, 1, 1), To ?? clock.Today());
    public string Back => $"/meetings/share?{(Body is { } body ? $"body={body}&" : "")}from={Period.From:yyyy-MM-dd}&to={Period.To:yyyy-MM-dd}";

    public override async Task<IActionResult> ShowAsync()
    {
        List = await shares.ItemsAsync(new(Period, Kind, Safety, Production, Resolved, After), HttpContext.RequestAborted);
        return Page();
    }
}
