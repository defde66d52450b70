using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Organisation.Imports;

/// <summary>Writes the lists of one company in the layout that the <see cref="IImporter"/> of the same kind reads back unchanged in meaning.</summary>
public interface IExporter
{
    /// <summary>The same key as the importer's.</summary>
    string Kind { get; }

    Task WriteAsync(SheetWriter sheets, Guid companyId, ExportCount count, CancellationToken cancel);
}

/// <summary>Counts the rows on their way out and tells how far it is.</summary>
public sealed class ExportCount(IProgress<double> progress)
{
    const int Often = 256;

    int _expected;

    public int Rows { get; private set; }

    public void Expect(int rows) => _expected += rows;

    public void Next()
    {
        if (++Rows % Often == 0 && _expected > 0) progress.Report(Math.Min(1, (double)Rows / _expected));
    }
}

static class ExportColumns
{
    /// <summary>The columns that an import looks for are those that an export writes.</summary>
    public static IReadOnlyList<SheetColumn> ForExport(this SheetSpec list) => [.. list.Columns.Select(column => new SheetColumn(column.Title, column.Kind switch
    {
        ColumnKind.Code or ColumnKind.Phone => SheetColumnKind.Code,
        ColumnKind.Date => SheetColumnKind.Date,
        ColumnKind.Month => SheetColumnKind.Month,
        _ => SheetColumnKind.Text,
    }) { Width = column.Width })];
}
