using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ronghe.Findings;

namespace Ronghe.Tests.Findings;

/// <summary>The wrong verb, role, unit or version: a clear sentence, the input kept, nothing changed.</summary>
public class FindingRefusalTests(TestApp app) : IClassFixture<TestApp>
{
    World World => app.World;

    [Theory]
    [InlineData("Verify")]
    [InlineData("Close")]
    [InlineData("Extend")]
    [InlineData("Grade")]
    [InlineData("Escalate")]
    [InlineData("ListForSupervision")]
    [InlineData("Reject")]
    [InlineData("Held")]
    public async Task A_worker_cannot_do_what_belongs_to_others_even_with_a_forged_form(string handler)
    {
        var id = await app.ReportAsync(World.Zhang, $"没有权限 {handler}", World.CoalFeeder.Id);
        await app.AssignAsync(id);
        var before = await app.StateOf(id);
        var zhang = await app.SignInAs(World.Zhang);
        var answer = await zhang.PostAsync($"/findings/{id}?handler={handler}", Everything(before.Version));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("权限", await answer.ProblemsAsync());
        Assert.Equal(before, await app.StateOf(id));
    }

    [Fact]
    public async Task A_rectifier_is_offered_no_verification_and_refused_one()
    {
        var id = await app.ReportAsync(World.Zhang, "不能自己复核", World.CoalFeeder.Id);
        await app.AssignAsync(id);
        await app.RectifyAsync(id);
        var before = await app.StateOf(id);
        var liu = await app.SignInAs(World.Liu);
        var page = await liu.ReadAsync($"/findings/{id}");
        Assert.Null(page.QuerySelector("[data-form=Check]"));
        var answer = await liu.PostAsync($"/findings/{id}?handler=Verify", Everything(before.Version));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("整改人不能复核自己的整改", await answer.ProblemsAsync());
        Assert.Equal(before, await app.StateOf(id));
    }

