using System.Globalization;

namespace Ronghe.Platform.Spreadsheets;

/// <summary>What stands around the cells of a sheet; fixed before the first row is written.</summary>
sealed record SheetFrame
{
    /// <summary>Width in characters and, for columns that users fill in, the style of empty cells.</summary>
    public IReadOnlyList<(double Width, int Style)> Columns { get; init; } = [];
    public int FrozenRows { get; init; }
    public bool Landscape { get; init; }
}

/// <summary>A drop-down list: cells of one column take one of the words of a formula.</summary>
readonly record struct ChoiceList(CellRange Cells, string Formula, string Title);

/// <summary>Writes one worksheet part row by row. Text goes in as inline strings, so that nothing has to be kept in memory.</summary>
sealed class SheetPart : IDisposable
{
    const int LongestText = 32_767;

    const int LineHeight = 15;

    /// <summary>Excel's rows end at 409 points.</summary>
    const int MostLines = 27;
    const int HeightAt = 6;

    static ReadOnlySpan<byte> HeightSlot => "\" ht=\"015\">"u8;

    readonly XmlBytes xml;
    readonly byte[] rowDigits = new byte[12];
    int rowLength;
    bool inRow;
    int lines;
    (int, int) heightMark;

    public SheetPart(Stream output, SheetFrame frame)
    {
        xml = new XmlBytes(output);
        xml.Raw("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">"""u8);
        xml.Raw("""<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0">"""u8);
        if (frame.FrozenRows > 0) xml.Raw($"""<pane ySplit="{frame.FrozenRows}" topLeftCell="A{frame.FrozenRows + 1}" activePane="bottomLeft" state="frozen"/>""");
        xml.Raw("""</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>"""u8);
        WriteColumns(frame.Columns);
        xml.Raw("<sheetData>"u8);
        Landscape = frame.Landscape;
    }

    public int LastRow { get; private set; }
    public List<CellRange> Merges { get; } = [];
    public List<ChoiceList> Choices { get; } = [];
    public List<(string Address, string Location)> Links { get; } = [];
    public CellRange? Filter { get; set; }
    bool Landscape { get; }

    void WriteColumns(IReadOnlyList<(double Width, int Style)> columns)
    {
        if (columns.Count == 0) return;
        xml.Raw("<cols>"u8);
        for (var i = 0; i < columns.Count; i++)
        {
            xml.Raw(string.Create(CultureInfo.InvariantCulture, $"<col min=\"{i + 1}\" max=\"{i + 1}\" width=\"{columns[i].Width:0.##}\" customWidth=\"1\""));
            if (columns[i].Style > 0) xml.Raw($" style=\"{columns[i].Style}\"");
            xml.Raw("/>"u8);
        }
        xml.Raw("</cols>"u8);
    }

    public void Row(int number, double height = 0)
    {
        EndRow();
        inRow = true;
        LastRow = number;
        number.TryFormat(rowDigits, out rowLength);
        lines = 1;
        xml.Raw("<row r=\""u8).Raw(rowDigits.AsSpan(0, rowLength));
        if (height > 0) xml.Raw(string.Create(CultureInfo.InvariantCulture, $"\" ht=\"{height:0.##}\" customHeight=\"1\">"));
        else
        {
            heightMark = xml.Mark();
            xml.Raw(HeightSlot);
        }
    }

    /// <summary>
    /// Text that wraps in a column of this width. The row's height is set to hold it: LibreOffice, unlike Excel, does not fit
    /// rows to their text when it opens a file.
    /// </summary>
    public void Text(int column, string text, int style, double width)
    {
        Text(column, text, style);
        var needed = Lines(text, width);
        if (needed <= lines) return;
        lines = Math.Min(needed, MostLines);
        Span<byte> digits = stackalloc byte[3];
        (lines * LineHeight).TryFormat(digits, out _, "000");
        xml.Overwrite(heightMark, HeightAt, digits);
    }

