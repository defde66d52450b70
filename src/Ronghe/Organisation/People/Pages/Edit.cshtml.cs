using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.People.Pages;

[Requires(OrganisationPermissions.ManagePeople)]
public sealed class EditModel(PersonDetails details, PeopleActions people) : RonghePage
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public int Version { get; set; }
    [BindProperty] public PersonForm Form { get; set; } = new();

    public PersonDetail Person { get; private set; } = null!;

    public override async Task<IActionResult> ShowAsync()
    {
        Person = await details.FindAsync(Id, HttpContext.RequestAborted);
        if (!Person.Acts.Has("change")) throw new Forbidden(OrganisationAccess.NoRight);
        if (HttpMethods.IsGet(Request.Method)) (Form, Version) = (PersonForm.Of(Person), Person.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await people.ChangeAsync(Id, Form.ToFacts(default), Version, cancel);
        return RedirectWithMessage("资料已保存。", $"/people/{Id}");
    }
}
