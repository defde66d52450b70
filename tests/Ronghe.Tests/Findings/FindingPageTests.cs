using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Ronghe.Findings;
using Ronghe.Platform.Spreadsheets;
using Ronghe.Tests.Platform.Files;

namespace Ronghe.Tests.Findings;

/// <summary>The pages of findings over HTTP: budgets, double sending, reports without a name, board, export, settings.</summary>
public class FindingPageTests(TestApp app) : IClassFixture<TestApp>
{
    World World => app.World;

    [Fact]
    public async Task List_detail_and_my_work_keep_their_budget_of_round_trips()
    {
        var id = await app.ReportAsync(World.Zhang, "往返次数", World.CoalFeeder.Id);
        await app.AssignAsync(id);
        await app.RectifyAsync(id);
        foreach (var person in new[] { World.Sun, World.Zhang, World.Zhao, World.He })
        {
            var visitor = await app.SignInAs(person);
            Assert.InRange(await visitor.CountRoundTripsAsync("/"), 2, 7);
            Assert.InRange(await visitor.CountRoundTripsAsync("/todo"), 2, 7);
            Assert.InRange(await visitor.CountRoundTripsAsync("/findings"), 2, 4);
            Assert.InRange(await visitor.CountRoundTripsAsync($"/findings?unit={World.Equipment.Id}&status=Rectified&q=往返"), 2, 4);
            Assert.InRange(await visitor.CountRoundTripsAsync($"/findings/{id}"), 2, 8);
        }
        var fresh = await app.ReportAsync(World.Zhang, "还要定级的也一样", World.CoalFeeder.Id);
        Assert.InRange(await (await app.SignInAs(World.Sun)).CountRoundTripsAsync($"/findings/{fresh}"), 2, 8);
    }

