using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Imports.Pages;

[Requires(ImportPermissions.View)]
public sealed class ImportsModel(ImportQueries imports) : RonghePage
{
    [BindProperty(SupportsGet = true)] public Guid? After { get; set; }

    public Paged<ImportRow> Runs { get; private set; } = new([]);
    public IReadOnlyList<IImporter> Allowed { get; private set; } = [];

    public override async Task<IActionResult> ShowAsync()
    {
        Runs = await imports.ListAsync(After, HttpContext.RequestAborted);
        Allowed = [.. imports.Allowed];
        return Page();
    }

    public string TitleOf(string kind) => imports.TitleOf(kind);

    public static (string, string) Badge(ImportRow run) => (run.State switch
    {
        ImportState.Imported => "good", ImportState.Undone => "neutral", _ when run.Counts.Errors > 0 => "bad", _ => "waiting",
    }, run.State.Title());
}
