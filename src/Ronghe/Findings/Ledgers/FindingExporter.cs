using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Imports;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Findings.Ledgers;

/// <summary>The full ledger of a company, findings in every state.</summary>
public sealed class FindingExporter(AppDb db, FindingLedger ledger, TimeProvider clock) : IExporter
{
    public string Kind => "findings";

    public async Task WriteAsync(SheetWriter sheets, Guid companyId, ExportCount count, CancellationToken cancel)
    {
        var units = new UnitNames(await db.Units.AsNoTracking().Where(unit => unit.CompanyId == companyId).ToListAsync(cancel));
        count.Expect(await db.Findings.CountAsync(finding => finding.CompanyId == companyId, cancel));
        var today = clock.Today();
        sheets.Sheet(LedgerSheet.Name, LedgerSheet.Columns, LedgerSheet.Title, $"截至日期：{today:yyyy年M月d日}");
        await sheets.WriteAsync(ledger.OfCompanyAsync(companyId), (row, finding) =>
        {
            LedgerSheet.Write(row, finding, units.Label(finding.UnitId), today);
            count.Next();
        }, cancel);
    }
}
