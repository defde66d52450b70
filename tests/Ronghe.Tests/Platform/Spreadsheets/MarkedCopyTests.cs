using System.IO.Compression;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Ronghe.Platform.Spreadsheets;
using Workbook = Ronghe.Platform.Spreadsheets.Workbook;

namespace Ronghe.Tests.Platform.Spreadsheets;

/// <summary>The same file back, with red cells, a comment per cell and a list.</summary>
public class MarkedCopyTests
{
    static readonly SheetError[] RosterErrors =
    [
        new("员工花名册", "B83", "duplicate", "工号重复"),
        new("员工花名册", "E36", "impossible-date", "没有13月"),
        new("员工花名册", "E36", "joined-too-young", "入党时不满18岁"),
        new("员工花名册", "H32", "missing-value", "班组没有填写"),
        new("员工花名册", "G200", "unknown-unit", "没有这个部门"),
    ];

    static MemoryStream Mark(Stream original, Workbook workbook, params SheetError[] errors)
    {
        var marked = new MemoryStream();
        MarkedCopy.Write(original, workbook, errors, marked);
        marked.Position = 0;
        return marked;
    }

    static MemoryStream MarkRoster(params SheetError[] errors)
    {
        using var original = File.OpenRead(PlantFiles.PathOf("roster.xlsx"));
        return Mark(original, PlantFiles.Read("roster.xlsx"), errors);
    }

    static string? Fill(WorkbookPart book, WorksheetPart sheet, string address)
    {
        var cell = sheet.Worksheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.Cell>().Single(c => c.CellReference == address);
        var sheetStyles = book.WorkbookStylesPart!.Stylesheet;
        var xf = sheetStyles.CellFormats!.Elements<CellFormat>().ElementAt((int)(cell.StyleIndex?.Value ?? 0));
        return sheetStyles.Fills!.Elements<Fill>().ElementAt((int)(xf.FillId?.Value ?? 0)).PatternFill?.ForegroundColor?.Rgb?.Value;
    }

    static Dictionary<string, string> Notes(WorksheetPart sheet) =>
        sheet.WorksheetCommentsPart!.Comments.CommentList!.Elements<Comment>().ToDictionary(c => c.Reference!.Value!, c => c.CommentText!.InnerText);

    static WorksheetPart First(SpreadsheetDocument document) =>
        (WorksheetPart)document.WorkbookPart!.GetPartById(document.WorkbookPart.Workbook.Sheets!.Elements<DocumentFormat.OpenXml.Spreadsheet.Sheet>().First().Id!);

    [Fact]
    public void Wrong_cells_turn_red_and_carry_one_comment_each_with_all_their_messages()
    {
        using var document = SpreadsheetDocument.Open(MarkRoster(RosterErrors), false);
        var sheet = First(document);
        foreach (var cell in new[] { "B83", "E36", "H32", "G192" }) Assert.Equal("FFFF9999", Fill(document.WorkbookPart!, sheet, cell));
        Assert.Null(Fill(document.WorkbookPart!, sheet, "B84"));
        var notes = Notes(sheet);
        Assert.Equal(["B83", "E36", "G192", "H32"], notes.Keys.Order());
        Assert.Equal("1. 没有13月\n2. 入党时不满18岁", notes["E36"]);
        Assert.Equal("没有这个部门", notes["G192"]);
    }

    [Fact]
    public void A_mark_keeps_the_number_format_and_border_of_its_cell()
    {
        using var before = SpreadsheetDocument.Open(PlantFiles.PathOf("roster.xlsx"), false);
        using var after = SpreadsheetDocument.Open(MarkRoster(new SheetError("员工花名册", "E5", "impossible-date", "x")), false);
        static CellFormat Format(SpreadsheetDocument document) => document.WorkbookPart!.WorkbookStylesPart!.Stylesheet.CellFormats!.Elements<CellFormat>()
            .ElementAt((int)First(document).Worksheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.Cell>().Single(c => c.CellReference == "E5").StyleIndex!.Value);
        Assert.Equal(Format(before).NumberFormatId!.Value, Format(after).NumberFormatId!.Value);
        Assert.Equal(Format(before).BorderId!.Value, Format(after).BorderId!.Value);
    }

