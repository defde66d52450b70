using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Net.Http.Headers;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Findings.Pages;

/// <summary>The filtered list as a workbook with the columns of the plant's ledger, streamed row by row.</summary>
[Requires(FindingPermissions.Export)]
public sealed class ExportModel(FindingLedger ledger, Me me, TimeProvider clock) : PageModel
{
    static readonly SheetColumn[] Columns =
    [
        new("编号", SheetColumnKind.Code) { Width = 15 }, new("排查日期", SheetColumnKind.Date), new("排查类型"), new("隐患地点"), new("设备") { Width = 20 },
        new("隐患描述", SheetColumnKind.LongText), new("隐患类别"), new("等级") { Width = 8 }, new("发现人") { Width = 20 }, new("责任部门"), new("整改责任人") { Width = 12 },
        new("整改措施", SheetColumnKind.LongText), new("整改期限", SheetColumnKind.Date), new("完成日期", SheetColumnKind.Date), new("复查人") { Width = 12 },
        new("复查日期", SheetColumnKind.Date), new("状态") { Width = 12 }, new("备注") { Width = 24 },
    ];

    [BindProperty(SupportsGet = true, Name = "")]
    public FindingListQuery Ask { get; set; } = new();

    public async Task<IActionResult> OnGetAsync()
    {
        var (today, cancel) = (clock.Today(), HttpContext.RequestAborted);
        var rows = ledger.ExportAsync(Ask.ToFilter(), cancel);
        Response.ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = $"隐患台账-{today:yyyy-MM-dd}.xlsx" }.ToString();
        await using var writer = new SheetWriter(Response.Body);
        writer.Sheet("隐患台账", Columns, "隐患排查治理台账", $"导出：{me.Name}        截至日期：{today:yyyy年M月d日}");
        await writer.WriteAsync(rows, (row, finding) => Write(row, finding, today), cancel);
        return new EmptyResult();
    }

    static void Write(RowWriter row, LedgerRow f, DateOnly today)
    {
        var (area, equipment) = f.Place;
        row.Text(f.Number).Date(f.FoundAt.PlantDate()).Text(f.Source.Title()).Text(area).Text(equipment).Text(f.Description).Text(f.Category).Text(f.Grade?.Title())
            .Text(f.Finders).Text(f.Unit).Text(f.Rectifier).Text(f.Measure).Date(f.DueOn).Date(f.RectifiedAt?.PlantDate()).Text(f.Checker)
            .Date(f.VerifiedAt?.PlantDate()).Text(f.StatusOn(today)).Text(f.Remarks);
    }
}
