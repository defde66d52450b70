using System.IO.Compression;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Ronghe.Platform.Spreadsheets;

/// <summary>Copies an .xlsx part by part, replacing those that change.</summary>
sealed class MarkedPackage(XlsxPackage package, Workbook workbook, IReadOnlyList<SheetError> errors)
{
    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const string Kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    const string Type = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    readonly List<SheetError> earlier = ErrorListSheet.Read(workbook);
    readonly Dictionary<string, Action<Stream>> changed = new(StringComparer.OrdinalIgnoreCase);
    readonly List<(string Path, string Type)> types = [];
    readonly HashSet<string> removed = new(StringComparer.OrdinalIgnoreCase);
    XDocument relations = null!;

    /// <summary>Strict workbooks use other namespaces in every part; those and workbooks without styles get a fresh copy.</summary>
    public static bool CanMark(XlsxPackage package)
    {
        var root = RootOf(package);
        using var xml = package.Open(root);
        var transitional = false;
        if (xml?.Read() == true)
            while (xml.NextAttribute()) transitional |= xml.RawValue.SequenceEqual("http://schemas.openxmlformats.org/spreadsheetml/2006/main"u8);
        return transitional && package.Related(root).Exists(part => part.Kind == "styles" && package.Has(part.Path));
    }

    static string RootOf(XlsxPackage package) => package.Related("").Find(part => part.Kind == "officeDocument").Path ?? "xl/workbook.xml";

    public void Write(Stream output)
    {
        var root = RootOf(package);
        var related = package.Related(root);
        var stylePath = related.Find(part => part.Kind == "styles").Path;
        var styles = new MarkedStyles(package.Document(stylePath)!);
        var book = package.Document(root)!;
        relations = package.Document(XlsxPackage.RelationshipsOf(root))!;

        DropEarlierList(book, related);
        foreach (var sheet in book.Root!.Descendants(XName.Get("sheet", Main)).ToList()) Mark(sheet, related, styles);
        AddList(book, root, styles);
        Replace(root, book);
        Replace(stylePath, styles.Document);
        ChangeContentTypes();
        Copy(output, stylePath);
    }

    void Mark(XElement sheet, List<(string Id, string Kind, string Path)> related, MarkedStyles styles)
    {
        var id = (string?)sheet.Attribute(XName.Get("id", Kind.TrimEnd('/')));
        var path = related.Find(part => part.Id == id && part.Kind == "worksheet").Path;
        if (path is null || !package.Has(path) || workbook.Named((string?)sheet.Attribute("name") ?? "") is not { } parsed) return;
        var wrong = WrongCells.Of(parsed, errors);
        var notes = new SheetNotes(package, path, changed.Count + 1, WrongCells.Of(parsed, earlier));
        if (wrong.Count == 0 && !notes.HasEarlier) return;

        notes.Add([.. wrong.Take(MarkedCopy.MostNotes).Select(cell => (cell.Key, cell.Value))]);
        foreach (var (part, content, type) in notes.Parts())
        {
            changed[part] = stream => stream.Write(content);
            if (type is not null) types.Add((part, type));
        }
        changed[path] = Sheet(path, styles, new SheetMarks(ByRow(wrong.Keys), ByRow(notes.Earlier.Where(cell => !wrong.ContainsKey(cell))), notes.DrawingId));
    }

