using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.People;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Organisation.Pages;

[Requires(OrganisationPermissions.View)]
public sealed class NodeModel(NodeDetails details, TreeQueries trees, PeopleQueries people, RecordHistory history) : RonghePage
{
    const int ChildrenPerPage = 60, PeoplePerPage = 20;

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty(SupportsGet = true)] public string? Q { get; set; }
    [BindProperty(SupportsGet = true)] public string? After { get; set; }
    [BindProperty(SupportsGet = true)] public string? Before { get; set; }
    [BindProperty(SupportsGet = true, Name = "children")] public string? ChildrenAfter { get; set; }

    public NodeDetail Node { get; private set; } = null!;
    public Paged<NodeRow> Children { get; private set; } = new([]);
    public Paged<PersonRow> People { get; private set; } = new([]);
    public IReadOnlyList<HistoryRow> History { get; private set; } = [];

    public string Sub => string.Join(" · ", Node.Path.Select(node => node.Name).Append(Node.Kind));
    public bool CanHaveChildren => Node.Kind is not ("班组" or "党小组");
    public string? PeopleNote => People.Total is null ? null : $"含下级共 {People.TotalText} 人";

    public override async Task<IActionResult> ShowAsync()
    {
        var cancel = HttpContext.RequestAborted;
        Node = await details.FindAsync(Id, cancel);
        if (Node.Load.Children > 0) Children = await trees.ListAsync(Node.Tree, Id, null, ChildrenAfter, ChildrenPerPage, cancel);
        var filter = new PeopleFilter { Q = Q, After = After, Before = Before, Limit = PeoplePerPage };
        People = await people.ListAsync(Node.Tree == OrganisationTree.Party ? filter with { Party = Id } : filter with { Unit = Id }, cancel);
        History = await history.OfAsync(Node.Tree == OrganisationTree.Party ? OrganisationEvents.PartyOrganisation : OrganisationEvents.Unit, Id, cancel);
        return Page();
    }
}
