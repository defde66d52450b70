using System.Net;
using Microsoft.EntityFrameworkCore;
using Ronghe.Platform.Security;

namespace Ronghe.Tests.Organisation.Accounts;

public class MyAccountTests(TestApp app) : IClassFixture<TestApp>
{
    const string Password = "炉火正旺 2026 年";

    [Fact]
    public async Task My_page_says_which_posts_I_hold_and_what_follows_from_them()
    {
        var li = await app.SignInAs(app.World.Li);
        var text = (await li.ReadAsync("/me")).Body!.TextContent;
        Assert.Contains("设备部 部门负责人", text);
        Assert.Contains("设备部党支部 书记", text);
        Assert.Contains("定级、派发", text);
        Assert.DoesNotContain("开通、停用账号", text);
    }

    [Fact]
    public async Task Changing_the_password_signs_out_every_other_device()
    {
        await app.SetPasswordAsync(app.World.Ma, Password);
        var here = await app.SignInAs(app.World.Ma);
        var there = await app.SignInAs(app.World.Ma);
        var answer = await here.SubmitAsync("/me/password", new { Current = Password, Wanted = "冬季大练兵开始了！", Repeated = "冬季大练兵开始了！" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        answer = await here.SubmitAsync("/me/password", new { Current = Password, Wanted = "冬季大练兵今天开始了！", Repeated = "冬季大练兵今天开始了！" });
        Assert.Equal("/me", answer.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/me")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await there.GetAsync("/me")).StatusCode);
        Assert.Equal("/", (await app.Stranger().SubmitAsync("/sign-in", new { Number = "0102", Password = "冬季大练兵今天开始了！" })).Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_copied_cookie_is_worth_nothing_once_its_owner_has_changed_the_password()
    {
        await app.SetPasswordAsync(app.World.Zhou, Password);
        var (owner, thief) = (await app.SignInAs(app.World.Zhou), app.Stranger());
        thief.SetCookie(SessionCookie.Name, owner.Cookies[SessionCookie.Name]);
        Assert.Equal(HttpStatusCode.OK, (await thief.GetAsync("/me")).StatusCode);
        await owner.SubmitAsync("/me/password", new { Current = Password, Wanted = "春季大检查今天开始了！", Repeated = "春季大检查今天开始了！" });
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/me")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await thief.GetAsync("/me")).StatusCode);
    }

    [Fact]
    public async Task Signing_out_everywhere_takes_the_tokens_along_when_asked_to()
    {
        var li = app.World.Li;
        var (here, there, program) = (await app.SignInAs(li), await app.SignInAs(li), await app.ProgramOf(li));
        Assert.Contains("前后用过", (await here.ReadAsync("/me")).Body!.TextContent);
        await here.SubmitAsync("/me", handler: "EndOthers");
        Assert.Equal(HttpStatusCode.Redirect, (await there.GetAsync("/me")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/v1/me")).StatusCode);
        await here.SubmitAsync("/me", new { tokens = "true" }, handler: "EndOthers");
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/v1/me")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/me")).StatusCode);
    }

    [Fact]
    public async Task An_open_session_is_no_place_to_guess_the_password()
    {
        await app.SetPasswordAsync(app.World.Qian, Password);
        var qian = await app.SignInAs(app.World.Qian);
        for (var i = 0; i < 5; i++)
            Assert.Contains("现在的密码不对", await TryAsync());
        Assert.Contains("秒后再试", await TryAsync());

        async Task<string> TryAsync() =>
            await (await qian.SubmitAsync("/me/password", new { Current = "猜一个看看行不行", Wanted = "另外一个长密码呀", Repeated = "另外一个长密码呀" })).TextAsync();
    }

    [Fact]
    public async Task One_device_or_all_others_can_be_signed_out_from_here()
    {
        var (here, tablet, phone) = (await app.SignInAs(app.World.Wu), await app.SignInAs(app.World.Wu), await app.SignInAs(app.World.Wu));
        var page = await here.ReadAsync("/me");
        var session = page.QuerySelectorAll("button[name=session]")[0].GetAttribute("value");
        await here.SubmitAsync("/me", new { session }, handler: "EndSession", form: "form[method=post]");
        var left = new[] { tablet, phone }.Select(async device => (await device.GetAsync("/me")).StatusCode == HttpStatusCode.OK);
        Assert.Single(await Task.WhenAll(left), isIn => isIn);
        await here.SubmitAsync("/me", handler: "EndOthers");
        Assert.Equal(HttpStatusCode.Redirect, (await tablet.GetAsync("/me")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await phone.GetAsync("/me")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/me")).StatusCode);
    }

    [Fact]
    public async Task Nobody_ends_the_session_of_another()
    {
        var zhao = await app.SignInAs(app.World.Zhao);
        var sun = await app.SignInAs(app.World.Sun);
        var account = app.World.AccountIds[app.World.Zhao.Id];
        var session = await app.InDatabase(db => db.SignInSessions.Where(s => s.AccountId == account).Select(s => s.Id).FirstAsync());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await sun.PostAsync("/me?handler=EndSession", new { session })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await zhao.GetAsync("/me")).StatusCode);
    }

    [Fact]
    public async Task A_token_is_shown_once_works_for_programs_only_and_dies_when_revoked()
    {
        var feng = await app.SignInAs(app.World.Feng);
        var answer = await feng.SubmitAsync("/me/tokens", new { Title = "月报脚本", Days = 30 }, handler: "Make", form: "#make");
        var token = (await answer.PageAsync()).QuerySelector("code.secret")!.TextContent;
        Assert.DoesNotContain(token, (await feng.ReadAsync("/me/tokens")).Body!.TextContent);
        Assert.False(await app.InDatabase(db => db.ApiTokens.AnyAsync(t => t.Hash == token)));

        var program = app.Stranger();
        program.Bearer = token;
        var me = await (await program.GetAsync("/api/v1/me")).JsonAsync();
        Assert.Equal("冯凯", me.GetProperty("name").GetString());
        Assert.Equal(HttpStatusCode.Redirect, (await program.GetAsync("/me")).StatusCode);

        var id = (await feng.ReadAsync("/me/tokens")).QuerySelector("button[name=token]")!.GetAttribute("value");
        await feng.SubmitAsync("/me/tokens", new { token = id }, handler: "Revoke");
        var refused = await program.GetAsync("/api/v1/me");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_token_expires()
    {
        await using var own = await TestApp.StartAsync();
        var program = await own.ProgramOf(own.World.Wang);
        own.Clock.Pass(TimeSpan.FromDays(29));
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/v1/me")).StatusCode);
        own.Clock.Pass(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/v1/me")).StatusCode);
    }

    [Fact]
    public async Task A_refused_form_shows_the_message_at_its_field_and_keeps_what_was_typed()
    {
        var zheng = await app.SignInAs(app.World.Zheng);
        var answer = await zheng.SubmitAsync("/me/tokens", new { Title = "审计取数", Days = 4000 }, handler: "Make", form: "#make");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await answer.PageAsync();
        Assert.Equal("审计取数", page.QuerySelector("input[name=Title]")!.GetAttribute("value"));
        Assert.Equal("4000", page.QuerySelector("input[name=Days]")!.GetAttribute("value"));
        Assert.Contains("1 到 365", page.QuerySelector("#Days-error")!.TextContent);
    }

    [Fact]
    public async Task What_cannot_be_read_as_a_number_is_refused_before_anything_is_done()
    {
        var zheng = await app.SignInAs(app.World.Zheng);
        var answer = await zheng.SubmitAsync("/me/tokens", new { Title = "审计取数", Days = "很多" }, handler: "Make", form: "#make");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("很多", (await answer.PageAsync()).QuerySelector("#Days-error")!.TextContent);
    }
}
