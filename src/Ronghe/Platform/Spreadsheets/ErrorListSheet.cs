namespace Ronghe.Platform.Spreadsheets;

/// <summary>The sheet that lists what is wrong, added to a file that goes back to its sender.</summary>
static class ErrorListSheet
{
    public const string Name = "错误清单";

    static readonly (string Title, double Width)[] Columns =
        [("工作表", 16), ("单元格", 10), ("填写的内容", 28), ("问题类别", 20), ("问题与改法", 70)];

    /// <summary>Styles are given, because the sheet joins another workbook's style list.</summary>
    public static void Write(Stream part, Workbook workbook, IReadOnlyList<SheetError> errors, (int Header, int Text, int Link) style, string? note)
    {
        using var sheet = new SheetPart(part, new SheetFrame { Columns = [.. Columns.Select(column => (column.Width, 0))], FrozenRows = note is null ? 1 : 2, Landscape = true });
        var row = 0;
        if (note is not null)
        {
            sheet.Row(++row);
            sheet.Text(0, note, style.Text);
            sheet.Merges.Add(new CellRange(0, row, Columns.Length - 1, row));
        }
        sheet.Row(++row);
        for (var i = 0; i < Columns.Length; i++) sheet.Text(i, Columns[i].Title, style.Header);
        var header = row;
        foreach (var error in errors.Take(CellAddress.LastRow - row)) Write(sheet, ++row, workbook, error, style);
        sheet.Filter = new CellRange(0, header, Columns.Length - 1, row);
    }

    /// <summary>The list of an earlier check that came back with the file; empty when there is none.</summary>
    public static List<SheetError> Read(Workbook workbook)
    {
        var errors = new List<SheetError>();
        foreach (var row in workbook.Named(Name)?.Rows ?? [])
            errors.Add(new SheetError(row[0].ToString(), row[1].ToString(), row[3].ToString(), row[4].ToString()));
        return errors;
    }

    static void Write(SheetPart sheet, int row, Workbook workbook, SheetError error, (int Header, int Text, int Link) style)
    {
        var from = workbook.Named(error.Sheet);
        sheet.Row(row);
        sheet.Text(0, error.Sheet, style.Text);
        sheet.Text(1, error.Cell, from is null ? style.Text : style.Link);
        sheet.Text(2, from?[error.Cell].ToString() ?? "", style.Text, Columns[2].Width);
        sheet.Text(3, error.Kind, style.Text);
        sheet.Text(4, error.Message, style.Text, Columns[4].Width);
        if (from is not null && error.Cell.Length > 0 && sheet.Links.Count < 50_000)
            sheet.Links.Add(($"B{row}", $"{SheetNames.Quoted(error.Sheet)}!{error.Cell}"));
    }
}
