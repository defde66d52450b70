namespace Ronghe.Platform.Spreadsheets;

/// <summary>Writes the cells of one row after the other, styled by their columns: <c>row.Text(code).Date(found).Number(sum)</c>.</summary>
public sealed class RowWriter
{
    readonly XlsxFile file;
    readonly int rowsPerSheet;
    readonly string name;
    readonly IReadOnlyList<SheetColumn> columns;
    readonly string? title;
    readonly string? note;
    SheetPart part = null!;
    int headerRow;
    int row;
    int column;

    internal RowWriter(XlsxFile file, int rowsPerSheet, string name, IReadOnlyList<SheetColumn> columns, string? title, string? note)
    {
        (this.file, this.rowsPerSheet, this.name, this.columns, this.title, this.note) = (file, rowsPerSheet, name, columns, title, note);
        Start();
    }

    public RowWriter Text(string? text)
    {
        var kind = Kind;
        if (string.IsNullOrEmpty(text)) return Skip();
        var style = FormulaGuard.Looks(text) ? (kind == SheetColumnKind.LongText ? CellStyle.GuardedLong : CellStyle.Guarded)
            : kind switch { SheetColumnKind.LongText => CellStyle.LongText, SheetColumnKind.Code => CellStyle.Code, _ => CellStyle.Text };
        if (kind == SheetColumnKind.LongText) part.Text(column, text, (int)style, columns[column].Wide);
        else part.Text(column, text, (int)style);
        column++;
        return this;
    }

    public RowWriter Date(DateOnly? date)
    {
        if (date is not { } day) return Skip();
        part.Number(column, DateSerial.Of(day), (int)(Kind == SheetColumnKind.Month ? CellStyle.Month : CellStyle.Date));
        column++;
        return this;
    }

    /// <summary>A date as finely as it is known: a month is shown as a month.</summary>
    public RowWriter Date(PreciseDate? date)
    {
        if (date is not { } known) return Skip();
        part.Number(column++, DateSerial.Of(known.Value), (int)(known.Precision == DatePrecision.Day ? CellStyle.Date : CellStyle.Month));
        return this;
    }

    /// <summary>Wall-clock time of the plant.</summary>
    public RowWriter Time(DateTime? at)
    {
        if (at is not { } time) return Skip();
        part.Number(column++, DateSerial.Of(time), (int)CellStyle.Time);
        return this;
    }

    public RowWriter Number(decimal? number)
    {
        if (number is not { } value) return Skip();
        part.Number(column, value, (int)(Kind switch
        {
            SheetColumnKind.Whole => CellStyle.Whole,
            SheetColumnKind.Percent => CellStyle.Percent,
            SheetColumnKind.Number => CellStyle.Number,
            _ => CellStyle.Text,
        }));
        column++;
        return this;
    }

    /// <summary>An empty cell.</summary>
    public RowWriter Skip()
    {
        part.Empty(column, (int)(Kind == SheetColumnKind.Code ? CellStyle.Code : CellStyle.Text));
        column++;
        return this;
    }

    SheetColumnKind Kind => column < columns.Count ? columns[column].Kind
        : throw new InvalidOperationException($"Row {row} has more cells than the sheet has columns.");

    internal void Next()
    {
        if (row == rowsPerSheet)
        {
            Finish();
            Start();
        }
        part.Row(++row);
        column = 0;
    }

    internal void Finish()
    {
        var filter = new CellRange(0, headerRow, columns.Count - 1, Math.Max(row, headerRow));
        part.Filter = filter;
        file.RepeatRows(headerRow, headerRow);
        file.HideFilter(filter);
        file.CloseSheet();
    }

    void Start()
    {
        headerRow = 1 + (title is null ? 0 : 1) + (note is null ? 0 : 1);
        row = 0;
        part = file.AddSheet(name, new SheetFrame
        {
            Columns = [.. columns.Select(column => (column.Wide, 0))],
            FrozenRows = headerRow,
            Landscape = columns.Sum(column => column.Wide) > 90,
        });
        if (title is not null) Banner(title, CellStyle.Title, 30);
        if (note is not null) Banner(note, CellStyle.Note, 18);
        part.Row(++row, 24);
        for (var i = 0; i < columns.Count; i++) part.Text(i, columns[i].Title, (int)CellStyle.Header);
    }

    void Banner(string text, CellStyle style, double height)
    {
        part.Row(++row, height);
        part.Text(0, text, (int)style);
        if (columns.Count > 1) part.Merges.Add(new CellRange(0, row, columns.Count - 1, row));
    }
}

/// <summary>Text that a spreadsheet program would take for a formula when the cell is edited, full-width signs included.</summary>
static class FormulaGuard
{
    public static bool Looks(string text)
    {
        foreach (var c in text)
        {
            if (c is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠') return true;
            if (!CellText.IsSpace(c)) return false;
        }
        return false;
    }
}
