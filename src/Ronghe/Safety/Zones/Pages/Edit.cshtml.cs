using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation;
using Ronghe.Platform;
using Ronghe.Platform.Security;

namespace Ronghe.Safety.Zones.Pages;

[Requires(ZonePermissions.Manage)]
public sealed class EditModel(ZoneQueries zones, ZoneActions actions, TreeQueries trees) : ZoneFormPage(zones, trees)
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }

    public ZoneDetail Detail { get; private set; } = null!;
    public override Guid? Shown => Id;
    public override int Seen => Detail.Version;

    public override async Task<IActionResult> ShowAsync()
    {
        Detail = await Zones.DetailAsync(Id, HttpContext.RequestAborted);
        if (!Detail.MayManage) throw new Forbidden(Detail.IsActive ? OrganisationAccess.NoRight : "这个责任区已经停用，不能再改。");
        if (HttpMethods.IsGet(Request.Method)) Form = ZoneForm.Of(Detail);
        return await base.ShowAsync();
    }

    public async Task<IActionResult> OnPostSaveAsync(int version, CancellationToken cancel)
    {
        await actions.RestateAsync(Id, version, Form.ToFacts(), cancel);
        return RedirectWithMessage("责任区已保存。", $"/zones/{Id}");
    }

    public async Task<IActionResult> OnPostRetireAsync(int version, CancellationToken cancel)
    {
        await actions.RetireAsync(Id, version, cancel);
        return RedirectWithMessage("责任区已停用，里面的地点可以划给别的责任区。", "/zones");
    }
}
