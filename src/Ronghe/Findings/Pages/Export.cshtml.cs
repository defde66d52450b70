using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Net.Http.Headers;
using Ronghe.Findings.Ledgers;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Findings.Pages;

/// <summary>The filtered list as a workbook with the columns of the plant's ledger, streamed row by row.</summary>
[Requires(FindingPermissions.Export)]
public sealed class ExportModel(FindingLedger ledger, Me me, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "")]
    public FindingListQuery Ask { get; set; } = new();

    public async Task<IActionResult> OnGetAsync()
    {
        var (today, cancel) = (clock.Today(), HttpContext.RequestAborted);
        var rows = ledger.ExportAsync(Ask.ToFilter(), cancel);
        Response.ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = $"隐患台账-{today:yyyy-MM-dd}.xlsx" }.ToString();
        await using var writer = new SheetWriter(Response.Body);
        writer.Sheet(LedgerSheet.Name, LedgerSheet.Columns, LedgerSheet.Title, $"导出：{me.Name}        截至日期：{today:yyyy年M月d日}");
        await writer.WriteAsync(rows, (row, finding) => LedgerSheet.Write(row, finding, finding.Unit, today), cancel);
        return new EmptyResult();
    }
}
