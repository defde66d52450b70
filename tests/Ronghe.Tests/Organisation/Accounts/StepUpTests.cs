using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Accounts;
using Ronghe.Organisation.People;
using Ronghe.Platform.Security;

namespace Ronghe.Tests.Organisation.Accounts;

/// <summary>Sensitive acts ask again who sits there, and what was filled in is not lost by it.</summary>
public class StepUpTests(TestApp app) : IClassFixture<TestApp>
{
    static readonly TimeSpan TooLong = ConfirmFirst.Holds;

    [Fact]
    public async Task A_sensitive_page_asks_for_the_password_and_leads_back_to_it()
    {
        var zhao = await LongSignedInAsync(app.World.Zhao);
        var asked = await zhao.GetAsync("/me/two-step?x=1");
        Assert.Equal("/me/confirm?returnUrl=%2Fme%2Ftwo-step%3Fx%3D1", asked.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, (await zhao.GetAsync("/me")).StatusCode);
        var wrong = await ConfirmAsync(zhao, asked, "不是这个密码");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await zhao.GetAsync("/me/two-step")).StatusCode);
        Assert.Equal("/me/two-step?x=1", (await ConfirmAsync(zhao, asked)).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, (await zhao.GetAsync("/me/two-step")).StatusCode);
        app.Clock.Pass(TooLong);
        Assert.Equal(HttpStatusCode.SeeOther, (await zhao.GetAsync("/me/two-step")).StatusCode);
    }

    [Fact]
    public async Task What_was_filled_in_waits_and_is_sent_after_the_confirmation()
    {
        var qian = await app.SignInAs(app.World.Qian);
        await app.SetPasswordAsync(app.World.Qian, TwoSteps.Password);
        var form = (await qian.ReadAsync("/me/tokens")).QuerySelector("#make")!;
        app.Clock.Pass(TooLong);
        var asked = await qian.PostAsync("/me/tokens?handler=Make", Fields((IHtmlFormElement)form, ("Title", "月报脚本"), ("Days", "7")));
        Assert.Equal(HttpStatusCode.SeeOther, asked.StatusCode);
        Assert.False(await HasTokenAsync(app.World.Qian));
        var on = await ConfirmAsync(qian, asked);
        var page = await qian.ReadAsync(on.Headers.Location!.ToString());
        var kept = (IHtmlFormElement)page.QuerySelector("main form")!;
        Assert.Equal("/me/tokens?handler=Make", kept.GetAttribute("action"));
        var answer = await qian.PostAsync("/me/tokens?handler=Make", Fields(kept));
        Assert.StartsWith("rh_", (await answer.PageAsync()).QuerySelector("code.secret")!.TextContent);
        Assert.True(await HasTokenAsync(app.World.Qian));
    }

    [Fact]
    public async Task A_kept_form_is_its_senders_alone_and_holds_no_password()
    {
        var ma = await app.SignInAs(app.World.Ma);
        var token = await ma.TokenAsync("/me/password");
        app.Clock.Pass(TooLong);
        var asked = await ma.PostAsync("/me/password", [new("Current", TwoSteps.Password), new("Wanted", "x"), new("__RequestVerificationToken", token)]);
        Assert.Contains("lost=true", asked.Headers.Location!.ToString());

        var form = await ma.TokenAsync("/me");
        var kept = await ma.PostAsync("/me/tokens?handler=Make", [new("Title", "别人的"), new("__RequestVerificationToken", form)]);
        var sun = await app.SignInAs(app.World.Sun);
        var look = await sun.GetAsync(kept.Headers.Location!.ToString());
        Assert.Equal("/me/tokens", look.Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_form_from_elsewhere_is_not_kept()
    {
        var guo = await LongSignedInAsync(app.World.Guo);
        var answer = await guo.PostAsync("/me/tokens?handler=Make", [new("Title", "外站")]);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var account = app.World.AccountIds[app.World.Guo.Id];
        Assert.False(await app.InDatabase(db => db.SignInChallenges.AnyAsync(c => c.AccountId == account)));
    }

    [Theory]
    [InlineData("?handler=Make&handler=Nothing"), InlineData("?handler=Nothing&handler=Make"), InlineData("?handler=mAKE")]
    public async Task No_way_of_writing_the_address_goes_around_it(string query)
    {
        var feng = await LongSignedInAsync(app.World.Feng);
        var token = await feng.TokenAsync("/me");
        var answer = await feng.PostAsync("/me/tokens" + query, [new("Title", "绕路"), new("Days", "7"), new("Id", Guid.CreateVersion7().ToString()), new("__RequestVerificationToken", token)]);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.False(await HasTokenAsync(app.World.Feng));
    }

    [Fact]
    public async Task A_script_with_a_cookie_is_told_and_a_program_with_a_token_passes()
    {
        await using var own = await TestApp.StartAsync();
        var xu = await own.SignInAs(own.World.Xu);
        var program = await own.ProgramOf(own.World.Xu);
        own.Clock.Pass(TooLong);
        var refused = await xu.CallAsync(HttpMethod.Post, $"/api/v1/accounts/{own.World.Wang.Id}/initial-password");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("urn:ronghe:problem:confirm-first", (await refused.JsonAsync()).GetProperty("type").GetString());
        Assert.Equal(HttpStatusCode.NoContent, (await xu.CallAsync(HttpMethod.Delete, $"/api/v1/accounts/{own.World.Wang.Id}/failures")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await program.CallAsync(HttpMethod.Post, $"/api/v1/accounts/{own.World.Wang.Id}/initial-password")).StatusCode);
    }

    [Fact]
    public async Task Who_lacks_the_right_is_not_asked_for_a_password_first()
    {
        var li = await LongSignedInAsync(app.World.Li);
        var answer = await li.PostAsync($"/admin/accounts/{app.World.Wang.Id}?handler=Reset");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task The_session_goes_on_under_a_new_number_and_the_old_cookie_is_worth_nothing()
    {
        var wu = await LongSignedInAsync(app.World.Wu);
        var thief = app.Stranger();
        thief.SetCookie(SessionCookie.Name, wu.Cookies[SessionCookie.Name]);
        await ConfirmAsync(wu, await wu.GetAsync("/me/two-step"));
        Assert.Equal(HttpStatusCode.OK, (await wu.GetAsync("/me/two-step")).StatusCode);
        Assert.Equal("/sign-in?returnUrl=%2Fme", (await thief.GetAsync("/me")).Headers.Location?.ToString());
        Assert.Contains(AccountJournal.Confirmed, await app.AccountEventsAsync(app.World.Wu));
    }

    [Fact]
    public async Task The_code_of_the_phone_confirms_too_and_counts_once()
    {
        var he = app.World.He;
        var (phone, _) = await app.TurnOnTwoStepsAsync(he);
        var (one, other) = (await app.SignInAs(he), await app.SignInAs(he));
        app.Clock.Pass(TooLong);
        Assert.Equal("/", (await one.SubmitAsync("/me/confirm", new { Code = phone.Code() }, form: "#confirm")).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await other.SubmitAsync("/me/confirm", new { Code = phone.Code() }, form: "#confirm")).StatusCode);
    }

    [Fact]
    public async Task Confirming_is_no_place_to_guess_the_password_and_leads_to_no_other_site()
    {
        var zhou = await LongSignedInAsync(app.World.Zhou);
        for (var i = 0; i < 5; i++) Assert.Contains("密码不对", await TryAsync("不是这个密码"));
        Assert.Contains("秒后再试", await TryAsync(TwoSteps.Password));
        app.Clock.Pass(TimeSpan.FromMinutes(1));
        var answer = await zhou.SubmitAsync("/me/confirm?returnUrl=https%3A%2F%2Fevil.example", new { TwoSteps.Password }, form: "#confirm");
        Assert.Equal("/", answer.Headers.Location?.ToString());

        async Task<string> TryAsync(string password) => await (await zhou.SubmitAsync("/me/confirm", new { Password = password }, form: "#confirm")).TextAsync();
    }

    async Task<Visitor> LongSignedInAsync(Person person)
    {
        await app.SetPasswordAsync(person, TwoSteps.Password);
        var visitor = await app.SignInAs(person);
        app.Clock.Pass(TooLong);
        return visitor;
    }

    static Task<HttpResponseMessage> ConfirmAsync(Visitor visitor, HttpResponseMessage asked, string password = TwoSteps.Password) =>
        visitor.SubmitAsync(asked.Headers.Location!.ToString(), new { Password = password }, form: "#confirm");

    Task<bool> HasTokenAsync(Person person)
    {
        var account = app.World.AccountIds[person.Id];
        return app.InDatabase(db => db.ApiTokens.AnyAsync(t => t.AccountId == account));
    }

    static List<KeyValuePair<string, string>> Fields(IHtmlFormElement form, params (string Name, string Value)[] typed)
    {
        var fields = form.Elements.OfType<IHtmlInputElement>().Where(input => input.Name is not null).ToDictionary(input => input.Name!, input => input.Value);
        foreach (var (name, value) in typed) fields[name] = value;
        return [.. fields];
    }
}
