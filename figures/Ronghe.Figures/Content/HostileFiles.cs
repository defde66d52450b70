using System.Text;
using Ronghe.Tests.Platform.Files;
using Ronghe.Tests.Platform.Spreadsheets;

namespace Ronghe.Figures.Content;

/// <summary>A file as an attacker sends it.</summary>
/// <param name="What">In words.</param>
/// <param name="Name">As it calls itself.</param>
/// <param name="IsPhoto">Sent as a photo; otherwise as a list to import.</param>
/// <param name="MayComeClean">A picture with something beside it: taking in the picture alone is as good as refusing.</param>
sealed record HostileFile(string What, string Name, byte[] Bytes, bool IsPhoto, string? MayComeClean = null);

static class HostileFiles
{
    const string Laughs = """<!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY x SYSTEM "file:///etc/passwd">]>""";
    const string Script = "<script>alert(document.cookie)</script>";

    public static async Task<List<HostileFile>> AllAsync()
    {
        var jpeg = await TestImages.JpegAsync(TestImages.Quarters(200, 100));
        return [.. Archives(), .. Xml(), .. NoSheets(jpeg), .. Damaged(), .. Pixels(jpeg), .. Polyglots(jpeg), .. await BrokenPhotosAsync(jpeg)];
    }

    static IEnumerable<HostileFile> Archives()
    {
        yield return Sheet("a sheet that inflates to 600 MB", HandMade.Xlsx(HandMade.Repeated(HandMade.SheetStart, "<row r=\"1\"/>", 50_000_000, HandMade.SheetEnd)));
        yield return Sheet("texts that inflate to 300 MB", HandMade.Xlsx(HandMade.Text(HandMade.SheetStart + HandMade.SheetEnd), HandMade.Repeated(HandMade.StringsStart, "<si><t>a</t></si>", 16_000_000, "</sst>")));
        yield return Sheet("one text of 200 MB", HandMade.Xlsx(HandMade.Repeated(HandMade.SheetStart + "<row><c t=\"inlineStr\"><is><t>", "aaaaaaaaaa", 20_000_000, "</t></is></c></row>" + HandMade.SheetEnd)));
        yield return Sheet("40,000 entries", HandMade.Zip([.. Enumerable.Range(0, 40_000).Select(i => ($"f{i}", ""))]));
        yield return Sheet("an archive in an archive", HandMade.Zip(("a.zip", stream => HandMade.Zip(("b.zip", "x")).CopyTo(stream))));
        yield return Sheet("300 sheets of nothing", HandMade.Zip([.. Enumerable.Range(0, 300).Select(i => ($"xl/worksheets/sheet{i}.xml", HandMade.SheetStart + HandMade.SheetEnd))]));
        yield return Sheet("entries that lead outside", HandMade.Zip(("../../../../tmp/ronghe-outside.txt", "x"), ("/etc/ronghe-outside", "x")));
    }

    static IEnumerable<HostileFile> Xml()
    {
        yield return Sheet("a billion laughs", HandMade.Xlsx(HandMade.Text(Laughs + HandMade.SheetStart + "<row><c t=\"inlineStr\"><is><t>&c;&x;</t></is></c></row>" + HandMade.SheetEnd)));
        yield return Sheet("an entity in the texts", HandMade.Xlsx(HandMade.Text(HandMade.SheetStart + HandMade.SheetEnd), HandMade.Text(Laughs + HandMade.StringsStart + "<si><t>&x;</t></si></sst>")));
        yield return Sheet("a million levels", HandMade.Xlsx(HandMade.Repeated(HandMade.SheetStart, "<a>", 1_000_000, "")));
        yield return Sheet("200,000 names", HandMade.Xlsx(stream =>
        {
            HandMade.Text(HandMade.SheetStart)(stream);
            for (var i = 0; i < 200_000; i++) stream.Write(Encoding.UTF8.GetBytes($"<n{i}/>"));
        }));
        yield return Sheet("one element with 300,000 attributes", HandMade.Xlsx(stream =>
        {
            HandMade.Text(HandMade.SheetStart + "<row ")(stream);
            for (var i = 0; i < 300_000; i++) stream.Write(Encoding.UTF8.GetBytes($"a{i}=\"\" "));
            HandMade.Text("/>" + HandMade.SheetEnd)(stream);
        }));
        yield return Sheet("XML in UTF-16", HandMade.Xlsx(stream => stream.Write([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(HandMade.SheetStart + HandMade.SheetEnd)])));
        yield return Sheet("a sheet that leads to a file of the server", HandMade.Zip(("_rels/.rels", HandMade.Relationships(("rId1", "officeDocument", "file:///etc/passwd")))));
        yield return Sheet("a column beyond the last", HandMade.Xlsx("<row><c r=\"XFD1\"><v>1</v></c></row>"));
        yield return Sheet("a row beyond the last", HandMade.Xlsx("<row r=\"1048577\"><c><v>1</v></c></row>"));
    }

