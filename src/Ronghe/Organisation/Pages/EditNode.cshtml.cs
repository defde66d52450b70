using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Organisation.Units;
using Ronghe.Platform;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Organisation.Pages;

[Requires(OrganisationPermissions.ManageUnits)]
public sealed class EditNodeModel(NodeDetails details, TreeActions tree, UnitActions unitActions, PartyOrganisationActions parties, TreeQueries trees) : RonghePage
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public int Version { get; set; }

    public NodeDetail Node { get; private set; } = null!;
    public IReadOnlyList<TreeLine> Units { get; private set; } = [];
    public IReadOnlyCollection<Guid> Covered { get; private set; } = [];

    public override async Task<IActionResult> ShowAsync()
    {
        var cancel = HttpContext.RequestAborted;
        Node = await details.FindAsync(Id, cancel);
        if (!Node.Acts.Has("rename")) throw new Forbidden(OrganisationAccess.NoRight);
        if (Node.Tree != OrganisationTree.Party) return Page();
        Units = [.. (await trees.TreeAsync(OrganisationTree.Units, cancel)).Nodes.Select(unit => new TreeLine(unit.Id, unit.ParentId, unit.Name) { Kind = unit.Kind })];
        Covered = [.. Node.Covers.Select(unit => unit.Id)];
        return Page();
    }

    public async Task<IActionResult> OnPostRenameAsync(string? name, CancellationToken cancel)
    {
        await tree.RenameAsync(Id, name ?? "", Version, cancel);
        return Done($"已改名为“{name?.Trim()}”。");
    }

    public async Task<IActionResult> OnPostMoveAsync([Picked("nodes")] Guid? parentId, CancellationToken cancel)
    {
        await tree.MoveAsync(Id, parentId ?? throw new Refusal("上级没有选择。", "ParentId"), Version, cancel);
        return Done("上级已调整，下级和人员一起跟随。");
    }

    public async Task<IActionResult> OnPostMergeAsync([Picked("units")] Guid? intoId, CancellationToken cancel)
    {
        await unitActions.MergeAsync(Id, intoId ?? throw new Refusal("并入哪个单位没有选择。", "IntoId"), Version, cancel);
        return RedirectWithMessage("已并入。下级、人员、地点和没有关闭的隐患都归到那里，原来的任职今天结束。", $"/units/{intoId}");
    }

    public async Task<IActionResult> OnPostRestateAsync(DateOnly? foundedOn, DateOnly? termStartedOn, int? termYears, CancellationToken cancel)
    {
        await parties.RestateAsync(Id, new(foundedOn, termStartedOn, termYears), Version, cancel);
        return Done("届期已保存。");
    }

    public async Task<IActionResult> OnPostCoverAsync(Guid[] unitIds, CancellationToken cancel)
    {
        await parties.CoverAsync(Id, unitIds, Version, cancel);
        return Done("覆盖单位已保存，书记、副书记的权限范围随之变化。");
    }

    public async Task<IActionResult> OnPostCloseAsync(CancellationToken cancel)
    {
        await tree.CloseAsync(Id, Version, cancel);
        return Done("已撤销。过去的记录仍然保留它的名称。");
    }

    IActionResult Done(string message) => RedirectWithMessage(message, $"/units/{Id}");
}
