using System.Globalization;
using System.Xml;

namespace Ronghe.Platform.Spreadsheets;

/// <summary>What changes on one sheet: columns by row that are wrong, and that were marked before and are right now.</summary>
sealed record SheetMarks(Dictionary<int, HashSet<int>> Wrong, Dictionary<int, HashSet<int>> Healed, string? DrawingId);

/// <summary>
/// Copies a worksheet part node by node and changes only the style of the marked cells, adding cells that were empty,
/// and the reference to the drawing that shows the comments. Everything else stays as it was.
/// </summary>
sealed class MarkedSheet(XmlReader reader, XmlWriter writer, MarkedStyles styles, SheetMarks marks)
{
    /// <summary>Elements that the schema puts behind the comment drawing.</summary>
    static readonly HashSet<string> Behind =
        ["legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "AlternateContent", "extLst"];

    const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    readonly List<(int First, int Last, int Style)> columnStyles = [];
    readonly Queue<int> rows = new(marks.Wrong.Keys.Order());
    string ns = "";
    bool drawn;

    public void Copy()
    {
        var sheetDone = false;
        while (reader.Read())
        {
            if (reader is { NodeType: XmlNodeType.Element, Depth: 0 }) ns = reader.NamespaceURI;
            if (reader is { NodeType: XmlNodeType.Element, Depth: 1, LocalName: "legacyDrawing" }) drawn = true;
            if (sheetDone && !drawn && (reader is { NodeType: XmlNodeType.Element, Depth: 1 } && Behind.Contains(reader.LocalName) || reader is { NodeType: XmlNodeType.EndElement, Depth: 0 }))
                WriteDrawing();
            if (reader is { NodeType: XmlNodeType.Element, Depth: 1, LocalName: "sheetData" })
            {
                CopyRows();
                sheetDone = true;
            }
            else
            {
                if (reader is { NodeType: XmlNodeType.Element, LocalName: "col", Depth: 2 }) AddColumnStyle();
                CopyNode();
            }
        }
    }

    void WriteDrawing()
    {
        drawn = true;
        if (marks.DrawingId is null) return;
        writer.WriteStartElement("legacyDrawing", ns);
        writer.WriteAttributeString("r", "id", Office, marks.DrawingId);
        writer.WriteEndElement();
    }

    void CopyRows()
    {
        var leaf = reader.IsEmptyElement;
        WriteStart();
        var number = 0;
        while (!leaf && reader.Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.Depth == 1))
        {
            if (reader is not { NodeType: XmlNodeType.Element, LocalName: "row" })
            {
                CopyNode();
                continue;
            }
            number = Number("r", number + 1);
            while (rows.TryPeek(out var missing) && missing < number) AddRow(rows.Dequeue());
            if (rows.TryPeek(out var next) && next == number) rows.Dequeue();
            CopyRow(number);
        }
        while (rows.TryDequeue(out var missing)) AddRow(missing);
        writer.WriteEndElement();
    }

    void AddRow(int number)
    {
        writer.WriteStartElement("row", ns);
        writer.WriteAttributeString("r", number.ToString(CultureInfo.InvariantCulture));
        foreach (var column in marks.Wrong[number].Order()) AddCell(column, number, null);
        writer.WriteEndElement();
    }

    void CopyRow(int number)
    {
        var wrong = marks.Wrong.GetValueOrDefault(number);
        var healed = marks.Healed.GetValueOrDefault(number);
        if (wrong is null && healed is null)
        {
            CopyElement();
            return;
        }
        var columns = new Queue<int>((wrong ?? []).Order());
        var rowStyle = reader.GetAttribute("customFormat") is "1" or "true" ? Number("s", 0) : (int?)null;
        var leaf = reader.IsEmptyElement;
        var depth = reader.Depth;
        WriteStart(without: "spans");
        var column = -1;
        while (!leaf && reader.Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.Depth == depth))
        {
            if (reader is not { NodeType: XmlNodeType.Element, LocalName: "c" })
            {
                CopyNode();
                continue;
            }
            column = CellAddress.TryParse(reader.GetAttribute("r"), out var said, out _) ? said : column + 1;
            while (columns.TryPeek(out var missing) && missing < column) AddCell(columns.Dequeue(), number, rowStyle);
            if (columns.TryPeek(out var next) && next == column)
            {
                columns.Dequeue();
                CopyCell(styles.Marked);
            }
            else if (healed?.Contains(column) == true) CopyCell(styles.Unmarked);
            else CopyElement();
        }
        while (columns.TryDequeue(out var missing)) AddCell(missing, number, rowStyle);
        writer.WriteEndElement();
    }

    void AddCell(int column, int row, int? rowStyle)
    {
        var style = rowStyle ?? columnStyles.Find(range => column >= range.First && column <= range.Last).Style;
        writer.WriteStartElement("c", ns);
        writer.WriteAttributeString("r", CellAddress.Of(column, row));
        writer.WriteAttributeString("s", styles.Marked(style).ToString(CultureInfo.InvariantCulture));
        writer.WriteEndElement();
    }

    /// <summary>Leaves the reader on the cell's last node.</summary>
    void CopyCell(Func<int, int> restyle)
    {
        var style = restyle(Number("s", 0));
        var leaf = reader.IsEmptyElement;
        var depth = reader.Depth;
        WriteStart(without: "s");
        writer.WriteAttributeString("s", style.ToString(CultureInfo.InvariantCulture));
        while (!leaf && reader.Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.Depth == depth)) CopyNode();
        writer.WriteEndElement();
    }

    void WriteStart(string? without = null)
    {
        writer.WriteStartElement(reader.Prefix, reader.LocalName, reader.NamespaceURI);
        while (reader.MoveToNextAttribute())
            if (reader.Prefix.Length > 0 || reader.LocalName != without)
                writer.WriteAttributeString(reader.Prefix, reader.LocalName, reader.NamespaceURI, reader.Value);
        reader.MoveToElement();
    }

    void CopyElement()
    {
        var leaf = reader.IsEmptyElement;
        var depth = reader.Depth;
        CopyNode();
        while (!leaf && reader.Read())
        {
            CopyNode();
            if (reader.NodeType == XmlNodeType.EndElement && reader.Depth == depth) return;
        }
    }

    /// <summary>One node, not what is inside it.</summary>
    void CopyNode()
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element:
                WriteStart();
                if (reader.IsEmptyElement) writer.WriteEndElement();
                break;
            case XmlNodeType.EndElement: writer.WriteFullEndElement(); break;
            case XmlNodeType.Text: writer.WriteString(reader.Value); break;
            case XmlNodeType.CDATA: writer.WriteCData(reader.Value); break;
            case XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace: writer.WriteWhitespace(reader.Value); break;
        }
    }

    void AddColumnStyle()
    {
        if (Number("style", 0) is > 0 and var style) columnStyles.Add((Number("min", 1) - 1, Number("max", 1) - 1, style));
    }

    int Number(string attribute, int otherwise) =>
        int.TryParse(reader.GetAttribute(attribute), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
