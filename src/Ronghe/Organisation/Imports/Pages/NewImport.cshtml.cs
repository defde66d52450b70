using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform;
using Ronghe.Platform.Security;
using Ronghe.Platform.Spreadsheets;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Imports.Pages;

[Requires(ImportPermissions.View), RequestSizeLimit(MaxBytes), RequestFormLimits(MultipartBodyLengthLimit = MaxBytes)]
public sealed class NewImportModel(ImportQueries imports, ImportActions actions) : RonghePage
{
    /// <summary>A file at its limit, and the fields beside it.</summary>
    public const long MaxBytes = 21 << 20;

    [BindProperty(SupportsGet = true)] public string Kind { get; set; } = "people";
    [BindProperty] public Guid Id { get; set; } = Guid.CreateVersion7();
    [BindProperty(Name = "file")] public IFormFile? Upload { get; set; }

    public string Title { get; private set; } = "";
    public IReadOnlyList<SheetSpec> Sheets { get; private set; } = [];

    public override Task<IActionResult> ShowAsync()
    {
        var importer = imports.Allowed.FirstOrDefault(i => i.Kind == Kind) ?? throw new Forbidden("您没有这一类的导入权限。需要的话，请联系本单位安全保密管理员。");
        (Title, Sheets) = (importer.Title, importer.Sheets);
        return Task.FromResult<IActionResult>(Page());
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (Upload is null)
        {
            // An empty file field is not sent at all; the message belongs beside it all the same.
            ModelState.SetModelValue("file", null, "");
            throw new Refusal("请选择要导入的文件。", "file");
        }
        await using var content = Upload.OpenReadStream();
        try
        {
            await actions.StartAsync(Id, Kind, Upload.FileName, content, cancel);
        }
        catch (AlreadyUploaded)
        {
            // Back to the form and another file: another upload.
            await actions.StartAsync(Id = Guid.CreateVersion7(), Kind, Upload.FileName, content, cancel);
        }
        return Redirect($"/imports/{Id}");
    }

    public IActionResult OnGetTemplate()
    {
        var (name, content) = imports.Template(Kind);
        return File(content, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name);
    }
}
