using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Pages;

[Requires(OrganisationPermissions.View)]
public sealed class UnitsModel(TreeQueries trees, Me me) : RonghePage
{
    [BindProperty(SupportsGet = true, Name = "tree")] public string? TreeName { get; set; }

    public OrganisationTree Tree => TreeName == "party" ? OrganisationTree.Party : OrganisationTree.Units;
    public TreeView View { get; private set; } = new([], true);
    public bool MayAdd => me.May(OrganisationPermissions.ManageUnits);

    public string AddHref => Tree == OrganisationTree.Party ? "/units/new?tree=party" : "/units/new";

    /// <summary>Counts at the topmost nodes hold everything below.</summary>
    public string Summary
    {
        get
        {
            var people = View.Nodes.Where(node => node.ParentId is null).Sum(node => node.Headcount);
            return Tree == OrganisationTree.Party ? $"{View.Nodes.Count} 个党组织 · {people} 名党员" : $"{View.Nodes.Count} 个单位 · {people} 人";
        }
    }

    public override async Task<IActionResult> ShowAsync()
    {
        View = await trees.TreeAsync(Tree, HttpContext.RequestAborted);
        return Page();
    }
}
