using System.Xml.Linq;

namespace Ronghe.Platform.Spreadsheets;

/// <summary>Adds to a workbook's own styles: for each style of a wrong cell the same with a red fill, and the looks of the error list.</summary>
sealed class MarkedStyles
{
    const string Red = "FFFF9999";

    readonly XElement root;
    readonly XNamespace ns;
    readonly XElement cells;
    readonly Dictionary<int, int> marked = [];
    readonly int redFill;

    public MarkedStyles(XDocument document)
    {
        Document = document;
        root = document.Root!;
        ns = root.Name.Namespace;
        cells = root.Element(ns + "cellXfs") ?? throw SheetRefusals.Broken("没有单元格样式");
        redFill = RedFill();
    }

    public XDocument Document { get; }

    public int Marked(int style)
    {
        if (marked.TryGetValue(style, out var known)) return known;
        var xf = new XElement(At(style));
        xf.SetAttributeValue("fillId", redFill);
        xf.SetAttributeValue("applyFill", 1);
        return marked[style] = Add(xf);
    }

    /// <summary>The style that a cell had before it was marked: the same in everything but the fill, else the same without a fill.</summary>
    public int Unmarked(int style)
    {
        var xf = At(style);
        if ((int?)xf.Attribute("fillId") != redFill) return style;
        var index = 0;
        foreach (var other in Styles())
        {
            if ((int?)other.Attribute("fillId") != redFill && Same(other, xf)) return index;
            index++;
        }
        var bare = new XElement(xf);
        bare.SetAttributeValue("fillId", 0);
        return Add(bare);
    }

    public (int Header, int Text, int Link) ForList()
    {
        var bold = Append("fonts", new XElement(ns + "font", new XElement(ns + "b"), Size(), Family()));
        var link = Append("fonts", new XElement(ns + "font", new XElement(ns + "u"), Size(), new XElement(ns + "color", new XAttribute("rgb", "FF0563C1")), Family()));
        var plain = Append("fonts", new XElement(ns + "font", Size(), Family()));
        return (Add(Xf(bold)), Add(Xf(plain)), Add(Xf(link)));
    }

    XElement Size() => new(ns + "sz", new XAttribute("val", 11));
    XElement Family() => new(ns + "name", new XAttribute("val", "宋体"));

    XElement Xf(int font) => new(ns + "xf",
        new XAttribute("numFmtId", 49), new XAttribute("fontId", font), new XAttribute("fillId", 0), new XAttribute("borderId", 0), new XAttribute("xfId", 0),
        new XAttribute("quotePrefix", 1), new XAttribute("applyNumberFormat", 1), new XAttribute("applyFont", 1), new XAttribute("applyAlignment", 1),
        new XElement(ns + "alignment", new XAttribute("vertical", "top"), new XAttribute("wrapText", 1)));

    IEnumerable<XElement> Styles() => cells.Elements(ns + "xf");

    XElement At(int style) => Styles().ElementAtOrDefault(style) ?? Styles().First();

    int Add(XElement xf)
    {
        cells.Add(xf);
        var count = Styles().Count();
        cells.SetAttributeValue("count", count);
        return count - 1;
    }

    int RedFill()
    {
        var fills = root.Element(ns + "fills");
        var index = fills?.Elements(ns + "fill").ToList().FindIndex(fill => (string?)fill.Descendants(ns + "fgColor").FirstOrDefault()?.Attribute("rgb") == Red) ?? -1;
        return index >= 0 ? index : Append("fills", new XElement(ns + "fill", new XElement(ns + "patternFill", new XAttribute("patternType", "solid"),
            new XElement(ns + "fgColor", new XAttribute("rgb", Red)), new XElement(ns + "bgColor", new XAttribute("indexed", 64)))));
    }

    int Append(string list, XElement item)
    {
        var parent = root.Element(ns + list) ?? throw SheetRefusals.Broken("样式表不完整");
        parent.Add(item);
        var count = parent.Elements(item.Name).Count();
        parent.SetAttributeValue("count", count);
        return count - 1;
    }

    static bool Same(XElement a, XElement b)
    {
        static string Key(XElement xf)
        {
            var copy = new XElement(xf);
            copy.SetAttributeValue("fillId", null);
            copy.SetAttributeValue("applyFill", null);
            return string.Concat(copy.Attributes().OrderBy(at => at.Name.LocalName, StringComparer.Ordinal)) + string.Concat(copy.Elements());
        }
        return Key(a) == Key(b);
    }
}
