using DocumentFormat.OpenXml.Packaging;
using Ronghe.Platform.Spreadsheets;
using Workbook = Ronghe.Platform.Spreadsheets.Workbook;

namespace Ronghe.Tests.Platform.Spreadsheets;

public class WritingTests
{
    static readonly SheetColumn[] Columns =
    [
        new("编号", SheetColumnKind.Code), new("描述", SheetColumnKind.LongText), new("日期", SheetColumnKind.Date), new("金额", SheetColumnKind.Number), new("时间", SheetColumnKind.Time),
    ];

    static (Workbook Workbook, MemoryStream Bytes) Written(Action<SheetWriter> write, int rowsPerSheet = CellAddress.LastRow)
    {
        var bytes = new MemoryStream();
        using (var writer = new SheetWriter(bytes, rowsPerSheet)) write(writer);
        bytes.Position = 0;
        return (PlantFiles.Read(bytes, "out.xlsx"), bytes);
    }

    [Fact]
    public void Values_come_back_as_what_they_are()
    {
        var (workbook, bytes) = Written(file =>
        {
            file.Sheet("台账", Columns, "隐患台账", "截至 2025-10-31");
            file.Row().Text("000123").Text("管道\n漏汽 <1>&\"").Date(new DateOnly(2025, 3, 7)).Number(1234.5m).Time(new DateTime(2025, 3, 7, 8, 30, 0));
            file.Row().Text(null).Skip().Date((DateOnly?)null).Number(null).Time(null);
        });
        var sheet = workbook.Sheets[0];
        Assert.Equal(("隐患台账", "截至 2025-10-31", "编号"), (sheet["A1"].ToString(), sheet["A2"].ToString(), sheet["A3"].ToString()));
        Assert.Equal(("000123", "管道\n漏汽 <1>&\""), (sheet["A4"].ToString(), sheet["B4"].ToString()));
        Assert.Equal((CellKind.Date, "2025-03-07"), (sheet["C4"].Kind, sheet["C4"].ToString()));
        Assert.Equal((CellKind.Number, 1234.5), (sheet["D4"].Kind, sheet["D4"].Number));
        Assert.Equal("2025-03-07 08:30:00", sheet["E4"].ToString());
        Assert.Null(sheet.Row(5));
        Assert.Empty(PlantFiles.SchemaErrors(bytes));
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+86 139")]
    [InlineData("-5")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1+1")]
    [InlineData("\r=1+1")]
    [InlineData("＝1+1")]
    [InlineData("＋1")]
    [InlineData("－1")]
    [InlineData("＠A1")]
    [InlineData("  =1+1")]
    [InlineData("=HYPERLINK(\"http://x\",\"y\")")]
    [InlineData("_x000D_")]
    [InlineData("a_x0041_b")]
    public void Text_that_looks_like_a_formula_stays_text_for_ever(string text)
    {
        var (workbook, bytes) = Written(file =>
        {
            file.Sheet("x", Columns);
            file.Row().Text(text).Text(text);
        });
        foreach (var address in new[] { "A2", "B2" })
        {
            var cell = workbook.Sheets[0][address];
            Assert.Equal((CellKind.Text, text, false), (cell.Kind, cell.ToString(), cell.HasFormula));
        }
        if (!FormulaSigns.Contains(text.TrimStart()[0])) return;
        using var document = SpreadsheetDocument.Open(bytes, false);
        var written = document.WorkbookPart!.WorksheetParts.Single().Worksheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.Cell>().Single(c => c.CellReference == "A2");
        var format = document.WorkbookPart.WorkbookStylesPart!.Stylesheet.CellFormats!.Elements<DocumentFormat.OpenXml.Spreadsheet.CellFormat>().ElementAt((int)written.StyleIndex!.Value);
        Assert.Null(written.CellFormula);
        Assert.True(format.QuotePrefix!.Value);
        Assert.Equal(49u, format.NumberFormatId!.Value);
    }

    const string FormulaSigns = "=+-@＝＋－＠";

    [Fact]
    public void Characters_that_a_file_cannot_hold_are_left_out()
    {
        var (workbook, _) = Written(file =>
        {
            file.Sheet("x", Columns);
            file.Row().Text("a\0b\u0001c\uD800d\uFFFE😀e");
        });
        Assert.Equal("abcd😀e", workbook.Sheets[0]["A2"].ToString());
    }

    [Fact]
    public void A_text_beyond_what_a_cell_can_hold_ends_with_an_ellipsis()
    {
        var (workbook, _) = Written(file =>
        {
            file.Sheet("x", Columns);
            file.Row().Text(new string('长', 40_000));
        });
        var text = workbook.Sheets[0]["A2"].ToString();
        Assert.Equal((32_767, '…'), (text.Length, text[^1]));
    }

    [Fact]
    public void Rows_beyond_the_last_of_a_sheet_go_on_in_a_further_sheet_under_the_same_header()
    {
        var (workbook, bytes) = Written(file =>
        {
            file.Sheet("台账", Columns, "标题");
            for (var i = 1; i <= 17; i++) file.Row().Text($"{i:000}");
        }, rowsPerSheet: 10);
        Assert.Equal(["台账", "台账 (2)", "台账 (3)"], workbook.Sheets.Select(sheet => sheet.Name));
        Assert.All(workbook.Sheets, sheet => Assert.Equal("编号", sheet["A2"].ToString()));
        Assert.Equal(["001", "009", "017"], workbook.Sheets.Select(sheet => sheet["A3"].ToString()));
        Assert.Empty(PlantFiles.SchemaErrors(bytes));
    }

    [Fact]
    public void Sheet_names_are_made_legal_and_unique()
    {
        var (workbook, bytes) = Written(file =>
        {
            foreach (var name in new[] { "2025/10 [隐患]", "2025/10 [隐患]", "", new string('名', 40) })
            {
                file.Sheet(name, Columns);
                file.Row().Text("1");
            }
        });
        Assert.Equal(["202510 隐患", "202510 隐患 (2)", "Sheet", new string('名', 31)], workbook.Sheets.Select(sheet => sheet.Name));
        Assert.Empty(PlantFiles.SchemaErrors(bytes));
    }

    [Fact]
    public async Task A_long_export_reaches_the_stream_while_it_is_written()
    {
        var bytes = new MemoryStream();
        var grew = 0;
        await using (var writer = new SheetWriter(bytes))
        {
            writer.Sheet("x", Columns);
            var before = 0L;
            await writer.WriteAsync(Numbers(20_000), (row, i) =>
            {
                row.Text($"{i * 7919:000000}").Text($"描述{i * 104729}").Date(new DateOnly(2025, 1, 1).AddDays(i % 300)).Number(i);
                if (bytes.Length > before) grew++;
                before = bytes.Length;
            }, TestContext.Current.CancellationToken);
        }
        Assert.True(grew > 2, $"grew {grew} times");
        bytes.Position = 0;
        Assert.Equal(20_001, PlantFiles.Read(bytes, "x.xlsx").Sheets[0].Rows.Count);
    }

    static async IAsyncEnumerable<int> Numbers(int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (i % 1000 == 0) await Task.Yield();
            yield return i;
        }
    }

    [Fact]
    public void A_template_is_found_by_its_own_import_and_its_sample_row_is_passed_over()
    {
        var spec = new SheetSpec("people", "员工花名册",
        [
            new("number", "工号") { Required = true, Kind = ColumnKind.Code, Example = "000123", Explanation = "六位数字。" },
            new("name", "姓名") { Required = true, Example = "=张三" },
            new("sex", "性别") { Options = ["男", "女"], Example = "男" },
            new("unit", "部门") { Options = [.. Enumerable.Range(1, 200).Select(i => $"第{i}部门")] },
            new("joined", "入党时间") { Kind = ColumnKind.Date, Example = "2012-06-28" },
        ]);
        var bytes = new MemoryStream();
        TemplateWriter.Write(bytes, spec);
        bytes.Position = 0;
        var workbook = PlantFiles.Read(bytes, "模板.xlsx");
        Assert.Equal(["员工花名册", "填写说明", "选项"], workbook.Sheets.Select(sheet => sheet.Name));
        var reading = new SheetReading(workbook, HeaderFinder.FindOne(workbook, spec), spec);
        Assert.Equal("员工花名册", reading.Mapping.Sheet);
        Assert.Empty(reading.Rows());
        Assert.Equal("示例行", Assert.Single(reading.Skipped).Reason);
        Assert.Empty(PlantFiles.SchemaErrors(bytes));
        using var document = SpreadsheetDocument.Open(bytes, false);
        var lists = document.WorkbookPart!.WorksheetParts.SelectMany(part => part.Worksheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.DataValidation>()).ToList();
        Assert.Equal(["\"男,女\"", "'选项'!$A$1:$A$200"], lists.Select(list => list.Formula1!.Text));
    }
}
