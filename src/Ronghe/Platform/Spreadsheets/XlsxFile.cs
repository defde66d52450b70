using System.IO.Compression;

namespace Ronghe.Platform.Spreadsheets;

/// <summary>A new .xlsx, written part after part without going back, so that any stream will do and memory stays small.</summary>
sealed class XlsxFile(Stream output) : IDisposable
{
    readonly ZipArchive zip = new(output, ZipArchiveMode.Create, leaveOpen: true);
    readonly List<(string Name, bool Hidden)> sheets = [];
    readonly List<(string Name, int Sheet, string Formula)> names = [];
    SheetPart? open;

    public CellStyles Styles { get; } = new();

    /// <summary>The sheet before is finished. Names are made legal and unique.</summary>
    public SheetPart AddSheet(string name, SheetFrame frame, bool hidden = false)
    {
        CloseSheet();
        sheets.Add((SheetNames.Unique(name, sheets.Select(sheet => sheet.Name)), hidden));
        return open = new SheetPart(Entry($"xl/worksheets/sheet{sheets.Count}.xml"), frame);
    }

    public string LastSheetName => sheets[^1].Name;

    /// <summary>Rows repeated on every printed page of the newest sheet.</summary>
    public void RepeatRows(int first, int last) =>
        names.Add(("_xlnm.Print_Titles", sheets.Count - 1, $"{SheetNames.Quoted(LastSheetName)}!${first}:${last}"));

    public void HideFilter(CellRange filter) => names.Add(("_xlnm._FilterDatabase", sheets.Count - 1,
        $"{SheetNames.Quoted(LastSheetName)}!${CellAddress.Letters(filter.Left)}${filter.Top}:${CellAddress.Letters(filter.Right)}${filter.Bottom}"));

    public void CloseSheet()
    {
        open?.Dispose();
        open = null;
    }

    public void Dispose()
    {
        CloseSheet();
        using (var styles = new XmlBytes(Entry("xl/styles.xml"))) Styles.Write(styles);
        WriteWorkbook();
        WriteRelationships();
        WriteContentTypes();
        zip.Dispose();
    }

    Stream Entry(string path) => zip.CreateEntry(path, CompressionLevel.Fastest).Open();

    void WriteWorkbook()
    {
        using var xml = new XmlBytes(Entry("xl/workbook.xml"));
        xml.Raw("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><bookViews><workbookView/></bookViews><sheets>"""u8);
        for (var i = 0; i < sheets.Count; i++)
        {
            xml.Raw("<sheet name=\""u8).Text(sheets[i].Name).Raw($"\" sheetId=\"{i + 1}\"");
            if (sheets[i].Hidden) xml.Raw(" state=\"hidden\""u8);
            xml.Raw($" r:id=\"rId{i + 1}\"/>");
        }
        xml.Raw("</sheets>"u8);
        if (names.Count > 0)
        {
            xml.Raw("<definedNames>"u8);
            foreach (var (name, sheet, formula) in names.OrderBy(name => name.Name, StringComparer.Ordinal))
                xml.Raw($"<definedName name=\"{name}\" localSheetId=\"{sheet}\"{(name.EndsWith("Database", StringComparison.Ordinal) ? " hidden=\"1\"" : "")}>").Text(formula).Raw("</definedName>"u8);
            xml.Raw("</definedNames>"u8);
        }
        xml.Raw("</workbook>"u8);
    }

    void WriteRelationships()
    {
        const string kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
        using (var xml = new XmlBytes(Entry("_rels/.rels")))
            xml.Raw($"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{kind}officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        using (var xml = new XmlBytes(Entry("xl/_rels/workbook.xml.rels")))
        {
            xml.Raw("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"""u8);
            for (var i = 1; i <= sheets.Count; i++) xml.Raw($"<Relationship Id=\"rId{i}\" Type=\"{kind}worksheet\" Target=\"worksheets/sheet{i}.xml\"/>");
            xml.Raw($"<Relationship Id=\"rId{sheets.Count + 1}\" Type=\"{kind}styles\" Target=\"styles.xml\"/></Relationships>");
        }
    }

    void WriteContentTypes()
    {
        const string type = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
        using var xml = new XmlBytes(Entry("[Content_Types].xml"));
        xml.Raw("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>"""u8);
        xml.Raw($"<Override PartName=\"/xl/workbook.xml\" ContentType=\"{type}sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"{type}styles+xml\"/>");
        for (var i = 1; i <= sheets.Count; i++) xml.Raw($"<Override PartName=\"/xl/worksheets/sheet{i}.xml\" ContentType=\"{type}worksheet+xml\"/>");
        xml.Raw("</Types>"u8);
    }
}

/// <summary>Sheet names as Excel allows them.</summary>
static class SheetNames
{
    public static string Unique(string wanted, IEnumerable<string> taken)
    {
        var legal = Legal(wanted);
        var used = taken.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var name = legal;
        for (var n = 2; used.Contains(name); n++)
        {
            var suffix = $" ({n})";
            name = legal[..Math.Min(legal.Length, 31 - suffix.Length)] + suffix;
        }
        return name;
    }

    public static string Quoted(string name) => $"'{name.Replace("'", "''", StringComparison.Ordinal)}'";

    static string Legal(string name)
    {
        var legal = string.Concat(name.Where(c => c is not ('[' or ']' or ':' or '*' or '?' or '/' or '\\') && !char.IsControl(c))).Trim(' ', '\'');
        return legal.Length == 0 ? "Sheet" : legal.Length > 31 ? legal[..31].TrimEnd('\'', ' ') : legal;
    }
}
