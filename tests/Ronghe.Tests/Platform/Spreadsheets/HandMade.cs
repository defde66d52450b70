using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Ronghe.Tests.Platform.Spreadsheets;

/// <summary>Files put together by hand: what programs do not write, but people and attackers send.</summary>
static class HandMade
{
    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    public static MemoryStream Zip(params (string Path, string Content)[] parts) => Zip([.. parts.Select(part => (part.Path, (Action<Stream>)(stream => stream.Write(Encoding.UTF8.GetBytes(part.Content)))))]);

    public static MemoryStream Zip(params (string Path, Action<Stream> Write)[] parts)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (path, write) in parts)
            {
                using var stream = zip.CreateEntry(path).Open();
                write(stream);
            }
        bytes.Position = 0;
        return bytes;
    }

    /// <summary>A workbook of one sheet from the XML of its rows; other parts only where they matter.</summary>
    public static MemoryStream Xlsx(string rows, string strings = "", string workbookPr = "", string styles = "", string afterRows = "") => Zip(
        ("_rels/.rels", Relationships(("rId1", "officeDocument", "xl/workbook.xml"))),
        ("xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Office}">{workbookPr}<sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>"""),
        ("xl/_rels/workbook.xml.rels", Relationships(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "sharedStrings", "sharedStrings.xml"), ("rId3", "styles", "styles.xml"))),
        ("xl/sharedStrings.xml", $"""<sst xmlns="{Main}">{strings}</sst>"""),
        ("xl/styles.xml", $"""<styleSheet xmlns="{Main}">{styles}</styleSheet>"""),
        ("xl/worksheets/sheet1.xml", $"""<worksheet xmlns="{Main}"><sheetData>{rows}</sheetData>{afterRows}</worksheet>"""));

    /// <summary>A workbook whose sheet is written by hand and may be as large as you like.</summary>
    public static MemoryStream Xlsx(Action<Stream> sheet, Action<Stream>? strings = null) => Zip(
        ("_rels/.rels", Text(Relationships(("rId1", "officeDocument", "xl/workbook.xml")))),
        ("xl/workbook.xml", Text($"""<workbook xmlns="{Main}" xmlns:r="{Office}"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>""")),
        ("xl/_rels/workbook.xml.rels", Text(Relationships(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "sharedStrings", "sharedStrings.xml")))),
        ("xl/sharedStrings.xml", strings ?? Text($"""<sst xmlns="{Main}"/>""")),
        ("xl/worksheets/sheet1.xml", sheet));

    public static Action<Stream> Text(string text) => stream => stream.Write(Encoding.UTF8.GetBytes(text));

    /// <summary>An opening, the same piece many times, an end.</summary>
    public static Action<Stream> Repeated(string opening, string piece, int times, string end) => stream =>
    {
        stream.Write(Encoding.UTF8.GetBytes(opening));
        var block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, 1000)));
        for (var i = 0; i < times / 1000; i++) stream.Write(block);
        stream.Write(Encoding.UTF8.GetBytes(end));
    };

    public static string SheetStart => $"""<worksheet xmlns="{Main}"><sheetData>""";
    public const string SheetEnd = "</sheetData></worksheet>";
    public static string StringsStart => $"""<sst xmlns="{Main}">""";

    public static string Relationships(params (string Id, string Kind, string Target)[] items) =>
        $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{string.Concat(items.Select(item => $"""<Relationship Id="{item.Id}" Type="{Office}/{item.Kind}" Target="{item.Target}"/>"""))}</Relationships>""";

    /// <summary>A compound file (the container of .xls and of encrypted .xlsx) with one stream.</summary>
    public static MemoryStream Compound(string streamName, byte[] content)
    {
        const int sector = 512;
        var padded = Math.Max(4096, (content.Length + sector - 1) / sector * sector);
        var sectors = padded / sector;
        var file = new byte[sector * (3 + sectors)];
        byte[] signature = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        signature.CopyTo(file, 0);
        void Short(int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), (ushort)value);
        void Word(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), value);
        Short(24, 0x3E);
        Short(26, 3);
        Short(28, 0xFFFE);
        Short(30, 9);
        Short(32, 6);
        Word(44, 1);
        Word(48, 1);
        Word(56, 4096);
        Word(60, 0xFFFFFFFE);
        Word(68, 0xFFFFFFFE);
        for (var i = 0; i < 109; i++) Word(76 + i * 4, i == 0 ? 0 : 0xFFFFFFFF);
        for (var i = 0; i < 128; i++) Word(sector + i * 4, 0xFFFFFFFF);
        Word(sector, 0xFFFFFFFD);
        Word(sector + 4, 0xFFFFFFFE);
        for (var i = 0; i < sectors; i++) Word(sector + 8 + i * 4, i + 1 < sectors ? (uint)(3 + i) : 0xFFFFFFFE);
        Entry(sector * 2, "Root Entry", 5, 0xFFFFFFFE, 0);
        Entry(sector * 2 + 128, streamName, 2, 2, (uint)padded);
        content.CopyTo(file, sector * 3);
        return new MemoryStream(file);

        void Entry(int at, string name, byte kind, uint start, uint size)
        {
            Encoding.Unicode.GetBytes(name).CopyTo(file, at);
            Short(at + 64, name.Length * 2 + 2);
            file[at + 66] = kind;
            Word(at + 68, 0xFFFFFFFF);
            Word(at + 72, 0xFFFFFFFF);
            Word(at + 76, kind == 5 ? 1 : 0xFFFFFFFF);
            Word(at + 116, start);
            Word(at + 120, size);
        }
    }
}
