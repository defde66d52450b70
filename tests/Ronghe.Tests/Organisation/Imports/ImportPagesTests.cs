using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Findings;
using Ronghe.Organisation.Imports;
using Ronghe.Organisation.People;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Tests.Organisation.Imports;

/// <summary>The import pages, as the administrator and the safety officer go through them.</summary>
public class ImportPagesTests(TestApp app) : IClassFixture<TestApp>
{
    static int next = 1000;

    World World => app.World;

    /// <summary>A number that nobody has.</summary>
    static string Number() => (++next).ToString("000000", null);

    static string Field(IHtmlDocument page, string name) =>
        page.QuerySelector<IHtmlSelectElement>($"select[name='{name}']")?.Value ?? throw new InvalidOperationException($"no {name}");

    Task<ImportRun> RunAt(string address)
    {
        var id = Guid.Parse(address.Split('/')[^1]);
        return app.InDatabase(db => db.ImportRuns.AsNoTracking().SingleAsync(run => run.Id == id));
    }

    Task<int> PeopleAsync() => app.InDatabase(db => db.People.CountAsync());

    [Fact]
    public async Task A_file_is_checked_shown_taken_in_and_undone()
    {
        var feng = await app.SignInAs(World.Feng);
        var before = await PeopleAsync();
        var (one, two) = (Number(), Number());
        var at = await feng.StartAsync("people", Uploads.Xlsx("名单", "工号|姓名|部门|班组", $"{one}|甲一|发电一部|运行一值", $"{two}|乙二|设备部|"), "名单.xlsx");
        var page = await feng.ReadAsync(at);
        Assert.Equal(("0", "1", "2"), (Field(page, "column.0.number"), Field(page, "column.0.name"), Field(page, "column.0.department")));
        Assert.Contains($"例如 {one}、{two}", page.Body!.TextContent);
        Assert.Equal(before, await PeopleAsync());

        var answer = await feng.SubmitAsync(at, handler: "ApplyAll", form: "main form");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(before + 2, await PeopleAsync());
        page = await feng.ReadAsync(at);
        Assert.Contains("已导入", page.Body!.TextContent);
        Assert.Null(page.QuerySelector("select[name='column.0.number']"));

        Assert.Equal(HttpStatusCode.Redirect, (await feng.SubmitAsync(at, handler: "Undo", form: "main form")).StatusCode);
        Assert.Equal(before, await PeopleAsync());
        Assert.Contains("已撤销", (await feng.ReadAsync("/imports")).Body!.TextContent);
    }

    [Fact]
    public async Task A_corrected_column_is_remembered_for_the_next_file_with_the_same_headings_only_when_asked()
    {
        var feng = await app.SignInAs(World.Feng);
        byte[] File() => Uploads.Xlsx("A", "人员代号|称呼|归属", $"{Number()}|丙三|发电一部");
        var saved = await app.InDatabase(db => db.ImportMappings.CountAsync());
        var first = await feng.StartAsync("people", File(), "a.xlsx");
        var page = await feng.ReadAsync(first);
        Assert.Contains("还没有指定", page.Body!.TextContent);
        var columns = new Dictionary<string, string> { ["column.0.number"] = "0", ["column.0.name"] = "1", ["column.0.department"] = "2" };
        await feng.SubmitAsync(first, columns, handler: "Check", form: "main form");
        Assert.Equal((1, 1), (await RunAt(first)) is var run ? (run.Counts.Rows, run.Counts.Valid) : default);
        Assert.Equal(saved, await app.InDatabase(db => db.ImportMappings.CountAsync()));

        var second = await feng.StartAsync("people", File(), "b.xlsx");
        Assert.Equal(0, (await RunAt(second)).Counts.Rows);
        await feng.SubmitAsync(second, new Dictionary<string, string>(columns) { ["Save"] = "true" }, handler: "Check", form: "main form");
        var third = await feng.StartAsync("people", File(), "c.xlsx");
        Assert.Equal((1, 1), (await RunAt(third)) is var again ? (again.Counts.Rows, again.Counts.Valid) : default);
        Assert.Equal("2", Field(await feng.ReadAsync(third), "column.0.department"));
    }