    Action<Stream> Sheet(string path, MarkedStyles styles, SheetMarks marks) => stream =>
    {
        using var reader = XmlReader.Create(package.OpenRaw(path), XlsxPackage.XmlSettings);
        using var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), CheckCharacters = false });
        new MarkedSheet(reader, writer, styles, marks).Copy();
    };

    static Dictionary<int, HashSet<int>> ByRow(IEnumerable<(int Column, int Row)> cells) =>
        cells.GroupBy(cell => cell.Row).ToDictionary(row => row.Key, row => row.Select(cell => cell.Column).ToHashSet());

    void DropEarlierList(XDocument book, List<(string Id, string Kind, string Path)> related)
    {
        var sheets = book.Root!.Descendants(XName.Get("sheet", Main)).ToList();
        var index = sheets.FindIndex(sheet => (string?)sheet.Attribute("name") == ErrorListSheet.Name);
        if (index < 0 || sheets.Count == 1) return;
        var id = (string?)sheets[index].Attribute(XName.Get("id", Kind.TrimEnd('/')));
        if (related.Find(part => part.Id == id).Path is { } path)
        {
            removed.Add(path);
            removed.Add(XlsxPackage.RelationshipsOf(path));
        }
        sheets[index].Remove();
        DropNames(book, index);
        relations.Root!.Elements().Where(relation => (string?)relation.Attribute("Id") == id).Remove();
    }

    /// <summary>Names that belong to a sheet know it by its position.</summary>
    static void DropNames(XDocument book, int sheet)
    {
        foreach (var name in book.Descendants(XName.Get("definedName", Main)).ToList())
        {
            if ((int?)name.Attribute("localSheetId") is not { } position || position < sheet) continue;
            if (position == sheet) name.Remove();
            else name.SetAttributeValue("localSheetId", position - 1);
        }
        book.Descendants(XName.Get("definedNames", Main)).Where(names => !names.HasElements).Remove();
    }

    void AddList(XDocument book, string root, MarkedStyles styles)
    {
        var sheets = book.Root!.Element(XName.Get("sheets", Main))!;
        var number = 1;
        while (package.Has($"xl/worksheets/errors{number}.xml")) number++;
        var path = $"xl/worksheets/errors{number}.xml";
        var id = XlsxPackage.FreeId(relations, "rIdErrors");
        relations.Root!.Add(new XElement(relations.Root.Name.Namespace + "Relationship",
            new XAttribute("Id", id), new XAttribute("Type", Kind + "worksheet"), new XAttribute("Target", "/" + path)));
        Replace(XlsxPackage.RelationshipsOf(root), relations);
        sheets.Add(new XElement(XName.Get("sheet", Main), new XAttribute("name", ErrorListSheet.Name),
            new XAttribute("sheetId", sheets.Elements().Max(sheet => (int?)sheet.Attribute("sheetId") ?? 0) + 1),
            new XAttribute(XName.Get("id", Kind.TrimEnd('/')), id)));
        var looks = styles.ForList();
        var note = errors.Count > MarkedCopy.MostNotes ? $"共 {errors.Count:N0} 处问题。批注最多 {MarkedCopy.MostNotes:N0} 个，其余以本表为准。" : null;
        changed[path] = stream => ErrorListSheet.Write(stream, workbook, errors, looks, note);
        types.Add((path, Type + "worksheet+xml"));
    }

    void ChangeContentTypes()
    {
        var document = package.Document("[Content_Types].xml")!;
        var ns = document.Root!.Name.Namespace;
        document.Root.Elements(ns + "Override").Where(part => removed.Contains(((string?)part.Attribute("PartName") ?? "").TrimStart('/'))).Remove();
        if (!document.Root.Elements(ns + "Default").Any(part => "vml".Equals((string?)part.Attribute("Extension"), StringComparison.OrdinalIgnoreCase)))
            document.Root.AddFirst(new XElement(ns + "Default", new XAttribute("Extension", "vml"), new XAttribute("ContentType", "application/vnd.openxmlformats-officedocument.vmlDrawing")));
        foreach (var (path, type) in types)
            document.Root.Add(new XElement(ns + "Override", new XAttribute("PartName", "/" + path), new XAttribute("ContentType", type)));
        Replace("[Content_Types].xml", document);
    }

    void Replace(string path, XDocument document) => changed[path] = stream => XlsxPackage.Save(document, stream);

    void Copy(Stream output, string stylePath)
    {
        using var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        // Sheets ask for styles while they are copied, so the styles are written last.
        foreach (var path in package.Paths.Concat(changed.Keys).Distinct(StringComparer.OrdinalIgnoreCase).Where(path => path != stylePath).Append(stylePath))
        {
            if (removed.Contains(path) || path.EndsWith('/')) continue;
            using var target = zip.CreateEntry(path, CompressionLevel.Fastest).Open();
            if (changed.TryGetValue(path, out var write)) write(target);
            else
            {
                using var source = package.OpenRaw(path);
                source.CopyTo(target);
            }
        }
    }
}
