using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Safety.Checklists.Pages;

[Requires(ChecklistPermissions.View)]
public sealed class ListModel(ChecklistBook book, Me me) : RonghePage
{
    [FromQuery(Name = "add")] public bool Add { get; set; }

    public IReadOnlyList<ChecklistRow> Lists { get; private set; } = [];
    public bool MayManage { get; } = me.May(ChecklistPermissions.Manage);
    public string CitationOf(string source) => book.CitationOf(source);

    public override async Task<IActionResult> ShowAsync()
    {
        Lists = await book.AllAsync(HttpContext.RequestAborted);
        return Page();
    }

    public async Task<IActionResult> OnPostCreateAsync(string? name, string? scope, string? first, CancellationToken cancel)
    {
        var code = await book.CreateAsync(new(name ?? "", scope ?? "", "", "", [new("01", first?.Trim() ?? "", ChecklistItemKind.YesNo)]), cancel);
        return RedirectWithMessage("检查表已建立，可以继续添加检查项。", $"/checklists/{code}");
    }
}