    [Fact]
    public async Task Another_department_finds_nothing_at_the_address()
    {
        var id = await app.ReportAsync(World.Liu, "设备部自己的", World.CoalFeeder.Id);
        var wu = await app.SignInAs(World.Wu);
        Assert.Equal(HttpStatusCode.NotFound, (await wu.GetAsync($"/findings/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await wu.PostAsync($"/findings/{id}?handler=Grade", Everything(1))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await wu.GetAsync($"/findings/{id}/print")).StatusCode);
    }

    [Fact]
    public async Task A_verb_in_the_wrong_state_is_refused_with_the_state_named()
    {
        var id = await app.ReportAsync(World.Zhang, "还没有派发", World.CoalFeeder.Id);
        var sun = await app.SignInAs(World.Sun);
        var answer = await sun.PostAsync($"/findings/{id}?handler=Close", Everything(1));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("现在是“待派发”", await answer.ProblemsAsync());
        Assert.Equal((FindingStatus.Reported, 1, 1), await app.StateOf(id));
    }

    [Fact]
    public async Task A_stale_form_is_told_what_changed_and_keeps_what_was_written()
    {
        var id = await app.ReportAsync(World.Zhang, "两个人同时办", World.CoalFeeder.Id);
        await app.AssignAsync(id);
        await app.RectifyAsync(id);
        var he = await app.SignInAs(World.He);
        var seen = (await app.StateOf(id)).Version;
        await app.ActAsync(World.Sun, id, (actions, version) => actions.SendBackAsync(id, version, "没有刷漆"));
        await app.RectifyAsync(id);
        var before = await app.StateOf(id);

        var answer = await he.PostAsync($"/findings/{id}?handler=SendBack", new { version = seen, Check__Note = "支架还是松的" });

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var page = await answer.PageAsync();
        Assert.Contains("孙丽", page.QuerySelector(".problems")!.TextContent);
        Assert.Contains("退回重改", page.QuerySelector(".problems")!.TextContent);
        var form = page.QuerySelector<IHtmlFormElement>("[data-form=Check][open] form")!;
        Assert.Equal("支架还是松的", form.QuerySelector<IHtmlTextAreaElement>("textarea")!.Value);
        Assert.Equal(before.Version.ToString(System.Globalization.CultureInfo.InvariantCulture), form.QuerySelector<IHtmlInputElement>("[name=version]")!.Value);
        Assert.Equal(before, await app.StateOf(id));
    }

    [Fact]
    public async Task An_objection_before_it_is_closed_is_refused_in_words()
    {
        var id = await app.ReportAsync(World.Zhang, "还没有人来修", World.CoalFeeder.Id);
        var zhang = await app.SignInAs(World.Zhang);
        var answer = await zhang.CallAsync(HttpMethod.Post, $"/api/v1/findings/{id}/dispute", new { version = 1, reason = "还在" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("“已关闭”时才能提出异议", (await answer.JsonAsync()).GetProperty("title").GetString());
    }

    [Fact]
    public async Task Words_for_an_act_that_is_no_longer_possible_are_shown_to_be_copied()
    {
        var id = await app.ReportAsync(World.Zhang, "别人先复核了", World.CoalFeeder.Id);
        await app.AssignAsync(id);
        await app.RectifyAsync(id);
        var seen = (await app.StateOf(id)).Version;
        await app.VerifyAsync(id);
        await app.CloseAsync(id);
        var he = await app.SignInAs(World.He);
        var answer = await he.PostAsync($"/findings/{id}?handler=SendBack", new { version = seen, Check__Note = "写了半天的意见" });
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("写了半天的意见", (await answer.PageAsync()).QuerySelector<IHtmlTextAreaElement>("#acts textarea[readonly]")!.Value);
    }

    [Fact]
    public async Task A_refused_assignment_keeps_every_field_and_the_names_that_were_picked()
    {
        var id = await app.ReportAsync(World.Zhang, "派发漏填标准", World.CoalFeeder.Id);
        var sun = await app.SignInAs(World.Sun);
        var answer = await sun.SubmitAsync($"/findings/{id}", new
        {
            Grade__Grade = "Major", Grade__GradeBasis = "可能造成机组停运", Assign__RectifierId = World.Liu.Id, Assign__UnitId = World.BoilerCrew.Id,
            Assign__DueOn = "2026-12-10", Assign__Measure = "补焊并加装斜撑", Assign__VerifierId = World.He.Id,
        }, "GradeAndAssign", "[data-form=Dispatch] form");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var form = (await answer.PageAsync()).QuerySelector("[data-form=Dispatch][open] form")!;
        Assert.Contains("定标准", form.QuerySelector("#Assign_Standard")!.ParentElement!.QuerySelector(".error")!.TextContent);
        Assert.Equal(["刘洋", "锅炉班", "何静"], new[] { "Assign_RectifierId", "Assign_UnitId", "Assign_VerifierId" }.Select(field => form.QuerySelector<IHtmlInputElement>("#" + field)!.Value));
        Assert.Equal("补焊并加装斜撑", form.QuerySelector<IHtmlTextAreaElement>("#Assign_Measure")!.Value);
        Assert.True(form.QuerySelector<IHtmlInputElement>("input[value=Major]")!.IsChecked);
        Assert.Equal((FindingStatus.Reported, 1, 1), await app.StateOf(id));
    }

    [Fact]
    public async Task Lists_exports_and_settings_stay_shut_for_those_without_the_right()
    {
        var zhang = await app.SignInAs(World.Zhang);
        foreach (var address in new[] { "/findings/export", "/findings/rechecks" })
            Assert.Equal(HttpStatusCode.Forbidden, (await zhang.GetAsync(address)).StatusCode);
        Assert.Null((await zhang.ReadAsync("/findings")).QuerySelector("a[href^='/findings/export']"));
        Assert.Equal(HttpStatusCode.Forbidden, (await zhang.PostAsync("/findings/rules", new
        {
            version = 1, Form__GeneralDays = 100, Form__MajorDays = 200, Form__ExtensionsMost = 9, Form__ConfirmDays = 9, Form__FirstLevel = 1, Form__SecondLevel = 2, Form__ThirdLevel = 3, Form__RecheckPercent = 1,
        })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await zhang.PostAsync("/findings/categories?add=HC01&handler=Add", new { form__Name = "我加的" })).StatusCode);
        Assert.Empty(await app.InDatabase(db => Task.FromResult(db.FindingRules.ToList())));
    }

    [Fact]
    public async Task A_damaged_page_cursor_is_answered_with_a_sentence()
    {
        var sun = await app.SignInAs(World.Sun);
        var answer = await sun.GetAsync("/findings?after=zzz");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("翻页位置无效", await answer.TextAsync());
    }

    static object Everything(int version) => new
    {
        version, Check__Note = "改得不好", Close__Note = "关", Extend__DueOn = "2027-06-30", Extend__Reason = "备件未到", Grade__Grade = "General",
        Escalate__Reason = "超期", Supervise__Reason = "重点盯", Reject__Reason = "不是隐患", Recheck__Note = "看过",
    };
}
