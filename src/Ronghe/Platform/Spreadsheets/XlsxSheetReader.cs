using System.Buffers.Text;
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
            if (xml.Depth == 1 && xml.Is("sheetData"u8)) ReadRows();
            else if (xml.Depth == 2 && xml.Is("col"u8)) AddWidth();
            else if (xml.Depth == 2 && xml.Is("mergeCell"u8)) AddMerge();
            else if (xml.Is("extLst"u8)) xml.Skip();
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
            if (!xml.IsStart || !xml.Is("row"u8)) continue;
            number = xml.Number("r", number + 1);
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
            if (xml.IsStart && xml.Is("c"u8)) ReadCell(ref column);
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
            if (xml.AttributeName.Length != 1) continue;
            switch (xml.AttributeName[0])
            {
                case (byte)'r': column = Column(xml.RawValue, column); break;
                case (byte)'s': _ = Utf8Parser.TryParse(xml.RawValue, out style, out _); break;
                case (byte)'t': kind = Kind(xml.RawValue); break;
            }
        }
        if (!xml.IsLeaf) Put(column, ReadContent(kind, style));
    }

    static int Column(ReadOnlySpan<byte> address, int otherwise)
    {
        var column = 0;
        foreach (var letter in address)
        {
            if (letter is < (byte)'A' or > (byte)'Z') break;
            column = column * 26 + (letter - 'A' + 1);
            if (column > CellAddress.LastColumn + 1) return CellAddress.LastColumn + 1;
        }
        return column > 0 ? column - 1 : otherwise;
    }

    /// <summary>s shared, i inline, f formula text, b boolean, e error, d date, blank number.</summary>
    static char Kind(ReadOnlySpan<byte> type) => type switch
    {
        [(byte)'s', (byte)'t', (byte)'r'] => 'f',
        [(byte)'s' or (byte)'b' or (byte)'e' or (byte)'d'] => (char)type[0],
        [(byte)'i', ..] => 'i',
        _ => ' ',
    };

    /// <summary>Numbers and references to shared strings, nearly all cells, are read from the bytes as they lie.</summary>
    Cell ReadContent(char kind, int style)
    {
        text.Clear();
        var cell = default(Cell);
        var formula = false;
        var depth = xml.Depth;
        while (xml.Read() && !(xml.IsEnd && xml.Depth == depth))
        {
            if (!xml.IsStart) continue;
            if (xml.Is("v"u8)) cell = ReadValue(kind, style, formula);
            else if (xml.Is("is"u8)) xml.ItemText(text);
            else
            {
                formula |= xml.Is("f"u8);
                xml.Skip();
            }
        }
        return text.Span.IsEmpty ? cell : Value(kind, style, formula);
    }

    Cell ReadValue(char kind, int style, bool formula)
    {
        if (kind is ' ' or 's' && xml.TryPlainText(out var bytes))
        {
            if (kind == 's' && Utf8Parser.TryParse(bytes, out int index, out var read) && read == bytes.Length) return Shared(index, formula);
            if (kind == ' ' && double.TryParse(bytes, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return NumberOrDate(number, style, formula);
            XmlText.Add(bytes, text);
        }
        else xml.Text(text);
        return default;
    }

    Cell Value(char kind, int style, bool formula)
    {
        switch (kind)
        {
            case 's': return int.TryParse(text.Span, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? Shared(index, formula) : throw SheetRefusals.Broken("文字表不完整");
            case 'i' or 'f': return Cell.Text(text.Take(), formula);
            case 'b': return Cell.Boolean(text.Span is "1" or "true", formula);
            case 'e': return Cell.Error(text.Take());
            case 'd' when DateTime.TryParse(text.Span, CultureInfo.InvariantCulture, out var at): return Cell.Date(DateSerial.Of(at), "yyyy-mm-dd", formula);
            case ' ' when double.TryParse(text.Span, NumberStyles.Float, CultureInfo.InvariantCulture, out var number): return NumberOrDate(number, style, formula);
            default: return Cell.Text(text.Take(), formula);
        }
    }

    Cell Shared(int index, bool formula) =>
        (uint)index < (uint)strings.Count ? Cell.Text(strings[index], formula) : throw SheetRefusals.Broken("文字表不完整");

    Cell NumberOrDate(double number, int style, bool formula)
    {
        if (!double.IsFinite(number)) return default;
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
        var (first, last) = (xml.Number("min", 0), xml.Number("max", 0));
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