    [Fact]
    public void Everything_else_in_the_file_stays_as_it_was()
    {
        var before = PlantFiles.Read("roster.xlsx").Sheets[0];
        var marked = MarkRoster(RosterErrors);
        var after = PlantFiles.Read(marked, "x.xlsx").Sheets[0];
        Assert.Equal(before.Merges, after.Merges);
        Assert.Equal(before.Widths, after.Widths);
        Assert.Equal(before.Rows.Count, after.Rows.Count);
        foreach (var row in before.Rows)
            for (var column = 0; column < row.Width; column++)
            {
                var (a, b) = (row[column], after[column, row.Number]);
                Assert.True(a.ToString() == b.ToString() && a.Kind == b.Kind && a.Format == b.Format && a.HasFormula == b.HasFormula, CellAddress.Of(column, row.Number));
            }
        using var zip = new ZipArchive(marked, ZipArchiveMode.Read, leaveOpen: true);
        using var sheet = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        var xml = sheet.ReadToEnd();
        Assert.Contains("topLeftCell=\"D5\" activePane=\"bottomRight\" state=\"frozen\"", xml);
        Assert.Contains("hidden=\"true\" outlineLevel=\"0\" max=\"11\" min=\"11\"", xml);
    }

    [Theory]
    [InlineData("roster.xlsx", "员工花名册")]
    [InlineData("hazard-ledger.xlsx", "隐患台账")]
    [InlineData("org.xlsx", "党组织")]
    public void A_marked_file_satisfies_the_schema(string file, string sheet)
    {
        using var original = File.OpenRead(PlantFiles.PathOf(file));
        var marked = Mark(original, PlantFiles.Read(file), [new(sheet, "B5", "a", "甲"), new(sheet, "C9", "b", "乙"), new(sheet, "ZZ900", "c", "丙"), new(sheet, "", "d", "丁")]);
        Assert.Empty(PlantFiles.SchemaErrors(marked).Except(PlantFiles.SchemaErrors(original)));
    }

    [Fact]
    public void The_list_names_sheet_cell_value_kind_and_message()
    {
        var list = PlantFiles.Read(MarkRoster(RosterErrors), "x.xlsx").Named("错误清单")!;
        Assert.Equal(["工作表", "单元格", "填写的内容", "问题类别", "问题与改法"], Enumerable.Range(0, 5).Select(c => list[c, 1].ToString()));
        var roster = PlantFiles.Read("roster.xlsx").Sheets[0];
        for (var i = 0; i < RosterErrors.Length; i++)
            Assert.Equal([RosterErrors[i].Sheet, RosterErrors[i].Cell, roster[RosterErrors[i].Cell].ToString(), RosterErrors[i].Kind, RosterErrors[i].Message],
                Enumerable.Range(0, 5).Select(c => list[c, i + 2].ToString()));
    }

    [Fact]
    public void Comments_that_were_there_are_kept_and_joined()
    {
        var first = MarkRoster(new SheetError("员工花名册", "B83", "a", "甲"), new SheetError("员工花名册", "C9", "a", "乙"));
        var theirs = Replaced(first, "<author>导入检查</author>", "<author>张三</author>", "错误清单", "旧清单");
        var workbook = PlantFiles.Read(theirs, "x.xlsx");
        using var document = SpreadsheetDocument.Open(Mark(theirs, workbook, [new("员工花名册", "B83", "b", "丙"), new("员工花名册", "D5", "b", "丁")]), false);
        var notes = Notes(First(document));
        Assert.Equal(["B83", "C9", "D5"], notes.Keys.Order());
        Assert.StartsWith("甲", notes["B83"]);
        Assert.EndsWith("丙", notes["B83"]);
        Assert.Equal("乙", notes["C9"]);
        var boxes = new StreamReader(First(document).VmlDrawingParts.Single().GetStream()).ReadToEnd();
        Assert.Equal(3, boxes.Split("ObjectType=\"Note\"").Length - 1);
    }

    [Fact]
    public void A_second_check_takes_away_marks_of_what_was_mended()
    {
        var first = MarkRoster(RosterErrors);
        var workbook = PlantFiles.Read(first, "x.xlsx");
        using var document = SpreadsheetDocument.Open(Mark(first, workbook, [new("员工花名册", "B83", "duplicate", "工号仍然重复")]), false);
        var sheet = First(document);
        Assert.Equal("FFFF9999", Fill(document.WorkbookPart!, sheet, "B83"));
        Assert.Null(Fill(document.WorkbookPart!, sheet, "E36"));
        Assert.Equal("工号仍然重复", Assert.Single(Notes(sheet)).Value);
        Assert.Equal(["员工花名册", "错误清单"], document.WorkbookPart!.Workbook.Sheets!.Elements<DocumentFormat.OpenXml.Spreadsheet.Sheet>().Select(s => s.Name!.Value!));
        Assert.Single(document.WorkbookPart.WorksheetParts, part => part.Uri.ToString().Contains("errors"));
    }

