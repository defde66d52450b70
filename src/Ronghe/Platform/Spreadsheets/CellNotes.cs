using System.Xml.Linq;

namespace Ronghe.Platform.Spreadsheets;

/// <summary>
/// The comments of one sheet. Other people's stay; those of an earlier check are taken out, and new ones are added.
/// A cell can hold one comment only, so a message joins a comment that is already there.
/// </summary>
sealed class CellNotes
{
    const string Author = "导入检查";
    const string Joint = "\n—— 导入检查 ——\n";
    static readonly XNamespace Spreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    readonly XElement list;
    readonly XElement authors;

    /// <param name="existing">The comments part, when there is one.</param>
    /// <param name="earlier">What an earlier check had written: LibreOffice forgets who wrote a comment.</param>
    public CellNotes(XDocument? existing, IReadOnlyDictionary<(int Column, int Row), string> earlier)
    {
        Document = existing ?? new XDocument(new XElement(Spreadsheet + "comments", new XElement(Spreadsheet + "authors"), new XElement(Spreadsheet + "commentList")));
        var root = Document.Root!;
        authors = root.Element(Spreadsheet + "authors") ?? throw SheetRefusals.Broken("批注不完整");
        list = root.Element(Spreadsheet + "commentList") ?? throw SheetRefusals.Broken("批注不完整");
        TakeOutEarlierCheck(earlier);
    }

    public XDocument Document { get; }

    /// <summary>Cells that an earlier check had marked.</summary>
    public List<(int Column, int Row)> Earlier { get; } = [];

    /// <summary>All commented cells, for drawing them anew.</summary>
    public IEnumerable<(int Column, int Row)> Cells =>
        list.Elements(Spreadsheet + "comment").Select(comment => Place(comment)).OfType<(int, int)>();

    public void Add(IEnumerable<((int Column, int Row) Cell, string Message)> notes)
    {
        var author = AuthorIndex();
        var byCell = list.Elements(Spreadsheet + "comment").ToLookup(comment => (string?)comment.Attribute("ref"));
        foreach (var ((column, row), message) in notes)
        {
            var address = CellAddress.Of(column, row);
            if (byCell[address].FirstOrDefault() is { } theirs) theirs.Element(Spreadsheet + "text")?.Add(Run(Joint + message));
            else list.Add(new XElement(Spreadsheet + "comment", new XAttribute("ref", address), new XAttribute("authorId", author),
                new XElement(Spreadsheet + "text", Run(message))));
        }
    }

    void TakeOutEarlierCheck(IReadOnlyDictionary<(int, int), string> earlier)
    {
        var ours = authors.Elements().Select((author, index) => (author.Value, index)).Where(author => author.Value == Author).Select(author => author.index).ToHashSet();
        foreach (var comment in list.Elements(Spreadsheet + "comment").ToList())
        {
            if (Place(comment) is not { } cell) continue;
            var text = string.Concat(comment.Descendants(Spreadsheet + "t").Select(part => part.Value));
            var joint = text.IndexOf(Joint.Trim(), StringComparison.Ordinal);
            var own = ours.Contains((int?)comment.Attribute("authorId") ?? -1) || (earlier.TryGetValue(cell, out var written) && text.Trim() == written);
            if (!own && joint < 0) continue;
            Earlier.Add(cell);
            if (own) comment.Remove();
            else comment.Element(Spreadsheet + "text")!.ReplaceNodes(Run(text[..joint].TrimEnd()));
        }
    }

    static (int Column, int Row)? Place(XElement comment) =>
        CellAddress.TryParse((string?)comment.Attribute("ref"), out var column, out var row) ? (column, row) : null;

    int AuthorIndex()
    {
        var index = authors.Elements().ToList().FindIndex(author => author.Value == Author);
        if (index >= 0) return index;
        authors.Add(new XElement(Spreadsheet + "author", Author));
        return authors.Elements().Count() - 1;
    }

    static XElement Run(string text) => new(Spreadsheet + "r",
        new XElement(Spreadsheet + "rPr", new XElement(Spreadsheet + "sz", new XAttribute("val", 9)), new XElement(Spreadsheet + "color", new XAttribute("indexed", 81)), new XElement(Spreadsheet + "rFont", new XAttribute("val", "宋体"))),
        new XElement(Spreadsheet + "t", new XAttribute(XNamespace.Xml + "space", "preserve"), text));
}
