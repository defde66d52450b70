using System.Net;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Accounts;
using Ronghe.Organisation.People;
using Ronghe.Platform.Security;

namespace Ronghe.Tests.Organisation.Accounts;

public class SignInTests(TestApp app) : IClassFixture<TestApp>
{
    const string Password = "炉火正旺 2026 年";

    [Fact]
    public async Task A_number_and_its_password_open_the_door_and_lead_back_to_the_page_that_was_asked_for()
    {
        await app.SetPasswordAsync(app.World.Wang, Password);
        var visitor = app.Stranger();
        var asked = await visitor.GetAsync("/me");
        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        var door = asked.Headers.Location!.ToString();
        Assert.Equal("/sign-in?returnUrl=%2Fme", door);
        var answer = await visitor.SubmitAsync(door, new { Number = "０２０３ ", Password });
        Assert.Equal("/me", answer.Headers.Location?.ToString());
        Assert.Contains("王磊", (await visitor.ReadAsync("/me")).Body!.TextContent);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task Signing_in_never_leads_to_another_site(string elsewhere)
    {
        await app.SetPasswordAsync(app.World.Wang, Password);
        var answer = await app.Stranger().SubmitAsync("/sign-in?returnUrl=" + Uri.EscapeDataString(elsewhere), new { Number = "0203", Password });
        Assert.Equal("/", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_number_get_the_same_answer_and_keep_the_number()
    {
        await app.SetPasswordAsync(app.World.He, Password);
        var wrong = await app.Stranger().SubmitAsync("/sign-in", new { Number = "0302", Password = "不是这个密码" });
        var unknown = await app.Stranger().SubmitAsync("/sign-in", new { Number = "9999", Password = "不是这个密码" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.StatusCode);
        var (first, second) = (await wrong.PageAsync(), await unknown.PageAsync());
        Assert.Equal(first.QuerySelector(".problems")!.TextContent, second.QuerySelector(".problems")!.TextContent);
        Assert.Equal("0302", first.QuerySelector("input[name=Number]")!.GetAttribute("value"));
        Assert.True(string.IsNullOrEmpty(first.QuerySelector("input[name=Password]")!.GetAttribute("value")), "The page must not give a password back.");
    }

    [Fact]
    public async Task A_session_planted_before_sign_in_is_worth_nothing_after_it()
    {
        await app.SetPasswordAsync(app.World.Wang, Password);
        var attacker = await app.SignInAs(app.World.Liu);
        var victim = app.Stranger();
        victim.SetCookie(SessionCookie.Name, attacker.Cookies[SessionCookie.Name]);
        await victim.SubmitAsync("/sign-in", new { Number = "0203", Password });
        Assert.NotEqual(attacker.Cookies[SessionCookie.Name], victim.Cookies[SessionCookie.Name]);
        Assert.Contains("王磊", (await victim.ReadAsync("/me")).Body!.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await attacker.GetAsync("/me")).StatusCode);
    }

    [Fact]
    public async Task A_stolen_cookie_is_worth_nothing_once_its_owner_has_signed_out()
    {
        var owner = await app.SignInAs(app.World.Zhang);
        var thief = app.Stranger();
        thief.SetCookie(SessionCookie.Name, owner.Cookies[SessionCookie.Name]);
        Assert.Equal(HttpStatusCode.OK, (await thief.GetAsync("/me")).StatusCode);
        Assert.Equal("/sign-in", (await owner.SubmitAsync("/sign-out")).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Redirect, (await thief.GetAsync("/me")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await thief.GetAsync("/api/v1/me")).StatusCode);
        Assert.DoesNotContain(SessionCookie.Name, owner.Cookies.Keys);
    }

    [Fact]
    public async Task A_session_ends_after_twelve_idle_hours_and_after_a_week_of_use()
    {
        await using var own = await TestApp.StartAsync();
        var idle = await own.SignInAs(own.World.Wang);
        var busy = await own.SignInAs(own.World.Chen);
        own.Clock.Pass(TimeSpan.FromHours(11));
        Assert.Equal(HttpStatusCode.OK, (await busy.GetAsync("/me")).StatusCode);
        own.Clock.Pass(TimeSpan.FromHours(2));
        Assert.Equal(HttpStatusCode.Redirect, (await idle.GetAsync("/me")).StatusCode);
        for (var hours = 13; hours < 7 * 24 - 8; hours += 8)
        {
            Assert.Equal(HttpStatusCode.OK, (await busy.GetAsync("/me")).StatusCode);
            own.Clock.Pass(TimeSpan.FromHours(8));
        }
        own.Clock.Pass(TimeSpan.FromHours(8));
        Assert.Equal(HttpStatusCode.Redirect, (await busy.GetAsync("/me")).StatusCode);
    }

    [Fact]
    public async Task Who_is_asked_to_sign_in_while_sending_a_form_comes_back_to_that_page()
    {
        var visitor = app.Stranger();
        var answer = await visitor.PostAsync("/me/tokens?handler=Make", [new("Title", "脚本")]);
        Assert.Equal("/sign-in?returnUrl=%2Fme%2Ftokens", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Finding_out_who_asks_and_what_he_may_do_costs_one_round_trip()
    {
        var zhou = await app.SignInAs(app.World.Zhou);
        Assert.Equal(1, await zhou.CountRoundTripsAsync("/api/v1/me"));
    }

    [Fact]
    public async Task The_journal_tells_of_signing_in_and_out()
    {
        await app.SetPasswordAsync(app.World.Guo, Password);
        var guo = app.Stranger();
        await guo.SubmitAsync("/sign-in", new { Number = "0103", Password });
        await guo.SubmitAsync("/sign-out");
        Assert.Equal([AccountJournal.SignedIn, AccountJournal.SignedOut], await EventsAsync(app.World.Guo));
    }

    Task<List<string>> EventsAsync(Person person)
    {
        var account = app.World.AccountIds[person.Id];
        return app.InDatabase(db => db.Journal.Where(row => row.SubjectKind == AccountJournal.Kind && row.SubjectId == account)
            .OrderBy(row => row.Seq).Select(row => row.Event).ToListAsync());
    }
}
