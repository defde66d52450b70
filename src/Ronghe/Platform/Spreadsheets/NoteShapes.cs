using System.Text;

namespace Ronghe.Platform.Spreadsheets;

/// <summary>
/// The boxes in which Excel, WPS and LibreOffice show comments: VML, the only form all three draw.
/// Excel writes VML that is not always well-formed, so an existing part is extended as text.
/// </summary>
static class NoteShapes
{
    const string End = "</xml>";

    public static string New(int block, IEnumerable<(int Column, int Row)> cells)
    {
        var vml = new StringBuilder($"""<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{block}"/></o:shapelayout>""");
        vml.Append(Type);
        AddShapes(vml, block, cells);
        return vml.Append(End).ToString();
    }

    /// <summary>Null when the part is of a form that cannot be extended safely.</summary>
    public static string? Extended(string existing, int block, IEnumerable<(int Column, int Row)> cells)
    {
        var end = existing.LastIndexOf(End, StringComparison.Ordinal);
        if (end < 0 || !existing.Contains("xmlns:v=", StringComparison.Ordinal) || !existing.Contains("xmlns:x=", StringComparison.Ordinal)
            || !existing.Contains("xmlns:o=", StringComparison.Ordinal)) return null;
        var vml = new StringBuilder(existing, 0, end, existing.Length + 4096);
        if (!existing.Contains("id=\"_x0000_t202\"", StringComparison.Ordinal)) vml.Append(Type);
        AddShapes(vml, block, cells);
        return vml.Append(End).ToString();
    }

    /// <summary>True when nothing but comments is drawn, so that the part may be drawn anew.</summary>
    public static bool OnlyNotes(string existing)
    {
        for (var at = existing.IndexOf("ObjectType=\"", StringComparison.Ordinal); at >= 0; at = existing.IndexOf("ObjectType=\"", at + 12, StringComparison.Ordinal))
            if (!existing.AsSpan(at + 12).StartsWith("Note\"", StringComparison.Ordinal)) return false;
        return true;
    }

    const string Type = """<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>""";

    static void AddShapes(StringBuilder vml, int block, IEnumerable<(int Column, int Row)> cells)
    {
        var id = block * 1024;
        foreach (var (column, row) in cells)
        {
            var top = Math.Max(0, row - 2);
            vml.Append($"""<v:shape id="_x0000_s{++id}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;width:216pt;height:90pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{column + 1},15,{top},10,{column + 4},31,{top + 5},4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>""");
        }
    }
}
