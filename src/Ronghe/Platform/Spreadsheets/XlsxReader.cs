namespace Ronghe.Platform.Spreadsheets;

/// <summary>
/// Reads .xlsx in one forward pass. Own code because ExcelDataReader 3.6.0 drops error results, trusts dimensions,
/// reads every sheet twice and grows quadratically on rich text; it still reads the binary .xls.
/// </summary>
sealed class XlsxReader(XlsxPackage package, SheetLimits limits, CancellationToken cancel)
{
    readonly List<string> strings = [];
    readonly CellTextBuffer text = new(limits.CellCharacters);
    XlsxFormat[] formats = [];
    bool date1904;

    public Workbook Read(string fileName)
    {
        var root = package.Related("").Find(r => r.Kind == "officeDocument").Path ?? "xl/workbook.xml";
        RefuseOtherOffice(root);
        var related = package.Related(root);
        var sheets = ReadSheetList(root);
        ReadStrings(related.Find(r => r.Kind == "sharedStrings").Path);
        formats = XlsxStyles.Read(package, related.Find(r => r.Kind == "styles").Path);

        var budget = new SheetBudget(limits);
        var read = new List<Sheet>(sheets.Count);
        foreach (var (name, id, hidden) in sheets)
        {
            var path = related.Find(r => r.Id == id && r.Kind == "worksheet").Path;
            if (package.Open(path) is not { } xml) continue;
            using (xml) read.Add(new XlsxSheetReader(xml, strings, formats, date1904, budget, text, cancel).Read(name, hidden));
        }
        return new Workbook(fileName, read, date1904);
    }

    void RefuseOtherOffice(string root)
    {
        if (package.Has(root) && !root.EndsWith(".bin", StringComparison.OrdinalIgnoreCase) && !root.StartsWith("word/", StringComparison.OrdinalIgnoreCase)
            && !root.StartsWith("ppt/", StringComparison.OrdinalIgnoreCase)) return;
        const string advice = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传";
        if (root.EndsWith(".bin", StringComparison.OrdinalIgnoreCase)) throw SheetRefusals.Mismatch(".xlsx", "二进制工作簿（.xlsb）", advice);
        if (root.StartsWith("word/", StringComparison.OrdinalIgnoreCase)) throw SheetRefusals.Mismatch(".xlsx", " Word 文档", "请选择 Excel 表格文件");
        if (root.StartsWith("ppt/", StringComparison.OrdinalIgnoreCase)) throw SheetRefusals.Mismatch(".xlsx", "演示文稿", "请选择 Excel 表格文件");
        if (package.Has("content.xml")) throw SheetRefusals.Mismatch(".xlsx", " OpenDocument 表格", advice);
        throw SheetRefusals.Broken("里面没有工作簿");
    }

    List<(string Name, string? Id, bool Hidden)> ReadSheetList(string path)
    {
        var sheets = new List<(string, string?, bool)>();
        using var xml = package.Open(path, 16 << 20);
        while (xml?.Read() == true)
        {
            if (!xml.IsStart) continue;
            if (xml.Is("workbookPr"u8)) date1904 = xml["date1904"] is "1" or "true";
            else if (xml.Depth == 2 && xml.Is("sheet"u8))
                sheets.Add((xml["name"] ?? "", xml.Prefixed("id"), xml["state"] is "hidden" or "veryHidden"));
            if (sheets.Count > limits.Sheets) throw SheetRefusals.TooMany("工作表数", limits.Sheets);
        }
        return sheets;
    }

    void ReadStrings(string? path)
    {
        using var xml = package.Open(path, limits.SharedStringBytes);
        while (xml?.Read() == true)
        {
            if (!xml.IsStart || !xml.Is("si"u8)) continue;
            xml.ItemText(text);
            if (strings.Count == limits.SharedStrings) throw SheetRefusals.TooMany("不同文字数量", limits.SharedStrings);
            strings.Add(text.Take());
            if (strings.Count % 4096 == 0) cancel.ThrowIfCancellationRequested();
        }
    }
}

/// <summary>Rows and cells left for the whole workbook.</summary>
sealed class SheetBudget(SheetLimits limits)
{
    int rows;
    long cells;
    long characters;

    public SheetLimits Limits => limits;

    public void AddRow(int width)
    {
        if (++rows > limits.Rows) throw SheetRefusals.TooMany("行数", limits.Rows);
        if ((cells += width) > limits.Cells) throw SheetRefusals.TooMany("单元格数", limits.Cells);
    }

    /// <summary>A shared string counts as often as it is used: whoever copies it later pays each time.</summary>
    public void AddText(int length)
    {
        if ((characters += length) > limits.Characters) throw SheetRefusals.TooMany("总字数", limits.Characters);
    }

    /// <summary>Also bounds the memory of blank cells that precede a far one.</summary>
    public void CheckColumn(int column)
    {
        if (column >= limits.Columns) throw SheetRefusals.TooMany("列数", limits.Columns);
    }
}

/// <summary>A cell style as far as values need it.</summary>
readonly record struct XlsxFormat(string Code, bool IsDate);

static class XlsxStyles
{
    public static XlsxFormat[] Read(XlsxPackage package, string? path)
    {
        var codes = new Dictionary<int, string>();
        var known = new Dictionary<int, XlsxFormat>();
        var formats = new List<XlsxFormat>();
        var inCells = false;
        using var xml = package.Open(path, 32 << 20);
        while (xml?.Read() == true)
        {
            if (xml.Is("cellXfs"u8)) inCells = xml.IsStart && !xml.IsLeaf;
            if (!xml.IsStart) continue;
            if (xml.Is("numFmt"u8) && xml["formatCode"] is { } code) codes[xml.Number("numFmtId", 0)] = code;
            else if (inCells && xml.Is("xf"u8)) formats.Add(Format(xml.Number("numFmtId", 0), codes, known));
        }
        return [.. formats];
    }

    static XlsxFormat Format(int id, Dictionary<int, string> codes, Dictionary<int, XlsxFormat> known)
    {
        if (known.TryGetValue(id, out var format)) return format;
        var code = codes.TryGetValue(id, out var own) ? own : NumberFormat.BuiltIn(id);
        return known[id] = new XlsxFormat(code, NumberFormat.IsDate(code));
    }
}
