using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace Ronghe.Platform.Spreadsheets;

/// <summary>Reads the binary .xls of Excel 97–2003 through ExcelDataReader, with error results added from the raw records.</summary>
sealed class XlsReader(SheetLimits limits, CancellationToken cancel)
{
    /// <summary>Rows of the old format; a larger dimension is a lie.</summary>
    const int MostRows = 65_536;

    readonly SheetBudget budget = new(limits);

    public Workbook Read(byte[] file, string fileName)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var container = new CompoundFile(file);
        if (container.Has("EncryptedPackage")) throw SheetRefusals.Encrypted();
        var stream = container.Stream("Workbook") ?? container.Stream("Book") ?? throw NotASpreadsheet(container);
        var records = new BiffRecords(stream);
        try
        {
            using var reader = ExcelReaderFactory.CreateBinaryReader(new MemoryStream(stream), new ExcelReaderConfiguration
            {
                FallbackEncoding = Encoding.GetEncoding(936),
            });
            return new Workbook(fileName, ReadSheets(reader, records), records.Date1904);
        }
        catch (InvalidPasswordException)
        {
            throw SheetRefusals.Encrypted();
        }
    }

    static Refusal NotASpreadsheet(CompoundFile container) => container.Has("WordDocument")
        ? SheetRefusals.Mismatch(".xls", " Word 文档", "请选择 Excel 表格文件")
        : SheetRefusals.Broken("里面没有工作簿");

    List<Sheet> ReadSheets(IExcelDataReader reader, BiffRecords records)
    {
        var sheets = new List<Sheet>();
        do
        {
            if (sheets.Count == limits.Sheets) throw SheetRefusals.TooMany("工作表数", limits.Sheets);
            if (reader.RowCount > MostRows) throw SheetRefusals.Broken("行号超出范围");
            if (reader.FieldCount > 0) budget.CheckColumn(reader.FieldCount - 1);
            sheets.Add(ReadSheet(reader, records.Errors(sheets.Count)));
        }
        while (reader.NextResult());
        return sheets;
    }

    Sheet ReadSheet(IExcelDataReader reader, Dictionary<(int Row, int Column), string> errors)
    {
        var rows = new List<SheetRow>();
        var cells = new Cell[reader.FieldCount];
        for (var number = 1; reader.Read(); number++)
        {
            var filled = 0;
            for (var column = 0; column < cells.Length; column++)
            {
                var cell = errors.TryGetValue((number, column), out var error) ? Cell.Error(error) : Read(reader, column);
                if (!cell.IsBlank) filled = column + 1;
                cells[column] = cell;
            }
            if (filled == 0) continue;
            budget.AddRow(filled);
            rows.Add(new SheetRow(number, cells.AsSpan(0, filled).ToArray()));
            if (number % 1024 == 0) cancel.ThrowIfCancellationRequested();
        }
        return new Sheet(reader.Name, rows)
        {
            Merges = Merges(reader),
            Widths = Widths(reader),
            Hidden = reader.VisibleState is "hidden" or "veryhidden",
        };
    }

    Cell Read(IExcelDataReader reader, int column)
    {
        switch (reader.GetValue(column))
        {
            case string text:
                budget.AddText(text.Length);
                return Cell.Text(text.Length <= limits.CellCharacters ? text : throw SheetRefusals.CellTooLong(limits.CellCharacters));
            case double number: return Numeric(number, reader.GetNumberFormatIndex(column), reader.GetNumberFormatString(column));
            case int number: return Numeric(number, reader.GetNumberFormatIndex(column), reader.GetNumberFormatString(column));
            case DateTime at: return Cell.Date(DateSerial.Of(at), reader.GetNumberFormatString(column) ?? "yyyy/m/d");
            case TimeSpan span: return Cell.OfNumber(span.TotalDays, reader.GetNumberFormatString(column));
            case bool truth: return Cell.Boolean(truth);
            default: return default;
        }
    }

    /// <summary>ExcelDataReader does not know the Chinese built-in date formats (27–36, 50–58).</summary>
    static Cell Numeric(double number, int formatId, string? format)
    {
        format ??= NumberFormat.BuiltIn(formatId);
        return NumberFormat.IsDate(format) ? Cell.Date(number, format) : Cell.OfNumber(number, format);
    }

    List<CellRange> Merges(IExcelDataReader reader)
    {
        var merges = new List<CellRange>();
        foreach (var merge in reader.MergeCells ?? [])
        {
            var inOrder = merge.FromColumn >= 0 && merge.FromRow >= 0 && merge.ToColumn >= merge.FromColumn && merge.ToRow >= merge.FromRow;
            if (inOrder && merge.ToColumn <= CellAddress.LastColumn && merges.Count < limits.Merges)
                merges.Add(new CellRange(merge.FromColumn, merge.FromRow + 1, merge.ToColumn, merge.ToRow + 1));
        }
        return merges;
    }

    static List<SheetColumnWidth> Widths(IExcelDataReader reader)
    {
        var widths = new List<SheetColumnWidth>(reader.FieldCount);
        for (var column = 0; column < reader.FieldCount; column++)
        {
            var width = reader.GetColumnWidth(column);
            widths.Add(new SheetColumnWidth(column, column, width > 0 ? width : 8.43, width == 0));
        }
        return widths;
    }
}