    [Fact]
    public async Task What_was_changed_on_the_form_is_checked_before_anything_goes_in()
    {
        var feng = await app.SignInAs(World.Feng);
        var (number, before) = (Number(), await PeopleAsync());
        var at = await feng.StartAsync("people", Uploads.Xlsx("A", "工号|姓名|部门|原部门", $"{number}|丁四|发电一部|设备部"), "d.xlsx");
        var answer = await feng.SubmitAsync(at, new Dictionary<string, string> { ["column.0.department"] = "3" }, handler: "ApplyAll", form: "main form");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(before, await PeopleAsync());
        Assert.Contains("还没有导入", (await feng.ReadAsync(at)).Body!.TextContent);
        await feng.SubmitAsync(at, handler: "ApplyAll", form: "main form");
        Assert.Equal(World.Equipment.Id, await app.InDatabase(db => db.People.Where(p => p.Number == number).Select(p => p.UnitId).SingleAsync()));
    }

    [Fact]
    public async Task The_list_may_stand_in_another_sheet_or_further_down_than_was_thought()
    {
        var feng = await app.SignInAs(World.Feng);
        var bytes = new MemoryStream();
        using (var writer = new SheetWriter(bytes))
        {
            writer.Sheet("说明", [new("工号"), new("姓名"), new("部门")]);
            writer.Row().Text("填六位").Text("填全名").Text("填简称");
            writer.Sheet("数据", [new("甲"), new("乙"), new("丙")]);
            writer.Row().Text("代号").Text("称呼").Text("归属");
            writer.Row().Text(Number()).Text("戊五").Text("设备部");
        }
        var at = await feng.StartAsync("people", bytes.ToArray(), "两张表.xlsx");
        Assert.Equal("说明", Field(await feng.ReadAsync(at), "sheet.0"));
        await feng.SubmitAsync(at, new Dictionary<string, string> { ["sheet.0"] = "数据", ["header.0"] = "2" }, handler: "Check", form: "main form");
        var columns = new Dictionary<string, string> { ["column.0.number"] = "0", ["column.0.name"] = "1", ["column.0.department"] = "2" };
        await feng.SubmitAsync(at, columns, handler: "Check", form: "main form");
        var run = await RunAt(at);
        Assert.Equal((1, 1, 0), (run.Counts.Rows, run.Counts.Valid, run.Counts.Errors));
        await feng.SubmitAsync(at, new Dictionary<string, string> { ["sheet.0"] = "" }, handler: "Check", form: "main form");
        Assert.Contains("还没有选择要导入的工作表", (await feng.ReadAsync(at)).Body!.TextContent);
    }

    [Fact]
    public async Task Errors_are_named_by_cell_and_the_same_file_comes_back_marked()
    {
        var feng = await app.SignInAs(World.Feng);
        var before = await PeopleAsync();
        var at = await feng.StartAsync("people", Uploads.Xlsx("名单", "工号|姓名|部门|出生年月", $"{Number()}||发电一部|1985.13", $"{Number()}|己六|发电一部|1985.12"), "名单.xlsx");
        var page = await feng.ReadAsync(at);
        var rows = page.QuerySelectorAll("table tbody tr").Select(row => row.TextContent).ToList();
        Assert.Contains(rows, row => row.Contains("名单") && row.Contains("B3") && row.Contains("姓名没有填写"));
        Assert.Contains(rows, row => row.Contains("D3") && row.Contains("1985.13"));
        Assert.Contains("按“全部正确才导入”不能导入任何一行", page.Body!.TextContent);

        var refused = await feng.PostAsync($"{at}?handler=ApplyAll", new { Version = (await RunAt(at)).Version.ToString() });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal(before, await PeopleAsync());

        var marked = await feng.GetAsync($"{at}?handler=Marked");
        Assert.Equal("名单-问题标注.xlsx", marked.Content.Headers.ContentDisposition!.FileNameStar);
        using var document = SpreadsheetDocument.Open(await marked.Content.ReadAsStreamAsync(), false);
        var sheets = document.WorkbookPart!.Workbook.Descendants<DocumentFormat.OpenXml.Spreadsheet.Sheet>().ToList();
        Assert.Equal(["名单", "错误清单"], sheets.Select(sheet => sheet.Name!.Value));
        var part = (WorksheetPart)document.WorkbookPart.GetPartById(sheets[0].Id!);
        var notes = part.WorksheetCommentsPart!.Comments.CommentList!.Elements<Comment>().ToDictionary(note => note.Reference!.Value!, note => note.CommentText!.InnerText);
        Assert.Equal(["B3", "D3"], notes.Keys.Order());
        Assert.Contains("姓名没有填写", notes["B3"]);
        Assert.Equal("FFFF9999", Fill(document.WorkbookPart, part, "D3"));

        Assert.Equal(HttpStatusCode.Redirect, (await feng.SubmitAsync(at, handler: "ApplyGood", form: "main form")).StatusCode);
        Assert.Equal(before + 1, await PeopleAsync());
    }