    [Fact]
    public async Task A_report_sent_twice_one_after_the_other_or_at_once_is_stored_once()
    {
        var zhang = await app.SignInAs(World.Zhang);
        var form = (await zhang.ReadAsync("/findings/report")).QuerySelector<IHtmlInputElement>("input[name='Form.Id']")!.Value;
        Task<HttpResponseMessage> Send() => zhang.PostAsync("/findings/report", new { Form__Id = form, Form__Description = "按了两次", Form__PlaceText = "汽机房零米" }, "/findings/report");
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Send()));
        answers = [.. answers, await Send()];
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode));
        Assert.Equal(1, await app.InDatabase(db => db.Findings.CountAsync(f => f.Description == "按了两次")));
        Assert.Equal(1, await app.InDatabase(db => db.Journal.CountAsync(row => row.SubjectId == Guid.Parse(form) && row.Event == "finding.reported")));
    }

    [Fact]
    public async Task Going_back_and_writing_something_else_is_not_taken_for_the_same_report()
    {
        var zhang = await app.SignInAs(World.Zhang);
        var shown = await zhang.GetAsync("/findings/report");
        Assert.DoesNotContain("no-store", shown.Headers.CacheControl!.ToString());
        var id = (await shown.PageAsync()).QuerySelector<IHtmlInputElement>("input[name='Form.Id']")!.Value;
        await zhang.PostAsync("/findings/report", new { Form__Id = id, Form__Description = "先报的一条", Form__PlaceText = "油库" }, "/findings/report");
        var other = await zhang.PostAsync("/findings/report", new { Form__Id = id, Form__Description = "回退后改写的", Form__PlaceText = "油库" }, "/findings/report");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Contains("刚才已经报过一条，编号 YH-", await other.ProblemsAsync());
        var again = (await other.PageAsync()).QuerySelector<IHtmlInputElement>("input[name='Form.Id']")!.Value;
        Assert.NotEqual(id, again);
        await zhang.PostAsync("/findings/report", new { Form__Id = again, Form__Description = "回退后改写的", Form__PlaceText = "油库" }, "/findings/report");
        Assert.Equal(2, await app.InDatabase(db => db.Findings.CountAsync(f => f.PlaceText == "油库")));
    }

    [Fact]
    public async Task Refused_reports_leave_no_gap_in_the_numbers()
    {
        var zhang = await app.SignInAs(World.Zhang);
        async Task<int> NumberAsync()
        {
            await zhang.SubmitAsync("/findings/report", new { Form__Description = "编号连续", Form__PlaceText = "升压站" });
            return int.Parse(await app.InDatabase(db => db.Findings.OrderByDescending(f => f.Number).Select(f => f.Number.Substring(8)).FirstAsync()), System.Globalization.CultureInfo.InvariantCulture);
        }
        var first = await NumberAsync();
        var refused = await zhang.SubmitAsync("/findings/report", new { Form__Description = "", Form__PlaceText = "升压站" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("请写下看到了什么", await refused.ProblemsAsync());
        Assert.Equal("升压站", (await refused.PageAsync()).QuerySelector<IHtmlInputElement>("#Form_PlaceText")!.Value);
        Assert.Equal(first + 1, await NumberAsync());
    }

    [Fact]
    public async Task A_sign_fills_in_the_place_and_its_unit_gets_the_report()
    {
        var zhang = await app.SignInAs(World.Zhang);
        var page = await zhang.ReadAsync("/findings/report?place=A01-01");
        Assert.Equal("锅炉房 · 1号炉给煤机", page.QuerySelector<IHtmlInputElement>("#Form_PlaceText")!.Value);
        await zhang.SubmitAsync("/findings/report?place=A01-01", new { Form__Description = "扫码报的" });
        await zhang.SubmitAsync("/findings/report", new { Form__Description = "自己写地点的", Form__PlaceText = "食堂后门" });
        var stored = await app.InDatabase(db => db.Findings.Where(f => f.Description == "扫码报的" || f.Description == "自己写地点的").OrderBy(f => f.ReportedAt).ToListAsync());
        Assert.Equal([(World.Equipment.Id, (Guid?)World.CoalFeeder.Id), (World.ShiftTwo.Id, null)], stored.Select(f => (f.UnitId, f.PlaceId)));
    }

    [Fact]
    public async Task A_report_without_a_name_leaves_no_name_anywhere()
    {
        var zhang = await app.SignInAs(World.Zhang);
        using var body = new MultipartFormDataContent();
        foreach (var (name, value) in new[] { ("Form.Description", "不署名的一条"), ("Form.PlaceText", "配电室"), ("Form.WithoutName", "true"), ("__RequestVerificationToken", await zhang.TokenAsync("/findings/report")) })
            body.Add(new StringContent(value), name);
        var photo = new ByteArrayContent(await TestImages.JpegAsync(TestImages.Quarters(40, 30))) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };
        body.Add(photo, "Form.Photos", "张海的手机 0205.jpg");
        var answer = await zhang.SendAsync(new(HttpMethod.Post, "/findings/report") { Content = body });
        Assert.Equal("/findings/reported", answer.Headers.Location?.ToString());

        var everything = await app.InDatabase(async db =>
        {
            var finding = await db.Findings.AsNoTracking().Include(f => f.Steps).SingleAsync(f => f.Description == "不署名的一条");
            Assert.Equal(World.Plant.Id, finding.UnitId);
            Assert.Single(await db.FindingPhotos.Where(p => p.FindingId == finding.Id).ToListAsync());
            Assert.Equal(WorldUnitFree, (finding.ReporterId, finding.ReporterUnitId));
            var rows = new List<object> { finding };
            rows.AddRange(finding.Steps);
            rows.AddRange(await db.FindingPhotos.Where(p => p.FindingId == finding.Id).ToListAsync());
            rows.AddRange(await db.Files.Where(f => f.OwnerId == finding.Id).ToListAsync());
            rows.AddRange(await db.Journal.Where(r => r.SubjectId == finding.Id).ToListAsync());
            Assert.All(await db.Journal.Where(r => r.SubjectId == finding.Id).ToListAsync(), row => Assert.Null(row.RequestId));
            return string.Concat(rows.SelectMany(row => row.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0).Select(p => $"{p.GetValue(row)}|")));
        });
        foreach (var trace in new[] { World.Zhang.Id.ToString(), World.AccountIds[World.Zhang.Id].ToString(), World.Zhang.Number, "张海", World.ShiftTwo.Id.ToString(), World.Operations.Id.ToString() })
            Assert.DoesNotContain(trace, everything);

        var thanks = (await zhang.ReadAsync("/findings/reported")).QuerySelector("main")!.TextContent;
        Assert.Contains("没有署名", thanks);
        Assert.DoesNotContain("不署名的一条", (await zhang.ReadAsync("/")).QuerySelector("main")!.TextContent);
        Assert.Contains("派发：不署名的一条", (await (await app.SignInAs(World.Sun)).ReadAsync("/todo")).QuerySelector("main")!.TextContent);
    }

    static readonly (Guid?, Guid?) WorldUnitFree = (null, null);

    [Fact]
    public async Task The_board_shows_the_hazard_and_the_post_to_everybody_but_no_name()
    {
        var id = await app.ReportAsync(World.Liu, "公示板上的一条", World.CoalFeeder.Id);
        await app.AssignAsync(id);
        foreach (var address in new[] { "/findings/board", "/findings/board?wall=true" })
        {
            var board = (await (await app.SignInAs(World.Zhang)).ReadAsync(address)).QuerySelector("main")!.TextContent;
            Assert.Contains("公示板上的一条", board);
            Assert.Contains("锅炉班", board);
            Assert.Contains("职工", board);
            foreach (var person in World.People) Assert.DoesNotContain(person.Name, board);
        }
    }

    [Fact]
    public async Task The_export_has_the_ledgers_columns_the_filtered_rows_and_no_formula()
    {
        var id = await app.ReportAsync(World.Zhang, "=HYPERLINK(\"http://x\",\"点我\")", World.CoalFeeder.Id);
        await app.AssignAsync(id);
        await app.ReportAsync(World.Zhang, "不在筛选里", World.CoalFeeder.Id);
        var sun = await app.SignInAs(World.Sun);
        var answer = await sun.GetAsync($"/findings/export?status=Assigned&unit={World.BoilerCrew.Id}&q=HYPERLINK");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var content = new MemoryStream(await answer.Content.ReadAsByteArrayAsync());
        var sheet = WorkbookReader.Read(content, "台账.xlsx").Sheets[0];
        string Text(int column, int row) => sheet[column, row].ToString() ?? "";
        var header = Enumerable.Range(1, 6).First(row => Enumerable.Range(0, 3).Any(column => Text(column, row) == "编号"));
        var first = Enumerable.Range(0, 3).First(column => Text(column, header) == "编号");
        Assert.Equal("编号 排查日期 排查类型 隐患地点 设备 隐患描述 隐患类别 等级 发现人 责任部门 整改责任人 整改措施 整改期限 完成日期 复查人 复查日期 状态 备注",
            string.Join(' ', Enumerable.Range(first, 18).Select(column => Text(column, header))));
        Assert.Equal("=HYPERLINK(\"http://x\",\"点我\")", Text(first + 5, header + 1));
        Assert.Equal(("锅炉房", "1号炉给煤机", "张海（0205）", "锅炉班", "刘洋（0303）", "整改中"),
            (Text(first + 3, header + 1), Text(first + 4, header + 1), Text(first + 8, header + 1), Text(first + 9, header + 1), Text(first + 10, header + 1), Text(first + 16, header + 1)));
        Assert.Null(sheet.Row(header + 2));
    }

    [Fact]
    public async Task A_month_is_drawn_once_and_what_was_drawn_waits_to_be_looked_at()
    {
        var id = await app.ReportAsync(World.Zhang, "回头看的一条", World.CoalFeeder.Id);
        await app.AssignAsync(id);
        await app.RectifyAsync(id);
        await app.VerifyAsync(id);
        await app.CloseAsync(id);
        app.Clock.Pass(TimeSpan.FromDays(15));
        var sun = await app.SignInAs(World.Sun);
        Assert.Equal(HttpStatusCode.Redirect, (await sun.SubmitAsync("/findings/rechecks", new { Month = "2026-11" })).StatusCode);
        var again = await sun.SubmitAsync("/findings/rechecks", new { Month = "2026-11" });
        Assert.Contains("已经抽过", await again.ProblemsAsync());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await sun.SubmitAsync("/findings/rechecks", new { Month = "2026-12" })).StatusCode);
        var page = (await sun.ReadAsync("/findings/rechecks")).QuerySelector("a.t")!.GetAttribute("href")!.Split('?')[0];
        Assert.Contains("回头看：", (await sun.ReadAsync("/todo")).QuerySelector("main")!.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await sun.SubmitAsync(page + "?act=Recheck", new { Recheck__Note = "护栏又松了" }, "Recurred", "[data-form=Recheck][open] form")).StatusCode);
        Assert.Equal(FindingStatus.Assigned, (await app.StateOf(Guid.Parse(page.Split('/')[2]))).Status);
        Assert.Contains("护栏又松了", (await sun.ReadAsync("/findings/rechecks")).QuerySelector("main")!.TextContent);
    }

    [Fact]
    public async Task A_changed_rule_moves_the_default_deadline_and_a_stale_change_is_refused()
    {
        var sun = await app.SignInAs(World.Sun);
        Assert.Equal(HttpStatusCode.Redirect, (await sun.SubmitAsync("/findings/rules", new { Form__GeneralDays = 3 }, form: "form.box")).StatusCode);
        var id = await app.ReportAsync(World.Zhang, "默认期限", World.CoalFeeder.Id);
        var hint = (await sun.ReadAsync($"/findings/{id}")).QuerySelector("#Assign_DueOn-hint")!.TextContent;
        Assert.Contains("一般 3 个工作日", hint);
        Assert.Equal(HttpStatusCode.Redirect, (await sun.SubmitAsync("/findings/rules", new { Form__GeneralDays = 4 }, form: "form.box")).StatusCode);
        var stale = await sun.SubmitAsync("/findings/rules", new { version = 1, Form__GeneralDays = 9 }, form: "form.box");
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        Assert.Equal("9", (await stale.PageAsync()).QuerySelector<IHtmlInputElement>("#Form_GeneralDays")!.Value);
        Assert.Equal(4, await app.InDatabase(db => db.FindingRules.Select(r => r.GeneralDays).SingleAsync()));
    }

    [Fact]
    public async Task The_dictionary_is_changed_added_to_and_retired_with_a_line_in_the_journal_each()
    {
        await app.InDatabase(async db =>
        {
            if (await db.HazardCategories.AnyAsync()) return 0;
            db.HazardCategories.Add(new HazardCategory { Id = "HC01", Name = "机务设备" });
            db.HazardCategories.Add(new HazardCategory { Id = "HC01-01", GroupId = "HC01", Name = "受热面", TypicalGrade = "一般", Source = "FC-06" });
            return await db.SaveChangesAsync();
        });
        var sun = await app.SignInAs(World.Sun);
        Assert.Equal(HttpStatusCode.Redirect, (await sun.SubmitAsync("/findings/categories?edit=HC01-01", new { Form__Name = "受热面与承压部件", Form__Examples = "减薄\n吹损" }, "Save")).StatusCode);
        Assert.Equal("/findings/categories?edit=HC01-P01", (await sun.SubmitAsync("/findings/categories?add=HC01", new { Form__Name = "本厂特有" }, "Add")).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Redirect, (await sun.SubmitAsync("/findings/categories?edit=HC01-P01", handler: "Retire")).StatusCode);
        var stale = await sun.SubmitAsync("/findings/categories?edit=HC01-01", new { seen = 0, Form__Name = "旧页面上的名字" }, "Save");
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        var stored = await app.InDatabase(db => db.HazardCategories.OrderBy(c => c.Id).Where(c => c.GroupId == "HC01").ToListAsync());
        Assert.Equal(("受热面与承压部件", "减薄、吹损", true), (stored[0].Name, string.Join('、', stored[0].Examples), stored[0].IsActive));
        Assert.False(stored.Single(c => c.Id == "HC01-P01").IsActive);
        Assert.Equal(["added", "changed", "retired"], await app.InDatabase(db => db.Journal.Where(r => r.SubjectKind == "hazard-category").Select(r => r.Event.Substring(16)).OrderBy(e => e).ToListAsync()));
    }

    [Fact]
    public async Task Two_reports_of_one_hazard_are_merged_and_point_at_each_other()
    {
        var first = await app.ReportAsync(World.Zhang, "护栏松动，第一次报", World.CoalFeeder.Id);
        var second = await app.ReportAsync(World.Liu, "护栏松动，后报的", World.CoalFeeder.Id);
        var sun = await app.SignInAs(World.Sun);
        var answer = await sun.SubmitAsync($"/findings/{second}", new { Merge__MergedIntoId = "护栏松动，第一次报" }, "Merge", "[data-form=Merge] form");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var into = (await sun.ReadAsync($"/findings/{first}")).QuerySelector(".related")!;
        Assert.NotNull(into.QuerySelector($"a[href='/findings/{second}']"));
        Assert.Contains("已合并", into.TextContent);
        Assert.NotNull((await sun.ReadAsync($"/findings/{second}")).QuerySelector($".related a[href='/findings/{first}']"));
    }

    [Fact]
    public async Task Every_page_of_findings_opens_for_whom_it_is_meant()
    {
        var id = await app.ReportAsync(World.Zhang, "打印的一条", World.CoalFeeder.Id);
        await app.AssignAsync(id);
        var sun = await app.SignInAs(World.Sun);
        foreach (var address in new[] { "/", "/todo", "/findings", "/findings?waiting=true", "/findings/report", $"/findings/{id}", $"/findings/{id}/print", "/findings/print?open=true", "/findings/board", "/findings/rechecks", "/findings/rules", "/findings/categories", "/rules?area=safety.hazard&q=重大" })
            Assert.NotNull((await sun.ReadAsync(address)).QuerySelector("h1"));
        var fresh = await app.ReportAsync(World.Zhang, "定级依据", World.CoalFeeder.Id);
        var criteria = (await sun.ReadAsync($"/findings/{fresh}")).QuerySelectorAll(".criteria li small").Select(source => source.TextContent).ToList();
        Assert.Equal(3, criteria.Count);
        Assert.All(criteria, source => Assert.EndsWith("已核对", source));
    }
}
