using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.People.Pages;

[Requires(OrganisationPermissions.ManagePeople)]
public sealed class LeaveModel(PersonDetails details, PeopleActions people, TimeProvider clock) : RonghePage
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public int Version { get; set; }
    [BindProperty] public DateOnly? On { get; set; }

    public PersonDetail Person { get; private set; } = null!;

    public override async Task<IActionResult> ShowAsync()
    {
        Person = await details.FindAsync(Id, HttpContext.RequestAborted);
        if (!Person.Acts.Has("leave")) throw new Forbidden(OrganisationAccess.NoRight);
        if (HttpMethods.IsGet(Request.Method)) (On, Version) = (clock.Today(), Person.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await people.LeaveAsync(Id, On ?? throw new Refusal("最后一天没有填写。", nameof(On)), Version, cancel);
        return RedirectWithMessage("已办理离开，任职和权限随之结束。", $"/people/{Id}");
    }
}
