using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.People;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Organisation.Appointments.Pages;

[Requires(OrganisationPermissions.ManageAppointments)]
public sealed class NewModel(AppointmentActions appointments, PersonDetails people, TreeQueries trees, PostRights rights, TimeProvider clock) : RonghePage
{
    /// <summary>Made with the form, so that a form sent twice appoints once.</summary>
    [BindProperty] public Guid Id { get; set; } = Guid.CreateVersion7();
    [BindProperty, Picked("people")] public Guid? PersonId { get; set; }
    [BindProperty] public string? Post { get; set; }
    [BindProperty, Picked("nodes")] public Guid? NodeId { get; set; }
    [BindProperty] public DateOnly? From { get; set; }
    [BindProperty] public DateOnly? To { get; set; }

    [BindProperty(SupportsGet = true, Name = "person")] public Guid? Who { get; set; }
    [BindProperty(SupportsGet = true, Name = "node")] public Guid? Where { get; set; }

    public string? PersonName { get; private set; }
    public string? NodeName { get; private set; }
    public string BackHref => Who is { } who ? $"/people/{who}" : Where is { } where ? $"/units/{where}" : "/people";

    /// <summary>Without the three administrators': those are given at the server's console.</summary>
    public IReadOnlyList<Option> PostOptions { get; } =
        [.. Posts.All.Where(post => !Posts.IsAdministrator(post.Key)).Select(post => new Option(post.Key, post.Tree == PostTree.Party ? $"{post.Title}（党内）" : post.Title))];

    public IReadOnlyList<(string Title, IReadOnlyList<string> Rights)> RightsByPost =>
        [.. Posts.All.Select(post => (post.Title, rights.TitlesOf(post.Key)))];

    public override async Task<IActionResult> ShowAsync()
    {
        var cancel = HttpContext.RequestAborted;
        if (HttpMethods.IsGet(Request.Method)) (PersonId, NodeId, From) = (Who, Where, clock.Today());
        if (PersonId is { } person) PersonName = (await people.FindAsync(person, cancel)).Name;
        if (NodeId is { } node) NodeName = await trees.NameAsync(node, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var person = PersonId ?? throw new Refusal("没有选择由谁任职。", nameof(PersonId));
        var node = NodeId ?? throw new Refusal("没有选择单位或党组织。", nameof(NodeId));
        var from = From ?? throw new Refusal("没有填写从哪天起。", nameof(From));
        await appointments.AppointAsync(new(person, node, Post ?? "", from, To) { Id = Id }, cancel);
        return RedirectWithMessage(from > clock.Today() ? $"已办理任职，权限从 {from.Say()} 起生效。" : "已办理任职，权限立即生效。", $"/people/{person}");
    }
}
