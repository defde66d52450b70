using System.Text;
using Ronghe.Platform;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Tests.Platform.Spreadsheets;

/// <summary>The file of the next plant: other headings, another order, two sheets, an old .xls, a .csv.</summary>
public class OtherFilesTests
{
    static readonly SheetColumn[] OtherColumns =
    [
        new("加入党组织时间"), new("职工号*"), new("员工\n姓名"), new("所在部门（全称）"), new("参加工作年月"), new("联系电话"), new("备注"),
    ];

    static MemoryStream Other(params string[] sheets)
    {
        var bytes = new MemoryStream();
        using (var writer = new SheetWriter(bytes))
            foreach (var sheet in sheets)
            {
                writer.Sheet(sheet, OtherColumns, "北河电厂人员信息", "填报日期：2025年11月");
                writer.Row().Text("2012.06.28").Text("000123").Text("张　三").Text("运行部").Text("2008.07").Text("1990000-1111").Text("=注");
                writer.Row().Text("").Text("000124").Text("李四").Text("检修部").Text("20080710").Text("19900002222").Text("");
            }
        bytes.Position = 0;
        return bytes;
    }

    static Workbook Xls() => PlantFiles.Read(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Platform", "Spreadsheets", "Fixtures", "staff.xls")), "staff.xls");

    [Fact]
    public void Other_headings_in_another_order_are_understood()
    {
        var workbook = PlantFiles.Read(Other("人员"), "x.xlsx");
        var reading = PlantFiles.Open(workbook, PlantFiles.Roster);
        Assert.Equal(new Dictionary<string, int> { ["joined"] = 0, ["number"] = 1, ["name"] = 2, ["department"] = 3, ["started"] = 4, ["phone"] = 5 },
            reading.Mapping.Columns.ToDictionary());
        Assert.Equal("备注", Assert.Single(reading.Mapping.Unmapped).Title);
        Assert.InRange(reading.Mapping.Scores["started"], 0.45, 0.9);
        var row = reading.Rows().First();
        Assert.Equal(("张三", "000123", "19900001111", new DateOnly(2012, 6, 28)), (row.Name("name"), row.Code("number"), row.Phone("phone"), row.Date("joined")!.Value.Value));
        Assert.Null(row.Date("confirmed"));
        Assert.False(row.Has("confirmed"));
    }

    [Fact]
    public void Two_sheets_of_one_list_are_both_offered_and_a_stray_sheet_is_not()
    {
        var bytes = new MemoryStream();
        using (var writer = new SheetWriter(bytes))
        {
            writer.Sheet("说明", [new("事项"), new("要求")]);
            writer.Row().Text("姓名").Text("如实填写");
            foreach (var sheet in new[] { "在职", "退休" })
            {
                writer.Sheet(sheet, OtherColumns);
                writer.Row().Text("").Text("000123").Text("张三").Text("运行部");
            }
        }
        bytes.Position = 0;
        Assert.Equal(["在职", "退休"], HeaderFinder.Find(PlantFiles.Read(bytes, "x.xlsx"), PlantFiles.Roster).Select(mapping => mapping.Sheet));
    }

    [Fact]
    public void A_file_without_such_a_list_is_refused_with_what_was_looked_for()
    {
        var refusal = Assert.Throws<Refusal>(() => HeaderFinder.FindOne(PlantFiles.Read("hazard-ledger.xlsx"), PlantFiles.Roster));
        Assert.Contains("工号、姓名、部门", refusal.Message);
    }

    [Fact]
    public void A_missing_required_column_is_named()
    {
        var csv = new MemoryStream(Encoding.UTF8.GetBytes("工号,姓名,性别\n000123,张三,男\n"));
        var workbook = PlantFiles.Read(csv, "x.csv");
        var mapping = HeaderFinder.FindOne(workbook, PlantFiles.Roster);
        Assert.Equal("部门", Assert.Single(mapping.Missing(PlantFiles.Roster)).Title);
        Assert.Contains("“部门”", Assert.Throws<Refusal>(() => new SheetReading(workbook, mapping, PlantFiles.Roster)).Message);
    }

    [Fact]
    public void A_corrected_mapping_is_saved_and_used_again_where_the_header_has_moved()
    {
        var workbook = PlantFiles.Read(Other("人员"), "x.xlsx");
        var corrected = HeaderFinder.FindOne(workbook, PlantFiles.Roster).With("post", 6).With("phone", null);
        Assert.Equal(1, corrected.Scores["post"]);
        var saved = ColumnMapping.FromJson(corrected.ToJson());
        Assert.Equal(corrected.ToJson(), saved.ToJson());

        var next = new MemoryStream();
        using (var writer = new SheetWriter(next))
        {
            writer.Sheet("十二月", OtherColumns);
            writer.Row().Text("").Text("000125").Text("王五").Text("运行部");
        }
        next.Position = 0;
        var reused = HeaderFinder.Reuse(PlantFiles.Read(next, "y.xlsx"), saved)!;
        Assert.Equal(("十二月", 1, 2), (reused.Sheet, reused.LastHeaderRow, reused.FirstDataRow));
        Assert.Equal(corrected.Columns, reused.Columns);
        Assert.Null(HeaderFinder.Reuse(PlantFiles.Read("roster.xlsx"), saved));
    }

    [Fact]
    public void A_column_holds_one_thing_only()
    {
        var mapping = HeaderFinder.FindOne(PlantFiles.Read(Other("人员"), "x.xlsx"), PlantFiles.Roster).With("post", 2);
        Assert.Equal(2, mapping.Of("post"));
        Assert.Equal(-1, mapping.Of("name"));
    }

    [Fact]
    public void An_old_binary_workbook_reads_like_a_new_one()
    {
        var reading = PlantFiles.Open(Xls(), PlantFiles.Roster);
        Assert.Equal(("人员", 2, 3), (reading.Mapping.Sheet, reading.Mapping.FirstHeaderRow, reading.Mapping.LastHeaderRow));
        var people = reading.Rows().Select(row => (row.Name("name"), row.Code("number"), row.Line("department"), row.Date("born"), row.Date("joined")?.Value, row.Phone("phone"))).ToList();
        Assert.Equal(
        [
            ("钱进", "001001", "运行部", new PreciseDate(new(1980, 5, 6), DatePrecision.Day), new DateOnly(2005, 7, 1), "19900001111"),
            ("孙立", "001002", "运行部", new PreciseDate(new(1990, 10, 1), DatePrecision.Month), new DateOnly(2012, 6, 28), "19900002222"),
            ("李＝二", "001003", "运行部", new PreciseDate(new(1985, 6, 1), DatePrecision.Month), new DateOnly(2009, 7, 6), null),
            ("=周武", "001004", "检修部", new PreciseDate(new(1999, 12, 1), DatePrecision.Month), null, "19900003333"),
        ], people);
        Assert.Equal(["合计行", "表尾说明"], reading.Skipped.Select(row => row.Reason));
        Assert.Equal(new SheetError("人员", "F7", "formula-error", "“加入党组织时间”的公式结果是错误值 #DIV/0!。请修正公式，或改填结果本身。"), Assert.Single(reading.Errors.All));
    }

    [Fact]
    public void Error_results_in_a_binary_workbook_are_not_lost()
    {
        var sheet = Xls().Sheets[0];
        Assert.Equal((CellKind.Error, "#N/A"), (sheet["G5"].Kind, sheet["G5"].ToString()));
        Assert.Equal((CellKind.Error, "#DIV/0!"), (sheet["F7"].Kind, sheet["F7"].ToString()));
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("GB18030", false)]
    [InlineData("utf-16", true)]
    public void A_csv_is_read_in_the_encodings_that_offices_use(string encoding, bool mark)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var bytes = Encoding.GetEncoding(encoding);
        const string text = "工号,姓名,部门\r\n000123,\"张\"\"三\"\"\",\"运行部\n一值\"\r\n\r\n=1+1,㐂,检修部";
        var file = new MemoryStream([.. mark ? bytes.GetPreamble() : [], .. bytes.GetBytes(text)]);
        var sheet = PlantFiles.Read(file, "人员.csv").Sheets[0];
        Assert.Equal(("人员", 3), (sheet.Name, sheet.Rows.Count));
        Assert.Equal(("000123", "张\"三\"", "运行部\n一值"), (sheet["A2"].ToString(), sheet["B2"].ToString(), sheet["C2"].ToString()));
        Assert.Equal((CellKind.Text, "=1+1", "㐂"), (sheet["A4"].Kind, sheet["A4"].ToString(), sheet["B4"].ToString()));
    }