    [Fact]
    public void Marks_of_a_former_check_are_known_even_when_their_author_was_forgotten()
    {
        var first = Replaced(MarkRoster(RosterErrors), "<author>导入检查</author>", "<author> </author>");
        using var document = SpreadsheetDocument.Open(Mark(first, PlantFiles.Read(first, "x.xlsx"), [new("员工花名册", "E36", "impossible-date", "仍然没有13月")]), false);
        Assert.Equal(("E36", "仍然没有13月"), (Assert.Single(Notes(First(document))).Key, Notes(First(document))["E36"]));
        Assert.Null(Fill(document.WorkbookPart!, First(document), "G192"));
    }

    [Fact]
    public void A_comment_that_ours_had_joined_is_theirs_again_after_mending()
    {
        var theirs = Replaced(MarkRoster(new SheetError("员工花名册", "B83", "a", "请核实")), "<author>导入检查</author>", "<author>张三</author>", "错误清单", "旧清单");
        var joined = Mark(theirs, PlantFiles.Read(theirs, "x.xlsx"), [new("员工花名册", "B83", "b", "丙")]);
        using var document = SpreadsheetDocument.Open(Mark(joined, PlantFiles.Read(joined, "x.xlsx"), [new("员工花名册", "C9", "b", "丁")]), false);
        Assert.Equal(new Dictionary<string, string> { ["B83"] = "请核实", ["C9"] = "丁" }, Notes(First(document)));
    }

    [Fact]
    public void A_csv_comes_back_as_a_marked_workbook()
    {
        var csv = new MemoryStream("工号,姓名\n000123,张三\n=1+1,李四\n"u8.ToArray());
        var workbook = PlantFiles.Read(csv, "人员.csv");
        using var marked = Mark(csv, workbook, [new("人员", "A3", "bad-number", "工号不对")]);
        var back = PlantFiles.Read(marked, MarkedCopy.NameFor("人员.csv"));
        Assert.Equal("人员-问题标注.xlsx", back.FileName);
        Assert.Equal(("000123", "=1+1", false), (back.Sheets[0]["A2"].ToString(), back.Sheets[0]["A3"].ToString(), back.Sheets[0]["A3"].HasFormula));
        Assert.Equal("错误清单", back.Sheets[1].Name);
        using var document = SpreadsheetDocument.Open(marked, false);
        Assert.Equal("FFFF9999", Fill(document.WorkbookPart!, First(document), "A3"));
        Assert.Empty(PlantFiles.SchemaErrors(marked));
    }

    [Theory]
    [InlineData("<authors>", "<authors")]
    [InlineData("<numFmts", "<!DOCTYPE x><numFmts")]
    [InlineData("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")]
    public void A_file_that_cannot_be_changed_in_place_comes_back_as_a_fresh_workbook_with_the_same_values(string part, string damaged)
    {
        var original = Replaced(MarkRoster(new SheetError("员工花名册", "B83", "a", "甲")), part, damaged);
        var workbook = PlantFiles.Read("roster.xlsx");
        using var document = SpreadsheetDocument.Open(Mark(original, workbook, [new("员工花名册", "B84", "b", "乙")]), false);
        Assert.Equal("FFFF9999", Fill(document.WorkbookPart!, First(document), "B84"));
        Assert.Equal("乙", Assert.Single(Notes(First(document))).Value);
    }

    static MemoryStream Replaced(MemoryStream file, params string[] pairs)
    {
        var copy = new MemoryStream();
        using (var from = new ZipArchive(file, ZipArchiveMode.Read))
        using (var to = new ZipArchive(copy, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var entry in from.Entries)
            {
                using var reader = new StreamReader(entry.Open());
                using var writer = new StreamWriter(to.CreateEntry(entry.FullName).Open());
                writer.Write(pairs.Chunk(2).Aggregate(reader.ReadToEnd(), (text, pair) => text.Replace(pair[0], pair[1], StringComparison.Ordinal)));
            }
        copy.Position = 0;
        return copy;
    }
}