    static string? Fill(WorkbookPart book, WorksheetPart sheet, string address)
    {
        var styles = book.WorkbookStylesPart!.Stylesheet;
        var cell = sheet.Worksheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.Cell>().Single(c => c.CellReference == address);
        var format = styles.CellFormats!.Elements<CellFormat>().ElementAt((int)cell.StyleIndex!.Value);
        return styles.Fills!.Elements<Fill>().ElementAt((int)format.FillId!.Value).PatternFill?.ForegroundColor?.Rgb?.Value;
    }

    [Fact]
    public async Task Strange_words_for_places_categories_states_and_units_are_answered_once_and_can_be_answered_anew()
    {
        await app.InDatabase(async db => { await HazardCategoryPack.LoadAsync(db, Program.ContentFolder); return 0; });
        var category = await app.InDatabase(db => db.HazardCategories.OrderBy(c => c.Id).Select(c => c.Name).FirstAsync());
        var sun = await app.SignInAs(World.Sun);
        byte[] Ledger(string number) => Uploads.Xlsx("台账", "编号|排查日期|隐患地点|隐患描述|隐患类别|责任部门|整改责任人|整改期限|状态",
            $"{number}|2026-10-01|锅炉顶上|护栏松动|老毛病|设备处|刘洋|2026-12-01|正在弄");
        var at = await sun.StartAsync("findings", Ledger("YH-2026-9001"), "台账.xlsx");
        var page = await sun.ReadAsync(at);
        string Asked(string word) => page.QuerySelectorAll("select[name^='word.']").OfType<IHtmlSelectElement>()
            .Single(select => page.QuerySelector($"label[for='{select.Id}']")!.TextContent.Contains($"“{word}”")).Name!;
        Assert.Contains(page.QuerySelectorAll("datalist option").Select(option => option.GetAttribute("value")), name => name == "锅炉房");
        var answers = new Dictionary<string, string>
        {
            [Asked("锅炉顶上").Replace("word", "other")] = "锅炉房", [Asked("老毛病").Replace("word", "other")] = category, [Asked("设备处")] = "设备部", [Asked("正在弄")] = "整改中", ["Save"] = "true",
        };
        await sun.SubmitAsync(at, answers, handler: "Check", form: "main form");
        Assert.Equal((1, 0), (await RunAt(at)) is var run ? (run.Counts.Valid, run.Counts.Errors) : default);
        page = await sun.ReadAsync(at);
        Assert.Contains("都答过了", page.Body!.TextContent);
        Assert.Equal("设备部", page.QuerySelector<IHtmlSelectElement>($"select[name='{Asked("设备处")}']")!.Value);
        await sun.SubmitAsync(at, handler: "ApplyAll", form: "main form");
        var finding = await app.InDatabase(db => db.Findings.SingleAsync(f => f.Number == "YH-2026-9001"));
        Assert.Equal((World.BoilerHouse.Id, World.Equipment.Id, FindingStatus.Assigned), (finding.PlaceId, finding.UnitId, finding.Status));
        Assert.Equal(category, await app.InDatabase(db => db.HazardCategories.Where(c => c.Id == finding.CategoryId).Select(c => c.Name).SingleAsync()));

        var next = await sun.StartAsync("findings", Ledger("YH-2026-9002"), "下月.xlsx");
        Assert.Equal((1, 0), (await RunAt(next)) is var second ? (second.Counts.Valid, second.Counts.Errors) : default);
        page = await sun.ReadAsync(next);
        await sun.SubmitAsync(next, new Dictionary<string, string> { [Asked("正在弄")] = "", [Asked("锅炉顶上")] = "keep" }, handler: "Check", form: "main form");
        Assert.Contains(ImportReport.FromJson((await RunAt(next)).Report).Errors, error => error.Kind == "unknown-status");
    }