    [Theory]
    [InlineData("工号;姓名\n1;张三\n")]
    [InlineData("工号\t姓名\n1\t张三\n")]
    public void A_csv_may_be_separated_by_semicolons_or_tabs(string text) =>
        Assert.Equal("张三", PlantFiles.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "x.csv").Sheets[0]["B2"].ToString());

    [Fact]
    public void Dates_of_a_1904_workbook_are_the_days_it_shows()
    {
        var workbook = PlantFiles.Read(HandMade.Xlsx("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>44261</v></c><c r=\"B1\"><v>44261</v></c></row>",
            workbookPr: "<workbookPr date1904=\"1\"/>", styles: "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>"), "x.xlsx");
        Assert.Equal("2025-03-07", workbook.Sheets[0]["A1"].ToString());
        Assert.Equal(new DateOnly(2025, 3, 7), CellDate.Read(workbook.Sheets[0]["B1"], workbook.Date1904).Date!.Value.Value);
    }

    [Fact]
    public void Errors_booleans_rich_text_escapes_and_phonetics_are_read_as_shown()
    {
        var sheet = PlantFiles.Read(HandMade.Xlsx(
            """<row><c t="e"><f>1/0</f><v>#DIV/0!</v></c><c t="b"><v>1</v></c><c t="s"><v>0</v></c><c t="str"><f>A1</f><v>a_x000D_b</v></c><c><f>1+1</f><v>2</v></c><c t="d"><v>2025-03-07</v></c></row>""",
            """<si><r><t>张</t></r><r><t xml:space="preserve"> 三</t></r><rPh sb="0" eb="1"><t>ZHANG</t></rPh></si>"""), "x.xlsx").Sheets[0];
        Assert.Equal((CellKind.Error, "#DIV/0!", true), (sheet["A1"].Kind, sheet["A1"].ToString(), sheet["A1"].HasFormula));
        Assert.Equal((CellKind.Boolean, "TRUE"), (sheet["B1"].Kind, sheet["B1"].ToString()));
        Assert.Equal("张 三", sheet["C1"].ToString());
        Assert.Equal(("a\rb", true), (sheet["D1"].ToString(), sheet["D1"].HasFormula));
        Assert.Equal((2.0, true), (sheet["E1"].Number, sheet["E1"].HasFormula));
        Assert.Equal("2025-03-07", sheet["F1"].ToString());
    }

    [Fact]
    public void Prefixes_comments_character_data_and_entities_are_read_as_XML_means_them()
    {
        const string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        var sheet = PlantFiles.Read(HandMade.Xlsx(HandMade.Text($"""
            <?xml version="1.0" encoding="UTF-8"?><!-- > --><x:worksheet xmlns:x="{main}" note='a > "b"'>
              <x:sheetData><!-- <row> -->
                <x:row r="2" x:other="</row>"><x:c r='B2' t='inlineStr' ><x:is ><x:t>甲&lt;&#20013;&#x1F600;&amp;<![CDATA[<乙>&amp;]]>丙&#13;</x:t></x:is></x:c>
                  <x:c r="C2" t="str"><x:f>"a&gt;b"</x:f><x:v>丁<!-- no text -->戊</x:v></x:c><x:c r="D2"><x:v>&#49;2</x:v></x:c><x:c r="E2"><x:v/></x:c></x:row>
              </x:sheetData>
            </x:worksheet>
            """)), "x.xlsx").Sheets[0];
        Assert.Equal(["甲<中😀&<乙>&amp;丙\r", "丁戊", "12", ""], new[] { "B2", "C2", "D2", "E2" }.Select(at => sheet[at].ToString()));
        Assert.Equal((2, CellKind.Number), (Assert.Single(sheet.Rows).Number, sheet["D2"].Kind));
    }

    [Fact]
    public void Nothing_is_lost_where_one_stretch_of_a_long_sheet_meets_the_next()
    {
        static string Text(int i) => string.Concat(Enumerable.Repeat("中<&>\"'😀\n_x000D_", i % 23 + 1)) + i;
        var bytes = new MemoryStream();
        using (var writer = new SheetWriter(bytes))
        {
            writer.Sheet("x", [new("a"), new("b", SheetColumnKind.Whole)]);
            for (var i = 0; i < 5000; i++) writer.Row().Text(Text(i)).Number(i);
        }
        bytes.Position = 0;
        var sheet = PlantFiles.Read(bytes, "x.xlsx").Sheets[0];
        for (var i = 0; i < 5000; i++) Assert.Equal((Text(i), (double)i), (sheet[0, i + 2].ToString(), sheet[1, i + 2].Number));
    }

    [Theory]
    [InlineData("<row><c><v>1</v></c>")]
    [InlineData("<row><c><v>1</v></c></row></sheetData></worksheet></x>")]
    [InlineData("<row><c r=A1><v>1</v></c></row>")]
    [InlineData("<row><c t=\"inlineStr\"><is><t>&unknown;</t></is></c></row>")]
    [InlineData("<row><c t=\"inlineStr\"><is><t>&#xD800;</t></is></c></row>")]
    [InlineData("<row><c t=\"s\"><v>7</v></c></row>")]
    [InlineData("<row r=\"1\"><c><v>1</v></c></row><row r=\"1\"><c><v>2</v></c></row>")]
    public void XML_that_is_not_well_formed_is_refused(string rows) =>
        Assert.Throws<Refusal>(() => PlantFiles.Read(HandMade.Xlsx(rows), "x.xlsx"));

    [Theory]
    [InlineData(31, "2012-06-28")]
    [InlineData(58, "2012-06-28")]
    [InlineData(57, "2012-06")]
    [InlineData(1, "41088")]
    public void Date_formats_that_only_a_Chinese_Excel_has_are_dates(int format, string shown) =>
        Assert.Equal(shown, PlantFiles.Read(HandMade.Xlsx("<row><c s=\"1\"><v>41088</v></c></row>", styles: $"<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"{format}\"/></cellXfs>"), "x.xlsx").Sheets[0]["A1"].ToString());

    [Fact]
    public void A_header_repeated_on_each_page_and_section_titles_are_no_data()
    {
        const string text = "工号,姓名,部门\n000001,甲,运行部\n小计,,1\n工号,姓名,部门\n000002,乙,检修部\n合 计：,,2\n制表：人事科,,\n";
        var reading = PlantFiles.Open(PlantFiles.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "x.csv"), PlantFiles.Roster);
        Assert.Equal([2, 5], reading.Rows().Select(row => row.Number));
        Assert.Equal(["合计行", "重复的表头", "合计行", "表尾说明"], reading.Skipped.Select(row => row.Reason));
    }

    [Fact]
    public void A_row_that_lacks_most_values_is_still_data_so_that_its_faults_are_reported()
    {
        const string text = "工号,姓名,部门\n,甲,\n000002,,\n";
        var reading = PlantFiles.Open(PlantFiles.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "x.csv"), PlantFiles.Roster);
        foreach (var row in reading.Rows())
        {
            row.Required("number", row.Code("number"));
            row.Required("name", row.Name("name"));
            Assert.True(row.HasErrors);
        }
        Assert.Equal([("A2", "missing-value"), ("B3", "missing-value")], reading.Errors.All.Select(error => (error.Cell, error.Kind)));
    }
}
