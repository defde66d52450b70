using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.People.Pages;

[Requires(OrganisationPermissions.ManagePeople)]
public sealed class MoveModel(PersonDetails details, PeopleActions people) : RonghePage
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public int Version { get; set; }
    [BindProperty, Picked("units")] public Guid? UnitId { get; set; }

    public PersonDetail Person { get; private set; } = null!;

    public override async Task<IActionResult> ShowAsync()
    {
        Person = await details.FindAsync(Id, HttpContext.RequestAborted);
        if (!Person.Acts.Has("move")) throw new Forbidden(OrganisationAccess.NoRight);
        if (HttpMethods.IsGet(Request.Method)) Version = Person.Version;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await people.MoveAsync(Id, UnitId ?? throw new Refusal("调往单位没有选择。", nameof(UnitId)), Version, cancel);
        return RedirectWithMessage("已调动。", $"/people/{Id}");
    }
}
