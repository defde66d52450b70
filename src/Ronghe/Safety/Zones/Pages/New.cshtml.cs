using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation;
using Ronghe.Platform.Security;

namespace Ronghe.Safety.Zones.Pages;

[Requires(ZonePermissions.Manage)]
public sealed class NewModel(ZoneQueries zones, ZoneActions actions, TreeQueries trees) : ZoneFormPage(zones, trees)
{
    public override async Task<IActionResult> ShowAsync()
    {
        if (HttpMethods.IsGet(Request.Method)) Form = new() { Id = Guid.CreateVersion7(), Cadence = "每周 1 次" };
        return await base.ShowAsync();
    }

    public async Task<IActionResult> OnPostSaveAsync(CancellationToken cancel)
    {
        var id = await actions.CreateAsync(Form.Id == Guid.Empty ? Guid.CreateVersion7() : Form.Id, Form.ToFacts(), cancel);
        return RedirectWithMessage("责任区已划定。下一步：指定责任区长。", $"/zones/{id}");
    }
}
