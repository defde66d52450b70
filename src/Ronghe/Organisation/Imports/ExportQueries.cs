using System.Data;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Organisation.Imports;

/// <summary>Whole lists as workbooks, for the operator at the server's console.</summary>
public sealed class ExportQueries(AppDb db, Me me, IEnumerable<IExporter> exporters)
{
    /// <summary>Everything is read in one transaction, so that rows that refer to each other agree. Memory does not grow with the rows.</summary>
    /// <returns>How many rows were written.</returns>
    public async Task<int> WriteAsync(string kind, Stream output, IProgress<double> progress, CancellationToken cancel = default)
    {
        if (!me.IsSystem) throw new Forbidden("整份导出只能在服务器上用命令行办理。");
        var exporter = exporters.FirstOrDefault(known => known.Kind == kind) ?? throw new Refusal($"没有“{kind}”这种导出。");
        var count = new ExportCount(progress);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var company = await CompanyAsync(cancel);
        await using var sheets = new SheetWriter(output);
        await exporter.WriteAsync(sheets, company, count, cancel);
        return count.Rows;
    }

    async Task<Guid> CompanyAsync(CancellationToken cancel) =>
        await db.Units.Where(unit => unit.ParentId == null).OrderBy(unit => unit.Code).Select(unit => unit.Id).Take(2).ToListAsync(cancel) switch
        {
            [var only] => only,
            [] => throw new Refusal("还没有组织机构，没有可以导出的数据。请先导入组织机构（ronghe import org 文件）。"),
            _ => throw new Refusal("平台里有几个公司，命令行分不清要导出哪一个，没有导出任何数据。请登录后在各自的列表里导出。"),
        };
}
