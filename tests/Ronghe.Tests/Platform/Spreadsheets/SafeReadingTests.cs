using System.Text;
using Ronghe.Platform;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Tests.Platform.Spreadsheets;

/// <summary>What cannot or must not be read gets a clear answer, and little memory.</summary>
public class SafeReadingTests
{
    static Refusal Refused(Stream file, string name = "x.xlsx", SheetLimits? limits = null) =>
        Assert.Throws<Refusal>(() => PlantFiles.Read(file, name, limits));

    /// <summary>Refused with these words, and while allocating less than so many megabytes.</summary>
    static void RefusedWithin(long megabytes, Stream file, string words)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refusal = Refused(file);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Contains(words, refusal.Message);
        Assert.True(allocated < megabytes << 20, $"allocated {allocated >> 20} MB");
    }

    [Fact]
    public void A_file_of_200_MB_is_refused_without_being_read()
    {
        var path = Path.GetTempFileName();
        try
        {
            using var file = new FileStream(path, FileMode.Open);
            file.SetLength(200L << 20);
            Assert.Contains("200 MB", Refused(file).Message);
            Assert.Equal(0, file.Position);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void An_upload_without_a_length_is_cut_off_at_the_limit()
    {
        var endless = new Endless();
        Assert.Contains("上限", Refused(endless, limits: SheetLimits.Default with { FileBytes = 1 << 20 }).Message);
        Assert.InRange(endless.Given, 1 << 20, 2 << 20);
    }

    [Fact]
    public void A_refusal_says_that_nothing_was_taken_in_and_names_the_field()
    {
        var refusal = Refused(new MemoryStream());
        Assert.Equal("file", refusal.Field);
        Assert.Contains("没有导入任何数据", refusal.Message);
    }

    public static TheoryData<string, byte[], string> OtherThings => new()
    {
        { "x.xlsx", [], "空的" },
        { "x.pdf", "%PDF-1.7"u8.ToArray(), "不支持 .pdf" },
        { "noextension", "abc"u8.ToArray(), "没有扩展名" },
        { "x.xlsx", "%PDF-1.7 ..."u8.ToArray(), "PDF" },
        { "x.xlsx", "<!DOCTYPE html><html><table>"u8.ToArray(), "网页" },
        { "x.xls", Encoding.UTF8.GetBytes("\uFEFF\n <html><body><table><tr><td>工号"), "网页" },
        { "x.xls", "<?xml version=\"1.0\"?><Workbook/>"u8.ToArray(), "XML" },
        { "x.xlsx", Encoding.UTF8.GetBytes("工号,姓名\n1,张三\n"), ".csv" },
        { "x.csv", "PK\u0003\u0004rest"u8.ToArray(), ".xlsx 工作簿" },
        { "x.xls", "PK\u0003\u0004rest"u8.ToArray(), "改为 .xlsx" },
        { "x.xlsx", [0x89, (byte)'P', (byte)'N', (byte)'G', 0, 0], "图片" },
        { "x.xlsx", [0xFF, 0xD8, 0xFF, 0xE0, 0, 0], "图片" },
        { "x.xlsx", "PK\u0003\u0004 and then nothing of a zip"u8.ToArray(), "损坏" },
        { "x.xlsx", [0, 1, 2, 3, 4, 5, 6, 7], "损坏" },
        { "x.xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], "损坏" },
        { "x.csv", "a,b\0c\n"u8.ToArray(), "二进制" },
        { "x.csv", "\n\n  \n"u8.ToArray(), "没有任何数据" },
    };

    [Theory]
    [MemberData(nameof(OtherThings))]
    public void Things_that_are_no_spreadsheet_are_named_for_what_they_are(string name, byte[] content, string words) =>
        Assert.Contains(words, Refused(new MemoryStream(content), name).Message);

    [Fact]
    public void An_encrypted_workbook_is_told_from_a_broken_one()
    {
        Assert.Contains("密码", Refused(HandMade.Compound("EncryptedPackage", new byte[5000]), "x.xlsx").Message);
        Assert.Contains("密码", Refused(HandMade.Compound("EncryptedPackage", new byte[5000]), "x.xls").Message);
        // BOF of a workbook, then FILEPASS with RC4.
        byte[] locked = [0x09, 0x08, 16, 0, 0x00, 0x06, 0x05, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x2F, 0, 54, 0, 1, 0, 1, 0, 1, 0, .. new byte[48], 0x0A, 0, 0, 0];
        Assert.Contains("密码", Refused(HandMade.Compound("Workbook", locked), "x.xls").Message);
    }

    [Fact]
    public void Other_office_files_are_told_from_workbooks()
    {
        Assert.Contains("Word", Refused(HandMade.Zip(("_rels/.rels", HandMade.Relationships(("r", "officeDocument", "word/document.xml"))), ("word/document.xml", "<x/>"))).Message);
        Assert.Contains("Word", Refused(HandMade.Compound("WordDocument", new byte[5000]), "x.xls").Message);
        Assert.Contains(".xlsb", Refused(HandMade.Zip(("_rels/.rels", HandMade.Relationships(("r", "officeDocument", "xl/workbook.bin"))), ("xl/workbook.bin", "x"))).Message);
        Assert.Contains("OpenDocument", Refused(HandMade.Zip(("mimetype", "x"), ("content.xml", "<x/>"))).Message);
        Assert.Contains("损坏", Refused(HandMade.Zip(("readme.txt", "x"))).Message);
    }

    [Fact]
    public void A_sheet_that_inflates_without_end_is_stopped_early() =>
        RefusedWithin(100, HandMade.Xlsx(HandMade.Repeated(HandMade.SheetStart, "<row r=\"1\"/>", 10_000_000, HandMade.SheetEnd)), "解压");

    [Fact]
    public void Shared_strings_that_inflate_without_end_are_stopped_early() =>
        RefusedWithin(150, HandMade.Xlsx(HandMade.Text(HandMade.SheetStart + HandMade.SheetEnd), HandMade.Repeated(HandMade.StringsStart, "<si><t>a</t></si>", 5_000_000, "</sst>")), "解压");

    [Fact]
    public void One_endless_text_is_stopped_early()
    {
        RefusedWithin(20, HandMade.Xlsx(HandMade.Repeated(HandMade.SheetStart + "<row><c t=\"inlineStr\"><is><t>", "aaaaaaaaaa", 2_000_000, "</t></is></c></row>" + HandMade.SheetEnd)), "字");
        RefusedWithin(20, HandMade.Xlsx(HandMade.Repeated(HandMade.SheetStart + "<row><c r=\"", "A", 5_000_000, "\"/></row>" + HandMade.SheetEnd)), "字");
        RefusedWithin(20, HandMade.Xlsx(HandMade.Text(HandMade.SheetStart), HandMade.Repeated(HandMade.StringsStart + "<si>", "<r><t>aaaaaaaaaaaaaaaaaaaa</t></r>", 400_000, "</si></sst>")), "字");
    }

    [Fact]
    public void Endless_depth_is_stopped_early_and_endless_names_cost_nothing()
    {
        RefusedWithin(20, HandMade.Xlsx(HandMade.Repeated(HandMade.SheetStart, "<a>", 1_000_000, "")), "层次");
        RefusedWithin(2, HandMade.Xlsx(stream =>
        {
            HandMade.Text(HandMade.SheetStart)(stream);
            for (var i = 0; i < 200_000; i++) stream.Write(Encoding.UTF8.GetBytes($"<n{i}/>"));
        }), "损坏");
    }

    [Fact]
    public void Entities_are_never_expanded()
    {
        const string laughs = """<!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>""";
        Assert.Contains("DTD", Refused(HandMade.Xlsx(HandMade.Text(laughs + HandMade.SheetStart + "<row><c t=\"inlineStr\"><is><t>&b;&c;</t></is></c></row>" + HandMade.SheetEnd))).Message);
    }

    [Fact]
    public void An_archive_of_very_many_entries_is_refused_before_it_is_listed() =>
        RefusedWithin(4, HandMade.Zip([.. Enumerable.Range(0, 3000).Select(i => ($"f{i}", ""))]), "解压");

    [Fact]
    public void Parts_in_another_encoding_are_refused() =>
        Assert.Contains("编码", Refused(HandMade.Xlsx(stream => stream.Write(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(HandMade.SheetStart + HandMade.SheetEnd)).ToArray()))).Message);

    [Fact]
    public void Rows_columns_cells_sheets_and_text_have_limits()
    {
        static string Rows(int count) => string.Concat(Enumerable.Range(1, count).Select(i => $"<row r=\"{i}\"><c r=\"A{i}\"><v>1</v></c><c r=\"J{i}\"><v>1</v></c></row>"));
        Assert.Contains("行数", Refused(HandMade.Xlsx(Rows(11)), limits: SheetLimits.Default with { Rows = 10 }).Message);
        Assert.Contains("单元格数", Refused(HandMade.Xlsx(Rows(11)), limits: SheetLimits.Default with { Cells = 100 }).Message);
        Assert.Contains("列数", Refused(HandMade.Xlsx("<row><c r=\"XFD1\"><v>1</v></c></row>")).Message);
        Assert.Contains("不同文字", Refused(HandMade.Xlsx("", "<si/><si/><si/>"), limits: SheetLimits.Default with { SharedStrings = 2 }).Message);
        Assert.Contains("总字数", Refused(HandMade.Xlsx(string.Concat(Enumerable.Repeat("<row><c t=\"s\"><v>0</v></c></row>", 50)), "<si><t>0123456789</t></si>"), limits: SheetLimits.Default with { Characters = 400 }).Message);
        Assert.Contains("行号", Refused(HandMade.Xlsx("<row r=\"1048577\"><c><v>1</v></c></row>")).Message);
        Assert.Contains("合并", Refused(HandMade.Xlsx("<row><c><v>1</v></c></row>", afterRows: "<mergeCells>" + string.Concat(Enumerable.Repeat("<mergeCell ref=\"A1:B2\"/>", 11)) + "</mergeCells>"), limits: SheetLimits.Default with { Merges = 10 }).Message);
        Assert.Contains("32,767", Refused(HandMade.Xlsx($"<row><c t=\"inlineStr\"><is><t>{new string('a', 32_768)}</t></is></c></row>")).Message);
        Assert.Equal(32_767, PlantFiles.Read(HandMade.Xlsx($"<row><c t=\"inlineStr\"><is><t>{new string('a', 32_767)}</t></is></c></row>"), "x.xlsx").Sheets[0]["A1"].Length);
    }

    [Fact]
    public void A_million_empty_formatted_rows_cost_nothing()
    {
        var workbook = PlantFiles.Read(HandMade.Xlsx("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"A1048576\" s=\"1\"/></row>"), "x.xlsx");
        Assert.Single(workbook.Sheets[0].Rows);
    }

    [Fact]
    public void Hostile_merges_are_filled_within_bounds()
    {
        var merges = "<mergeCells>" + string.Concat(Enumerable.Repeat("<mergeCell ref=\"A1:XFD1048576\"/>", 5000)) + "</mergeCells>";
        var rows = string.Concat(Enumerable.Range(1, 3000).Select(i => $"<row r=\"{i}\"><c r=\"A{i}\"><v>1</v></c></row>"));
        var sheet = PlantFiles.Read(HandMade.Xlsx(rows, afterRows: merges), "x.xlsx").Sheets[0];
        sheet.FillMerges(1, CellAddress.LastRow, right: true);
        Assert.Equal(256, sheet.Row(1)!.Width);
    }

    [Fact]
    public void A_truncated_or_damaged_file_is_refused_or_read_but_never_crashes()
    {
        var whole = File.ReadAllBytes(PlantFiles.PathOf("org.xlsx"));
        var xls = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Platform", "Spreadsheets", "Fixtures", "staff.xls"));
        var random = new Random(20251031);
        for (var i = 0; i < 400; i++)
        {
            var (bytes, name) = i % 2 == 0 ? ((byte[])whole.Clone(), "x.xlsx") : ((byte[])xls.Clone(), "x.xls");
            if (i % 10 < 2) bytes = bytes[..random.Next(bytes.Length)];
            else for (var hits = random.Next(1, 30); hits > 0; hits--) bytes[random.Next(8, bytes.Length)] = (byte)random.Next(256);
            try
            {
                PlantFiles.Read(new MemoryStream(bytes), name);
            }
            catch (Refusal refusal)
            {
                Assert.Contains("没有导入任何数据", refusal.Message);
            }
        }
    }

    [Fact]
    public void Reading_can_be_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        using var file = HandMade.Xlsx(string.Concat(Enumerable.Repeat("<row><c><v>1</v></c></row>", 5000)));
        Assert.Throws<OperationCanceledException>(() => WorkbookReader.Read(file, "x.xlsx", cancel: cancelled.Token));
    }

    sealed class Endless : MemoryStream
    {
        public long Given { get; private set; }
        public override bool CanSeek => false;
        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
        public override int Read(Span<byte> buffer)
        {
            Given += buffer.Length;
            return buffer.Length;
        }
    }
}