    /// <summary>A Chinese character takes the room of two digits.</summary>
    static int Lines(string text, double width)
    {
        var room = Math.Max(2, width - 1);
        var count = 1;
        double used = 0;
        foreach (var c in text)
        {
            var wide = c >= 0x2E80 ? 2 : 1;
            if (c == '\n' || used + wide > room) (count, used) = (count + 1, c == '\n' ? 0 : wide);
            else used += wide;
            if (count > MostLines) break;
        }
        return count;
    }

    public void Text(int column, string text, int style)
    {
        Open(column, style).Raw(" t=\"inlineStr\"><is><t xml:space=\"preserve\">"u8);
        if (text.Length <= LongestText) xml.Text(text);
        else xml.Text(text.AsSpan(0, LongestText - 1)).Text("…");
        xml.Raw("</t></is></c>"u8);
    }

    public void Number(int column, double number, int style) => Open(column, style).Raw("><v>"u8).Number(number).Raw("</v></c>"u8);
    public void Number(int column, decimal number, int style) => Open(column, style).Raw("><v>"u8).Number(number).Raw("</v></c>"u8);
    public void Boolean(int column, bool value, int style) => Open(column, style).Raw(" t=\"b\"><v>"u8).Number(value ? 1 : 0L).Raw("</v></c>"u8);
    public void Error(int column, string code, int style) => Open(column, style).Raw(" t=\"e\"><v>"u8).Text(code).Raw("</v></c>"u8);
    public void Empty(int column, int style) => Open(column, style).Raw("/>"u8);

    XmlBytes Open(int column, int style)
    {
        xml.Raw("<c r=\""u8);
        if (column < 26) xml.Raw([(byte)('A' + column)]);
        else xml.Raw(CellAddress.Letters(column));
        xml.Raw(rowDigits.AsSpan(0, rowLength)).Raw("\""u8);
        return style == 0 ? xml : xml.Raw(" s=\""u8).Number(style).Raw("\""u8);
    }

    void EndRow()
    {
        if (inRow) xml.Raw("</row>"u8);
        inRow = false;
    }

    public void Dispose()
    {
        EndRow();
        xml.Raw("</sheetData>"u8);
        if (Filter is { } filter) xml.Raw($"<autoFilter ref=\"{filter}\"/>");
        if (Merges.Count > 0)
        {
            xml.Raw($"<mergeCells count=\"{Merges.Count}\">");
            foreach (var merge in Merges) xml.Raw($"<mergeCell ref=\"{merge}\"/>");
            xml.Raw("</mergeCells>"u8);
        }
        WriteChoices();
        WriteLinks();
        xml.Raw("""<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>"""u8);
        xml.Raw(Landscape ? """<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>"""u8 : """<pageSetup paperSize="9" fitToHeight="0"/>"""u8);
        xml.Raw("""<headerFooter><oddFooter>&amp;C第 &amp;P 页 / 共 &amp;N 页</oddFooter></headerFooter></worksheet>"""u8);
        xml.Dispose();
    }

    void WriteChoices()
    {
        if (Choices.Count == 0) return;
        xml.Raw($"<dataValidations count=\"{Choices.Count}\">");
        foreach (var choice in Choices)
        {
            xml.Raw("""<dataValidation type="list" allowBlank="1" showInputMessage="1" showErrorMessage="1" errorTitle="请从列表中选择" error=" """u8[..^1]);
            xml.Text($"“{choice.Title}”只能填下拉列表里的内容。").Raw($"\" sqref=\"{choice.Cells}\"><formula1>").Text(choice.Formula).Raw("</formula1></dataValidation>"u8);
        }
        xml.Raw("</dataValidations>"u8);
    }

    void WriteLinks()
    {
        if (Links.Count == 0) return;
        xml.Raw("<hyperlinks>"u8);
        foreach (var (address, location) in Links) xml.Raw($"<hyperlink ref=\"{address}\" location=\"").Text(location).Raw("\"/>"u8);
        xml.Raw("</hyperlinks>"u8);
    }
}
