namespace Ronghe.Platform.Spreadsheets;

/// <summary>Writes a workbook's values as a fresh .xlsx, for files (.xls, .csv) that cannot be marked as they are.</summary>
static class PlainCopy
{
    public static void Write(Workbook workbook, Stream output)
    {
        using var file = new XlsxFile(output);
        foreach (var sheet in workbook.Sheets)
        {
            if (sheet.Name == ErrorListSheet.Name) continue;
            var part = file.AddSheet(sheet.Name, new SheetFrame { Columns = Widths(sheet) }, sheet.Hidden);
            part.Merges.AddRange(sheet.Merges);
            foreach (var row in sheet.Rows)
            {
                part.Row(row.Number);
                for (var column = 0; column < row.Width; column++) Write(part, file.Styles, column, row[column]);
            }
        }
    }

    static void Write(SheetPart part, CellStyles styles, int column, in Cell cell)
    {
        switch (cell.Kind)
        {
            case CellKind.Text: part.Text(column, cell.ToString(), FormulaGuard.Looks(cell.ToString()) ? (int)CellStyle.Guarded : styles.Of("@")); break;
            case CellKind.Number or CellKind.Date: part.Number(column, cell.Number, styles.Of(cell.Format)); break;
            case CellKind.Boolean: part.Boolean(column, cell.Number != 0, 0); break;
            case CellKind.Error: part.Error(column, cell.ToString(), 0); break;
        }
    }

    static List<(double, int)> Widths(Sheet sheet)
    {
        var widths = new List<(double, int)>();
        foreach (var width in sheet.Widths)
            for (var column = width.First; column <= Math.Min(width.Last, 255); column++)
            {
                while (widths.Count <= column) widths.Add((8.43, 0));
                widths[column] = (width.Width, 0);
            }
        return widths;
    }
}
