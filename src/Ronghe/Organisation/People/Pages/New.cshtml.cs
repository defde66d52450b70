using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.People.Pages;

[Requires(OrganisationPermissions.ManagePeople)]
public sealed class NewModel(PeopleActions people, TreeQueries trees) : RonghePage
{
    /// <summary>Made with the form, so that a form sent twice makes one person.</summary>
    [BindProperty] public Guid Id { get; set; } = Guid.CreateVersion7();
    [BindProperty] public string? Number { get; set; }
    [BindProperty, Picked("units")] public Guid? UnitId { get; set; }
    [BindProperty] public PersonForm Form { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "unit")] public Guid? In { get; set; }

    public string? UnitName { get; private set; }

    public override async Task<IActionResult> ShowAsync()
    {
        if (HttpMethods.IsGet(Request.Method)) UnitId = In;
        if (UnitId is { } unit) UnitName = await trees.NameAsync(unit, HttpContext.RequestAborted);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var unit = UnitId ?? throw new Refusal("单位没有选择。", nameof(UnitId));
        await people.AddAsync(new(Number ?? "", Form.ToFacts(unit)) { Id = Id }, cancel);
        return RedirectWithMessage($"{Form.Name}的资料已建立。要登录使用，请安全保密管理员开通账号。", $"/people/{Id}");
    }
}
