using System.Text;

namespace Ronghe.Platform.Spreadsheets;

/// <summary>Looks of the cells that Ronghe writes; the number is the index in styles.xml.</summary>
enum CellStyle
{
    Plain, Title, Note, Header, Text, LongText, Code, Date, Month, Time, Whole, Number, Percent, Guarded, GuardedLong, Sample, Wrong, Link, RequiredHeader,
}

/// <summary>Writes styles.xml: the fixed looks, then one style per number format taken over from another workbook.</summary>
sealed class CellStyles
{
    static readonly (CellStyle Style, string Xf)[] Fixed =
    [
        (CellStyle.Plain, """<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>"""),
        (CellStyle.Title, """<xf numFmtId="49" fontId="1" fillId="0" borderId="0" quotePrefix="1"><alignment horizontal="center" vertical="center"/></xf>"""),
        (CellStyle.Note, """<xf numFmtId="49" fontId="2" fillId="0" borderId="0" quotePrefix="1"><alignment vertical="center" wrapText="1"/></xf>"""),
        (CellStyle.Header, """<xf numFmtId="49" fontId="3" fillId="2" borderId="1" quotePrefix="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>"""),
        (CellStyle.Text, """<xf numFmtId="0" fontId="0" fillId="0" borderId="1"><alignment vertical="top"/></xf>"""),
        (CellStyle.LongText, """<xf numFmtId="0" fontId="0" fillId="0" borderId="1"><alignment vertical="top" wrapText="1"/></xf>"""),
        (CellStyle.Code, """<xf numFmtId="49" fontId="0" fillId="0" borderId="1"><alignment vertical="top"/></xf>"""),
        (CellStyle.Date, """<xf numFmtId="164" fontId="0" fillId="0" borderId="1"><alignment horizontal="left" vertical="top"/></xf>"""),
        (CellStyle.Month, """<xf numFmtId="165" fontId="0" fillId="0" borderId="1"><alignment horizontal="left" vertical="top"/></xf>"""),
        (CellStyle.Time, """<xf numFmtId="166" fontId="0" fillId="0" borderId="1"><alignment horizontal="left" vertical="top"/></xf>"""),
        (CellStyle.Whole, """<xf numFmtId="1" fontId="0" fillId="0" borderId="1"><alignment vertical="top"/></xf>"""),
        (CellStyle.Number, """<xf numFmtId="4" fontId="0" fillId="0" borderId="1"><alignment vertical="top"/></xf>"""),
        (CellStyle.Percent, """<xf numFmtId="10" fontId="0" fillId="0" borderId="1"><alignment vertical="top"/></xf>"""),
        (CellStyle.Guarded, """<xf numFmtId="49" fontId="0" fillId="0" borderId="1" quotePrefix="1"><alignment vertical="top"/></xf>"""),
        (CellStyle.GuardedLong, """<xf numFmtId="49" fontId="0" fillId="0" borderId="1" quotePrefix="1"><alignment vertical="top" wrapText="1"/></xf>"""),
        (CellStyle.Sample, """<xf numFmtId="49" fontId="2" fillId="0" borderId="1" quotePrefix="1"><alignment vertical="top" wrapText="1"/></xf>"""),
        (CellStyle.Wrong, """<xf numFmtId="49" fontId="0" fillId="3" borderId="1" quotePrefix="1"><alignment vertical="top" wrapText="1"/></xf>"""),
        (CellStyle.Link, """<xf numFmtId="49" fontId="4" fillId="0" borderId="1" quotePrefix="1"><alignment vertical="top"/></xf>"""),
        (CellStyle.RequiredHeader, """<xf numFmtId="49" fontId="5" fillId="2" borderId="1" quotePrefix="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>"""),
    ];

    readonly Dictionary<string, int> formats = [];

    /// <summary>Style index for a number format of another workbook.</summary>
    public int Of(string format)
    {
        if (format is "General" or "") return (int)CellStyle.Plain;
        if (!formats.TryGetValue(format, out var index)) formats[format] = index = formats.Count;
        return Fixed.Length + index;
    }

    public void Write(XmlBytes xml)
    {
        xml.Raw("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">"""u8);
        xml.Raw($"""<numFmts count="{3 + formats.Count}"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="yyyy\-mm"/><numFmt numFmtId="166" formatCode="yyyy\-mm\-dd\ hh:mm"/>""");
        foreach (var (format, index) in formats) xml.Raw($"<numFmt numFmtId=\"{200 + index}\" formatCode=\"").Text(format).Raw("\"/>"u8);
        xml.Raw("</numFmts>"u8).Raw(Fonts).Raw(Fills).Raw(Borders);
        xml.Raw($"<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs><cellXfs count=\"{Fixed.Length + formats.Count}\">");
        foreach (var (_, xf) in Fixed) xml.Raw(Applied(xf));
        foreach (var index in formats.Values) xml.Raw(Applied($"<xf numFmtId=\"{200 + index}\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>"));
        xml.Raw("</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"u8);
    }

    static string Applied(string xf) => new StringBuilder(xf)
        .Replace("<xf ", "<xf xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\" ", 0, 4).ToString();

    static ReadOnlySpan<byte> Fonts => """
        <fonts count="6"><font><sz val="11"/><name val="宋体"/><charset val="134"/></font><font><b/><sz val="16"/><name val="宋体"/><charset val="134"/></font><font><sz val="10"/><color rgb="FF595959"/><name val="宋体"/><charset val="134"/></font><font><b/><sz val="11"/><name val="宋体"/><charset val="134"/></font><font><u/><sz val="11"/><color rgb="FF0563C1"/><name val="宋体"/><charset val="134"/></font><font><b/><sz val="11"/><color rgb="FFA6192E"/><name val="宋体"/><charset val="134"/></font></fonts>
        """u8;

    static ReadOnlySpan<byte> Fills => """
        <fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFF2F2F2"/><bgColor indexed="64"/></patternFill></fill><fill><patternFill patternType="solid"><fgColor rgb="FFFFC7CE"/><bgColor indexed="64"/></patternFill></fill></fills>
        """u8;

    static ReadOnlySpan<byte> Borders => """
        <borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left style="thin"><color rgb="FFBFBFBF"/></left><right style="thin"><color rgb="FFBFBFBF"/></right><top style="thin"><color rgb="FFBFBFBF"/></top><bottom style="thin"><color rgb="FFBFBFBF"/></bottom><diagonal/></border></borders>
        """u8;
}
