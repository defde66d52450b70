using System.Text;
using System.Xml.Linq;

namespace Ronghe.Platform.Spreadsheets;

/// <summary>The parts that hold one sheet's comments: text, boxes, and the relationships between them; made when absent.</summary>
sealed class SheetNotes
{
    const string Kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    const string CommentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";

    readonly XlsxPackage package;
    readonly string sheetPath;
    readonly int block;
    readonly CellNotes notes;
    readonly XDocument relations;
    readonly string commentPath;
    readonly string drawingPath;
    readonly bool hadComments;
    readonly List<(int Column, int Row)> before;

    public SheetNotes(XlsxPackage package, string sheetPath, int block, IReadOnlyDictionary<(int Column, int Row), string> earlier)
    {
        (this.package, this.sheetPath, this.block) = (package, sheetPath, block);
        var related = package.Related(sheetPath);
        relations = package.Document(XlsxPackage.RelationshipsOf(sheetPath))
            ?? new XDocument(new XElement(XName.Get("Relationships", "http://schemas.openxmlformats.org/package/2006/relationships")));
        var comments = related.Find(part => part.Kind == "comments").Path;
        hadComments = comments is not null && package.Has(comments);
        commentPath = hadComments ? comments! : Free("xl/comments", ".xml");
        if (!hadComments) Relate(XlsxPackage.FreeId(relations, "rIdNotes"), "comments", commentPath);

        DrawingId = related.Exists(part => part.Kind == "vmlDrawing") ? DrawingOf(sheetPath) : null;
        var drawing = related.Find(part => part.Id == DrawingId && part.Kind == "vmlDrawing").Path;
        drawingPath = drawing is not null && package.Has(drawing) ? drawing : Free("xl/drawings/vmlDrawing", ".vml");
        if (DrawingId is null) Relate(DrawingId = XlsxPackage.FreeId(relations, "rIdNoteBoxes"), "vmlDrawing", drawingPath);

        notes = new CellNotes(hadComments ? package.Document(commentPath) : null, earlier);
        before = [.. notes.Cells];
    }

    public string? DrawingId { get; }
    public bool HasEarlier => notes.Earlier.Count > 0;
    public IReadOnlyList<(int Column, int Row)> Earlier => notes.Earlier;

    public void Add(IReadOnlyList<((int Column, int Row) Cell, string Message)> messages) => notes.Add(messages);

    /// <summary>The parts as bytes; a type is given for those that the package's list of types lacks.</summary>
    public IEnumerable<(string Path, byte[] Content, string? Type)> Parts()
    {
        yield return (commentPath, Bytes(notes.Document), hadComments ? null : CommentType);
        yield return (drawingPath, Encoding.UTF8.GetBytes(Shapes()), null);
        yield return (XlsxPackage.RelationshipsOf(sheetPath), Bytes(relations), null);
    }

    string Shapes()
    {
        if (!package.Has(drawingPath)) return NoteShapes.New(block, notes.Cells);
        using var reader = new StreamReader(package.OpenRaw(drawingPath));
        var existing = reader.ReadToEnd();
        // Boxes of comments that were taken out must go; when only comments are drawn, all are drawn anew.
        if (HasEarlier && NoteShapes.OnlyNotes(existing)) return NoteShapes.New(block, notes.Cells);
        var fresh = notes.Cells.Except(before).Except(HasEarlier ? notes.Earlier : []);
        return NoteShapes.Extended(existing, block + 500, fresh) ?? NoteShapes.New(block, notes.Cells);
    }

    string? DrawingOf(string path)
    {
        using var xml = package.Open(path);
        while (xml?.Read() == true)
        {
            if (!xml.IsStart || xml.Depth != 1) continue;
            if (xml.Is("legacyDrawing"u8)) return xml.Prefixed("id");
            xml.Skip();
        }
        return null;
    }

    void Relate(string id, string kind, string target) => relations.Root!.Add(new XElement(relations.Root.Name.Namespace + "Relationship",
        new XAttribute("Id", id), new XAttribute("Type", Kind + kind), new XAttribute("Target", "/" + target)));

    /// <summary>Numbers far from those that programs give, so that two sheets of this run do not meet either.</summary>
    string Free(string start, string end)
    {
        var number = 1000 + block;
        while (package.Has($"{start}{number}{end}")) number++;
        return $"{start}{number}{end}";
    }

    static byte[] Bytes(XDocument document)
    {
        using var bytes = new MemoryStream();
        XlsxPackage.Save(document, bytes);
        return bytes.ToArray();
    }
}
