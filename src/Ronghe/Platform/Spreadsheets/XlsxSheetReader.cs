using System.Globalization;

namespace Ronghe.Platform.Spreadsheets;

/// <summary>One worksheet part, forward only; empty cells and rows leave nothing behind.</summary>
sealed class XlsxSheetReader(
    GuardedXml xml, List<string> strings, XlsxFormat[] formats, bool date1904, SheetBudget budget, CellTextBuffer text, CancellationToken cancel)
{
    readonly List<SheetRow> rows = [];
    readonly List<CellRange> merges = [];
    readonly List<SheetColumnWidth> widths = [];
    Cell[] cells = new Cell[64];
    int filled;

    public Sheet Read(string name, bool hidden)
    {
        while (xml.Read())
        {
            if (!xml.IsStart) continue;
            if (xml.Depth > 0 && xml.Name == "sheetData") ReadRows();
            else if (xml.Name == "col" && xml.Depth == 2) AddWidth();
            else if (xml.Name == "mergeCell" && xml.Depth == 2) AddMerge();
            else if (xml.Name == "extLst") xml.Skip();
        }
        return new Sheet(name, InOrder()) { Merges = merges, Widths = widths, Hidden = hidden };
    }

    void ReadRows()
    {
        if (xml.IsLeaf) return;
        var depth = xml.Depth;
        var number = 0;
        while (xml.Read() && !(xml.IsEnd && xml.Depth == depth))
        {
            if (!xml.IsStart || xml.Name != "row") continue;
            number = int.TryParse(xml["r"], NumberStyles.None, CultureInfo.InvariantCulture, out var said) ? said : number + 1;
            if (number is < 1 or > CellAddress.LastRow) throw SheetRefusals.Broken("行号超出范围");
            ReadRow(number);
        }
    }

    void ReadRow(int number)
    {
        if (xml.IsLeaf) return;
        filled = 0;
        var depth = xml.Depth;
        var column = -1;
        while (xml.Read() && !(xml.IsEnd && xml.Depth == depth))
            if (xml.IsStart && xml.Name == "c") ReadCell(ref column);
        if (filled == 0) return;
        budget.AddRow(filled);
        rows.Add(new SheetRow(number, cells.AsSpan(0, filled).ToArray()));
        cells.AsSpan(0, filled).Clear();
        if (rows.Count % 1024 == 0) cancel.ThrowIfCancellationRequested();
    }

    void ReadCell(ref int column)
    {
        column++;
        var kind = ' ';
        var style = 0;
        while (xml.NextAttribute())
        {
            switch (xml.Name)
            {
                case "r" when CellAddress.TryParse(xml.Value, out var said, out _): column = said; break;
                case "s": _ = int.TryParse(xml.Value, NumberStyles.None, CultureInfo.InvariantCulture, out style); break;
                case "t": kind = Kind(xml.Value); break;
            }
        }
        xml.BackToElement();
        if (xml.IsLeaf) return;
        var formula = ReadContent();
        if (text.Span.IsEmpty) return;
        Put(column, Value(kind, style, formula));
    }

    /// <summary>s shared, i inline, f formula text, b boolean, e error, d date, blank number.</summary>
    static char Kind(string type) => type switch { "str" => 'f', "s" or "inlineStr" or "b" or "e" or "d" => type[0], _ => ' ' };

    /// <summary>Leaves the value's text in the buffer; true when the cell has a formula.</summary>
    bool ReadContent()
    {
        text.Clear();
        var formula = false;
        var depth = xml.Depth;
        while (xml.Read() && !(xml.IsEnd && xml.Depth == depth))
        {
            if (!xml.IsStart) continue;
            if (xml.Name is "v" or "is") xml.Text(text);
            else if (xml.Name == "f")
            {
                formula = true;
                xml.Skip();
            }
            else xml.Skip();
        }
        return formula;
    }

    Cell Value(char kind, int style, bool formula)
    {
        switch (kind)
        {
            case 's':
                var index = Index();
                return index >= 0 ? Cell.Text(strings[index], formula) : default;
            case 'i' or 'f': return Cell.Text(text.Take(), formula);
            case 'b': return Cell.Boolean(text.Span is "1" or "true", formula);
            case 'e': return Cell.Error(text.Take());
            case 'd': return DateTime.TryParse(text.Span, CultureInfo.InvariantCulture, out var at)
                ? Cell.Date(DateSerial.Of(at), "yyyy-mm-dd", formula) : Cell.Text(text.Take(), formula);
            default: return NumberOrDate(style, formula);
        }
    }

    int Index() => int.TryParse(text.Span, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < strings.Count
        ? at : throw SheetRefusals.Broken("文字表不完整");

    Cell NumberOrDate(int style, bool formula)
    {
        if (!double.TryParse(text.Span, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            return Cell.Text(text.Take(), formula);
        var format = (uint)style < (uint)formats.Length ? formats[style] : default;
        return format.IsDate
            ? Cell.Date(date1904 ? number + DateSerial.Offset1904 : number, format.Code, formula)
            : Cell.OfNumber(number, format.Code, formula);
    }

    void Put(int column, Cell cell)
    {
        if (cell.IsBlank) return;
        budget.CheckColumn(column);
        if (cell.Kind == CellKind.Text) budget.AddText(cell.Length);
        if (column >= cells.Length) Array.Resize(ref cells, Math.Max(cells.Length * 2, column + 1));
        cells[column] = cell;
        filled = Math.Max(filled, column + 1);
    }

    void AddMerge()
    {
        if (!CellAddress.TryParseRange(xml["ref"], out var range)) return;
        merges.Add(range);
        if (merges.Count > budget.Limits.Merges) throw SheetRefusals.TooMany("合并单元格数", budget.Limits.Merges);
    }

    void AddWidth()
    {
        if (!int.TryParse(xml["min"], out var first) || !int.TryParse(xml["max"], out var last)) return;
        _ = double.TryParse(xml["width"], NumberStyles.Float, CultureInfo.InvariantCulture, out var width);
        if (first < 1 || last < first || last > CellAddress.LastColumn + 1 || widths.Count > CellAddress.LastColumn) return;
        widths.Add(new SheetColumnWidth(first - 1, last - 1, width, xml["hidden"] is "1" or "true"));
    }

    /// <summary>Writers put rows in order; a file that does not is put right here.</summary>
    List<SheetRow> InOrder()
    {
        var sorted = true;
        for (var i = 1; i < rows.Count && sorted; i++) sorted = rows[i].Number > rows[i - 1].Number;
        if (sorted) return rows;
        rows.Sort((a, b) => a.Number.CompareTo(b.Number));
        for (var i = 1; i < rows.Count; i++)
            if (rows[i].Number == rows[i - 1].Number) throw SheetRefusals.Broken($"第 {rows[i].Number} 行重复");
        return rows;
    }
}
