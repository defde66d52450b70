using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Safety.Zones.Pages;

/// <summary>One zone: how it stands, who answers for it, what is open there.</summary>
[Requires(ZonePermissions.View)]
public sealed class DetailModel(ZoneQueries zones, ZoneActions actions, RecordHistory history, Me me, TimeProvider clock) : RonghePage
{
    public static readonly Option[] Roles = [new(nameof(ZoneRole.Lead), "责任区长"), new(nameof(ZoneRole.Deputy), "副区长")];

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    /// <summary>Where the next page of the findings begins.</summary>
    [FromQuery(Name = "after")] public string? After { get; set; }
    [BindProperty, Picked("people")] public Guid? PersonId { get; set; }
    [BindProperty] public ZoneRole Role { get; set; }
    [BindProperty] public DateOnly? From { get; set; }
    [BindProperty] public DateOnly? To { get; set; }

    public ZoneDetail Detail { get; private set; } = null!;
    /// <summary>All zones, so that the map shows the neighbours.</summary>
    public IReadOnlyList<ZoneRow> Around { get; private set; } = [];
    public IReadOnlyList<HistoryRow> History { get; private set; } = [];
    public string? PersonName { get; private set; }
    public DateOnly Today { get; } = clock.Today();
    /// <summary>Whoever leads it, or stands in for the lead, may walk it.</summary>
    public bool LeadsIt => Detail.IsActive && Enum.GetValues<ZoneRole>().Any(role => Detail.Holder(role, Today)?.PersonId == me.PersonId);
    /// <summary>With the place filled in; of several places the reporter picks one.</summary>
    public string? ReportHref => !Detail.IsActive || Detail.Places.Count == 0 ? null : Detail.Places.Count == 1 ? $"/findings/report?place={Uri.EscapeDataString(Detail.Places[0].Code)}" : "#places";
    public string Sub => string.Join(" · ", new[] { Detail.Zone.Branch, Detail.Zone.Cadence }.Where(part => !string.IsNullOrEmpty(part)));

    public override async Task<IActionResult> ShowAsync()
    {
        var cancel = HttpContext.RequestAborted;
        Detail = await zones.DetailAsync(Id, After, cancel);
        if (Detail.Zone.Corners.Length > 0) Around = (await zones.BoardAsync(cancel)).Zones;
        History = await history.OfAsync(ZoneActions.Kind, Id, cancel);
        From ??= Today;
        if (PersonId is { } person) PersonName = await zones.PersonNameAsync(person, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAppointAsync(int version, CancellationToken cancel)
    {
        var person = PersonId ?? throw new Refusal("请选一个人。", nameof(PersonId));
        await actions.AppointAsync(Id, version, person, Role, From ?? Today, To, cancel);
        return RedirectWithMessage($"已指定{Role.Title()}。上一任到前一天为止。");
    }

    public async Task<IActionResult> OnPostEndAsync(int version, Guid lead, CancellationToken cancel)
    {
        await actions.EndTermAsync(Id, version, lead, Today, cancel);
        return RedirectWithMessage("任期到今天为止。请尽快补上空缺。");
    }

    public string Say(ZoneTerm term) => $"{term.From:yyyy-MM-dd} 至 {(term.To is { } to ? $"{to:yyyy-MM-dd}" : "今")}{(term.LeftOn is { } left ? $" · {left:yyyy-MM-dd} 离岗" : "")}{(term.PersonUnit is { } unit ? $" · {unit}" : "")}";
}
