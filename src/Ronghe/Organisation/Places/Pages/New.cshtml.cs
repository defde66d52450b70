using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Places.Pages;

[Requires(OrganisationPermissions.ManagePlaces)]
public sealed class NewModel(PlaceActions places, PlaceQueries queries, TreeQueries trees) : RonghePage
{
    /// <summary>Made with the form, so that a form sent twice makes one place.</summary>
    [BindProperty] public Guid Id { get; set; } = Guid.CreateVersion7();
    [BindProperty] public string? Name { get; set; }
    [BindProperty] public string? Code { get; set; }
    [BindProperty] public string? Kks { get; set; }
    [BindProperty, Picked("units")] public Guid? UnitId { get; set; }
    [BindProperty] public string? Aliases { get; set; }

    [BindProperty(SupportsGet = true, Name = "parent")] public Guid? Under { get; set; }

    public PlaceDetail? Parent { get; private set; }
    public string? UnitName { get; private set; }
    public PlaceLevel Level => Parent is null ? PlaceLevel.Site : Parent.Level == PlaceLevel.Site ? PlaceLevel.Area : PlaceLevel.Equipment;

    public override async Task<IActionResult> ShowAsync()
    {
        await LoadParentAsync();
        if (UnitId is { } unit) UnitName = await trees.NameAsync(unit, HttpContext.RequestAborted);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await LoadParentAsync();
        await places.CreateAsync(new(Level, Name ?? "", Code ?? "", Under) { Id = Id, Kks = Kks ?? "", UnitId = UnitId, Aliases = Split(Aliases) }, cancel);
        return RedirectWithMessage($"“{Name?.Trim()}”已建立。", $"/places/{Id}");
    }

    async Task LoadParentAsync()
    {
        if (Under is { } parent) Parent = await queries.DetailAsync(parent, HttpContext.RequestAborted);
    }

    internal static string[] Split(string? words) =>
        (words ?? "").Split(['、', '，', ',', ';', '；'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