    static IEnumerable<HostileFile> NoSheets(byte[] jpeg)
    {
        foreach (var (name, bytes) in new (string, byte[])[]
        {
            ("a.xlsx", "%PDF-1.7 ..."u8.ToArray()), ("a.xlsx", Encoding.UTF8.GetBytes("<!doctype html>" + Script)), ("a.xls", "<?xml version=\"1.0\"?><Workbook/>"u8.ToArray()), ("a.xlsx", jpeg),
            ("a.csv", "PK\u0003\u0004rest"u8.ToArray()), ("a.xlsx", "PK\u0003\u0004 and nothing of a zip"u8.ToArray()), ("a.xlsx", [0, 1, 2, 3, 4, 5, 6, 7]), ("a.csv", "a,b\0c\n"u8.ToArray()), ("a.csv", []),
            ("a.xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]), ("a.xlsm", HandMade.Zip(("xl/vbaProject.bin", "x")).ToArray()), ("a.exe", "MZ"u8.ToArray()), ("a", "abc"u8.ToArray()),
            ("a.csv", Encoding.UTF8.GetBytes(new string('a', 8 << 20))), ("a.csv", Encoding.UTF8.GetBytes("工号,姓名\n\"" + new string('a', 4 << 20))),
            ("a.xlsx", HandMade.Compound("EncryptedPackage", new byte[5000]).ToArray()), ("a.xls", HandMade.Compound("WordDocument", new byte[5000]).ToArray()),
        }) yield return new($"no list: {name}, {bytes.Length} bytes", name, bytes, false);
    }

    /// <summary>A sound roster whose archive is cut or has bytes turned where its directory lies.</summary>
    static IEnumerable<HostileFile> Damaged()
    {
        var whole = HandMade.Xlsx("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>工号</t></is></c></row>").ToArray();
        for (var i = 1; i <= 10; i++) yield return new($"cut at {i * 9} %", "a.xlsx", whole[..(whole.Length * i * 9 / 100)], false);
        var random = new Random(26);
        for (var i = 0; i < 10; i++)
        {
            var bytes = (byte[])whole.Clone();
            for (var hit = 0; hit < 40; hit++) bytes[whole.Length - 1 - random.Next(whole.Length / 3)] ^= (byte)random.Next(1, 256);
            yield return new($"a damaged directory {i}", "a.xlsx", bytes, false);
        }
    }

    static IEnumerable<HostileFile> Pixels(byte[] jpeg)
    {
        foreach (var (width, height) in new[] { (50_000, 50_000), (12_001, 10), (10, 12_001), (7_000, 6_000), (int.MaxValue, int.MaxValue), (0, 10), (65_535, 65_535) })
            yield return new($"a PNG of {width}×{height}", "a.png", TestImages.Png(width, height, new byte[100_000]), true);
        yield return new("a PNG of 50,000×50,000 as its pixels would be", "a.png", TestImages.Png(50_000, 50_000, new byte[200 << 20]), true);
        var large = (byte[])jpeg.Clone();
        for (var at = 2; at < large.Length - 9; at += 2 + (large[at + 2] << 8 | large[at + 3]))
            if (large[at + 1] is 0xc0 or 0xc2)
            {
                (large[at + 5], large[at + 6], large[at + 7], large[at + 8]) = (0xc3, 0x50, 0xc3, 0x50);
                break;
            }
        yield return new("a JPEG that says 50,000×50,000", "a.jpg", large, true);
        byte[] scan = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0];
        yield return new("a JPEG of 1,000 scans", "a.jpg", [.. jpeg[..^2], .. Enumerable.Repeat(scan, 1000).SelectMany(bytes => bytes), 0xff, 0xd9], true);
        byte[] bomb = [.. "note\0\0"u8, .. TestImages.Deflate(new byte[200 << 20])];
        yield return new("a PNG with 200 MB of text", "a.png", TestImages.Png(10, 10, new byte[10 * 31], ("zTXt", bomb)), true, "note");
    }

    static IEnumerable<HostileFile> Polyglots(byte[] jpeg)
    {
        foreach (var (name, text) in new[]
        {
            ("a.jpg", "<!doctype html>" + Script), ("a.png", "<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/>" + Script + "</svg>"), ("a.jpg", "GIF89a" + Script + new string('.', 50)),
            ("a.jpg", "%PDF-1.7\n" + Script + new string('.', 50)), ("a.jpg", "BM" + Script + new string('.', 50)), ("a.jpg", "II*\0" + Script + new string('.', 50)), ("a.jpg", "P6\n2 2\n255\n" + new string('.', 50)),
            ("a.jpg", "#define width 1\n" + Script + new string('.', 50)), ("a.mvg", "push graphic-context\nimage over 0,0 0,0 'file:///etc/passwd'" + new string('.', 20)),
        }) yield return new($"{name} that is {text[..12].Trim()}", name, Encoding.UTF8.GetBytes(text), true);
        yield return new("a workbook that calls itself a photo", "a.jpg", HandMade.Xlsx("").ToArray(), true);
        yield return new("a photo followed by an archive and a script", "a.jpg", [.. jpeg, .. Encoding.UTF8.GetBytes("PK\u0003\u0004" + Script)], true, Script);
        byte[] comment = Encoding.UTF8.GetBytes(Script);
        yield return new("a photo with a script in its comment", "a.jpg", [.. jpeg[..2], 0xff, 0xfe, (byte)(comment.Length + 2 >> 8), (byte)(comment.Length + 2), .. comment, .. jpeg[2..]], true, Script);
        yield return new("a photo that calls itself a web page", "a.html", [.. jpeg, .. comment], true, Script);
    }

    static async Task<List<HostileFile>> BrokenPhotosAsync(byte[] jpeg)
    {
        var png = await TestImages.ConvertAsync(TestImages.Noise(300, 200), "ppm", "png");
        return
        [
            new("half a JPEG", "a.jpg", jpeg[..(jpeg.Length / 2)], true), new("half a PNG", "a.png", png[..(png.Length / 2)], true), new("nothing", "a.jpg", "x"u8.ToArray(), true),
            new("13 MB", "a.jpg", [.. jpeg, .. new byte[13 << 20]], true),
        ];
    }

    static HostileFile Sheet(string what, MemoryStream bytes) => new(what, "a.xlsx", bytes.ToArray(), false);
}
