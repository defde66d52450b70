using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Organisation.Units;
using Ronghe.Platform;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Organisation.Pages;

[Requires(OrganisationPermissions.ManageUnits)]
public sealed class NewNodeModel(UnitActions units, PartyOrganisationActions parties, NodeDetails details, Me me) : RonghePage
{
    /// <summary>Made with the form, so that a form sent twice founds one node.</summary>
    [BindProperty] public Guid Id { get; set; } = Guid.CreateVersion7();
    [BindProperty] public string? Name { get; set; }
    [BindProperty] public string? Kind { get; set; }
    [BindProperty] public string? Code { get; set; }
    [BindProperty, Picked("nodes")] public Guid? ParentId { get; set; }

    [BindProperty(SupportsGet = true, Name = "tree")] public string? TreeName { get; set; }
    [BindProperty(SupportsGet = true, Name = "parent")] public Guid? Under { get; set; }

    public NodeDetail? Parent { get; private set; }
    public bool IsParty => Parent is null ? TreeName == "party" : Parent.Tree == OrganisationTree.Party;
    public string BackHref => Under is { } under ? $"/units/{under}" : IsParty ? "/units?tree=party" : "/units";

    public IReadOnlyList<Option> Kinds => IsParty
        ? [.. Enum.GetValues<PartyOrganisationKind>().Select(kind => new Option($"{kind}", kind.Title()))]
        : [.. Enum.GetValues<UnitKind>().Select(kind => new Option($"{kind}", kind.Title()))];

    public override async Task<IActionResult> ShowAsync()
    {
        if (HttpMethods.IsGet(Request.Method)) ParentId = Under ?? (TreeName == "party" ? null : me.CompanyId);
        if (ParentId is { } parent) Parent = await details.FindAsync(parent, HttpContext.RequestAborted);
        Kind ??= IsParty ? nameof(PartyOrganisationKind.Branch) : Parent?.Kind == UnitKind.Department.Title() ? nameof(UnitKind.Crew) : nameof(UnitKind.Department);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (Under is { } under && ParentId is null) ParentId = under;
        var name = (Name ?? "").Trim();
        if (Enum.TryParse<PartyOrganisationKind>(Kind, out var party)) await parties.CreateAsync(new(party, name, Code ?? "", ParentId) { Id = Id }, cancel);
        else if (Enum.TryParse<UnitKind>(Kind, out var unit)) await units.CreateAsync(new(unit, name, Code ?? "", ParentId) { Id = Id }, cancel);
        else throw new Refusal("类型没有选择。", nameof(Kind));
        return RedirectWithMessage($"“{name}”已建立。", $"/units/{Id}");
    }
}