    [Fact]
    public async Task What_was_built_on_an_import_or_changed_since_keeps_it_from_being_undone()
    {
        var (feng, number) = (await app.SignInAs(World.Feng), Number());
        var at = await feng.StartAsync("people", Uploads.Xlsx("名单", "工号|姓名|部门", $"{number}|庚七|发电一部"), "名单.xlsx");
        await feng.SubmitAsync(at, handler: "ApplyAll", form: "main form");
        var person = await app.InDatabase(db => db.People.AsNoTracking().SingleAsync(p => p.Number == number));
        await app.AsAsync(World.Feng, services => services.GetRequiredService<PeopleActions>().MoveAsync(person.Id, World.Equipment.Id, person.Version));
        var refused = await feng.SubmitAsync(at, handler: "Undo", form: "main form");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains($"庚七（{number}）已改动", await refused.TextAsync());
        Assert.Equal(1, await app.InDatabase(db => db.People.CountAsync(p => p.Number == number)));
    }

    [Fact]
    public async Task Only_who_may_import_a_list_sees_its_imports()
    {
        var feng = await app.SignInAs(World.Feng);
        var at = await feng.StartAsync("people", Uploads.Csv("工号,姓名,部门", $"{Number()},辛八,发电一部"), "x.csv");
        var wang = await app.SignInAs(World.Wang);
        foreach (var address in new[] { "/imports", "/imports/new?kind=people", at }) Assert.Equal(HttpStatusCode.Forbidden, (await wang.GetAsync(address)).StatusCode);
        var sun = await app.SignInAs(World.Sun);
        Assert.Equal(HttpStatusCode.Forbidden, (await sun.GetAsync("/imports/new?kind=people")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await sun.GetAsync(at)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await sun.PostAsync($"{at}?handler=ApplyAll", new { Version = "1" })).StatusCode);
        Assert.DoesNotContain("x.csv", (await sun.ReadAsync("/imports")).Body!.TextContent);
    }

    [Fact]
    public async Task Two_who_decide_at_once_do_not_import_twice()
    {
        var (feng, number) = (await app.SignInAs(World.Feng), Number());
        var at = await feng.StartAsync("people", Uploads.Csv("工号,姓名,部门", $"{number},壬九,发电一部"), "x.csv");
        var version = (await RunAt(at)).Version.ToString();
        Assert.Equal(HttpStatusCode.Redirect, (await feng.PostAsync($"{at}?handler=ApplyAll", new { Version = version })).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await feng.PostAsync($"{at}?handler=ApplyAll", new { Version = version })).StatusCode);
        Assert.Equal(1, await app.InDatabase(db => db.People.CountAsync(p => p.Number == number)));
    }

    [Fact]
    public async Task The_same_form_sent_again_is_one_upload_and_another_file_is_another()
    {
        var (feng, id) = (await app.SignInAs(World.Feng), Guid.CreateVersion7());
        var file = Uploads.Csv("工号,姓名,部门", $"{Number()},癸十,发电一部");
        var first = await feng.UploadAsync("people", file, "x.csv", id);
        var again = await feng.UploadAsync("people", file, "x.csv", id);
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        var other = await feng.UploadAsync("people", Uploads.Csv("工号,姓名,部门", $"{Number()},子一,发电一部"), "y.csv", id);
        Assert.Equal(HttpStatusCode.Redirect, other.StatusCode);
        Assert.NotEqual(first.Headers.Location, other.Headers.Location);
    }

    [Fact]
    public async Task The_pages_cost_few_round_trips()
    {
        var feng = await app.SignInAs(World.Feng);
        var at = await feng.StartAsync("people", Uploads.Csv("工号,姓名,部门", $"{Number()},丑二,发电九部"), "x.csv");
        Assert.InRange(await feng.CountRoundTripsAsync("/imports"), 1, 3);
        Assert.InRange(await feng.CountRoundTripsAsync("/imports/new?kind=people"), 1, 2);
        Assert.InRange(await feng.CountRoundTripsAsync(at), 1, 4);
    }

    [Fact]
    public async Task The_template_is_read_back_and_its_sample_row_is_passed_over()
    {
        var feng = await app.SignInAs(World.Feng);
        var template = await feng.GetAsync("/imports/new?handler=Template&kind=people");
        var at = await feng.StartAsync("people", await template.Content.ReadAsByteArrayAsync(), "模板.xlsx");
        Assert.Equal((0, 0), (await RunAt(at)) is var run ? (run.Counts.Rows, run.Counts.Errors) : default);
        Assert.Contains("示例行", (await feng.ReadAsync(at)).Body!.TextContent);
    }
}
