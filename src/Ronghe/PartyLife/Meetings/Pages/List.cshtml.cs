using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.PartyLife.Meetings.Pages;

/// <summary>Meetings that I am to come to, and those of my bodies.</summary>
[Requires(MeetingPermissions.Use)]
public sealed class ListModel(MeetingQueries queries, MeetingRulebook rulebook, Me me) : RonghePage
{
    public static readonly Option[] Statuses = [.. Enum.GetValues<MeetingStatus>().Select(status => new Option(status.ToString(), status.Title()))];

    [FromQuery(Name = "type")] public string? Type { get; set; }
    [FromQuery(Name = "status")] public MeetingStatus? Status { get; set; }
    [FromQuery(Name = "body")] public Guid? Body { get; set; }
    [FromQuery(Name = "from")] public DateOnly? From { get; set; }
    [FromQuery(Name = "to")] public DateOnly? To { get; set; }
    [FromQuery(Name = "mine")] public bool Mine { get; set; }
    [FromQuery(Name = "q")] public string? Text { get; set; }
    [FromQuery(Name = "after")] public string? After { get; set; }

    public Paged<MeetingRow> List { get; private set; } = new([]);
    public IReadOnlyList<Option> Types { get; private set; } = [];
    public bool MayPlan { get; } = me.May(MeetingPermissions.Party) || me.May(MeetingPermissions.Work);
    public bool IsFiltered => Request.Query.Any(pair => pair.Key is not "after" && pair.Value != "");

    public static string Turnout(MeetingRow row) => row.Due == 0 ? "" : MeetingStates.TookPlace.Contains(row.Status) ? $"{row.Present} / {row.Due}" : $"应到 {row.Due}";

    public override async Task<IActionResult> ShowAsync()
    {
        List = await queries.ListAsync(new(Type, Status, Body, From, To, Mine, Text, After), HttpContext.RequestAborted);
        Types = [.. (await rulebook.CurrentAsync(HttpContext.RequestAborted)).Rules.Types.Select(type => new Option(type.Code, type.Name))];
        return Page();
    }
}
