using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Platform.Data;
using Ronghe.Platform.Lists;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Organisation.People.Pages;

[Requires(OrganisationPermissions.View)]
public sealed class ListModel(PeopleQueries people, PeopleChoices choices, Me me) : RonghePage
{
    public static readonly IReadOnlyList<Option> Statuses =
        [.. Enum.GetValues<PoliticalStatus>().Reverse().Select(status => new Option($"{status}", status.Title()))];
    public static readonly IReadOnlyList<Option> PostOptions = [.. Posts.All.Select(post => new Option(post.Key, post.Title))];
    public static readonly IReadOnlyList<Option> LeftOptions = [new("true", "已离开")];

    [BindProperty(SupportsGet = true)] public string? Q { get; set; }
    [BindProperty(SupportsGet = true)] public Guid? Unit { get; set; }
    [BindProperty(SupportsGet = true)] public PoliticalStatus? Status { get; set; }
    [BindProperty(SupportsGet = true)] public string? Post { get; set; }
    [BindProperty(SupportsGet = true)] public bool? Left { get; set; }
    [BindProperty(SupportsGet = true)] public string? After { get; set; }
    [BindProperty(SupportsGet = true)] public string? Before { get; set; }

    public Paged<PersonRow> People { get; private set; } = new([]);
    public ListSettings Settings { get; private set; } = ListSettings.None(PeopleChoices.List);
    public IReadOnlyList<Option> Units { get; private set; } = [];
    public bool MayAdd => me.May(OrganisationPermissions.ManagePeople);
    public bool IsFiltered => !string.IsNullOrWhiteSpace(Q) || Unit is not null || Status is not null || !string.IsNullOrEmpty(Post) || Left == true;
    public string? Summary => People.Total is null ? null : $"{(IsFiltered ? "符合条件" : "在岗")} {People.TotalText} 人";
    public string PageSummary => People.Total is null ? "按工号排列" : $"共 {People.TotalText} 人 · 按工号排列";

    public override async Task<IActionResult> ShowAsync()
    {
        var cancel = HttpContext.RequestAborted;
        var offered = await choices.AllAsync(Unit, cancel);
        (Settings, Units) = (offered.List, [.. offered.Units.Select(unit => new Option($"{unit.Id}", unit.Name))]);
        if (Settings.DefaultFor(Request) is { } wanted) return LocalRedirect(wanted);
        People = await people.ListAsync(new()
        {
            Q = Q, Unit = Unit, Status = Status, Post = Post, Left = Left == true, After = After, Before = Before,
        }, cancel);
        return Page();
    }
}
