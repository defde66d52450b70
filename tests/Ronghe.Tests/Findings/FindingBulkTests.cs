using System.Net;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Ronghe.Findings;

namespace Ronghe.Tests.Findings;

/// <summary>One act on several findings: each tells what became of it, and none gets in another's way.</summary>
public class FindingBulkTests(TestApp app) : IClassFixture<TestApp>
{
    World World => app.World;

    DateOnly Due => DateOnly.FromDateTime(app.Clock.GetUtcNow().Date).AddDays(15);

    async Task<string> PickAsync(Guid id) => new PickedFinding(id, await app.InDatabase(db => db.Findings.Where(f => f.Id == id).Select(f => f.Version).SingleAsync())).ToString();

    /// <summary>Number of the row → badge and reason.</summary>
    static async Task<Dictionary<string, string>> ResultsAsync(HttpResponseMessage answer) =>
        (await answer.PageAsync()).QuerySelectorAll("main tbody tr").ToDictionary(row => row.QuerySelector("a.t")!.TextContent, row => string.Join(' ', row.QuerySelectorAll(".status, .wide").Select(cell => cell.TextContent.Trim())).Trim());

    IEnumerable<KeyValuePair<string, string>> Form(IEnumerable<string> picked, params (string Name, string Value)[] fields) =>
        picked.Select(one => KeyValuePair.Create("Ids", one)).Concat(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    (string, string)[] Points(bool gradeFirst) =>
    [
        ("Assign.RectifierId", $"{World.Liu.Id}"), ("Assign.UnitId", $"{World.BoilerCrew.Id}"), ("Assign.DueOn", $"{Due:yyyy-MM-dd}"),
        ("Assign.Standard", "无松动"), ("Assign.Measure", "补焊"), .. gradeFirst ? [("gradeFirst", "true")] : Array.Empty<(string, string)>(),
    ];

    async Task<HttpResponseMessage> SendAsync(Visitor visitor, string handler, IEnumerable<KeyValuePair<string, string>> form) =>
        await visitor.PostAsync($"/findings/bulk?handler={handler}", form.Append(KeyValuePair.Create("__RequestVerificationToken", await visitor.TokenAsync("/me"))));

    [Fact]
    public async Task The_list_offers_ticks_to_those_who_can_use_them_and_leads_to_the_acts_that_are_theirs()
    {
        var id = await app.ReportAsync(World.Zhang, "勾选用的一条", World.CoalFeeder.Id);
        var page = await (await app.SignInAs(World.Sun)).ReadAsync("/findings");
        Assert.Contains(await PickAsync(id), page.QuerySelectorAll("input[name=ids]").Select(tick => tick.GetAttribute("value")));
        Assert.Empty((await (await app.SignInAs(World.Zhang)).ReadAsync("/findings?q=勾选")).QuerySelectorAll("input[name=ids]"));
        async Task<string> ActsOf(Ronghe.Organisation.People.Person person) => string.Join(' ', (await (await app.SignInAs(person)).ReadAsync($"/findings/bulk?ids={await PickAsync(id)}")).QuerySelectorAll("details.act summary").Select(act => act.TextContent.Trim()));
        Assert.Equal("派给同一个人 延期到同一天 挂牌督办 关闭已复核的", await ActsOf(World.Sun));
        Assert.Equal("派给同一个人 延期到同一天", await ActsOf(World.Li));
        Assert.Contains("没有选中任何一条", (await (await app.SignInAs(World.Sun)).ReadAsync("/findings/bulk?ids=nonsense&ids=.1&ids=")).QuerySelector("main")!.TextContent);
    }

    [Fact]
    public async Task Each_row_is_done_or_says_why_not_and_the_rest_goes_on()
    {
        var (fresh, assigned, changed, closed) = (await app.ReportAsync(World.Zhang, "批量甲", World.CoalFeeder.Id), await app.ReportAsync(World.Zhang, "批量乙", World.CoalFeeder.Id),
            await app.ReportAsync(World.Zhang, "批量丙", World.CoalFeeder.Id), await app.ReportAsync(World.Zhang, "批量丁", World.CoalFeeder.Id));
        await app.AssignAsync(assigned);
        await app.ActAsync(World.Sun, closed, (actions, version) => actions.RejectAsync(closed, version, "重复"));
        var picked = new[] { await PickAsync(fresh), await PickAsync(assigned), await PickAsync(changed), await PickAsync(closed) };
        await app.ActAsync(World.Li, changed, (actions, version) => actions.GradeAsync(changed, version, FindingGrade.Major, null, "危及人身"));
        var sun = await app.SignInAs(World.Sun);
        var results = await ResultsAsync(await SendAsync(sun, "Assign", Form(picked, Points(gradeFirst: true))));
        Assert.Equal("已办", results["批量甲"]);
        Assert.Equal("已办", results["批量乙"]);
        Assert.StartsWith("已有变化，没有办", results["批量丙"]);
        Assert.Contains("李建国", results["批量丙"]);
        Assert.StartsWith("没有办", results["批量丁"]);
        Assert.Equal(FindingStatus.Assigned, (await app.StateOf(fresh)).Status);
        Assert.Equal(FindingStatus.Reported, (await app.StateOf(changed)).Status);
    }

    [Fact]
    public async Task Sent_twice_it_is_done_once_and_says_so()
    {
        var id = await app.ReportAsync(World.Zhang, "批量双击", World.CoalFeeder.Id);
        await app.AssignAsync(id);
        var sun = await app.SignInAs(World.Sun);
        var form = Form([await PickAsync(id)], ("Extend.DueOn", $"{Due.AddDays(30):yyyy-MM-dd}"), ("Extend.Reason", "等备件")).ToList();
        Assert.Equal("已办", (await ResultsAsync(await SendAsync(sun, "Extend", form)))["批量双击"]);
        var steps = (await app.StateOf(id)).Steps;
        Assert.Equal("已办 刚才已经办好，没有重复办理。", (await ResultsAsync(await SendAsync(sun, "Extend", form)))["批量双击"]);
        Assert.Equal(steps, (await app.StateOf(id)).Steps);
    }

    [Fact]
    public async Task Without_the_right_nothing_is_done_and_what_i_cannot_see_is_not_told()
    {
        var (mine, other) = (await app.ReportAsync(World.Zhang, "批量本部门", World.CoalFeeder.Id), await app.ReportAsync(World.Zhang, "批量外部门", World.FeedPump.Id));
        foreach (var id in new[] { mine, other }) await app.ActAsync(World.Sun, id, (actions, version) => actions.GradeAsync(id, version, FindingGrade.General, null, ""));
        var picked = new[] { await PickAsync(mine), await PickAsync(other) };
        var li = await app.SignInAs(World.Li);
        var results = await ResultsAsync(await SendAsync(li, "Assign", Form(picked, Points(gradeFirst: false))));
        Assert.Equal("已办", Assert.Single(results).Value);
        Assert.Equal(FindingStatus.Reported, (await app.StateOf(other)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(li, "Supervise", Form([await PickAsync(mine)], ("Supervise.Reason", "盯紧")))).StatusCode);
    }

    [Fact]
    public async Task A_form_that_is_not_filled_in_touches_no_row_and_keeps_its_words()
    {
        var id = await app.ReportAsync(World.Zhang, "批量缺项", World.CoalFeeder.Id);
        var sun = await app.SignInAs(World.Sun);
        var answer = await SendAsync(sun, "Assign", Form([await PickAsync(id)], ("Assign.Standard", "写了一半"), ("Assign.DueOn", $"{Due:yyyy-MM-dd}")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await answer.PageAsync();
        Assert.Contains("写了一半", page.QuerySelector("textarea[name='Assign.Standard']")!.TextContent);
        Assert.Equal(FindingStatus.Reported, (await app.StateOf(id)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(sun, "Close", [])).StatusCode);
    }
}
