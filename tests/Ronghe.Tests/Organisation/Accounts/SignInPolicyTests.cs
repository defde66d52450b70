using System.Net;
using Microsoft.Extensions.Configuration;
using Ronghe.Platform;
using Ronghe.Platform.Security;

namespace Ronghe.Tests.Organisation.Accounts;

/// <summary>The stricter of the two profiles; the other one holds in all other tests.</summary>
public class SignInPolicyTests
{
    const string First = "Luhuo-zhengwang-2026";

    [Fact]
    public void Only_the_two_profiles_can_be_set()
    {
        Assert.Same(SignInPolicy.Asvs, Of(null));
        Assert.Same(SignInPolicy.Mlps, Of("mlps"));
        Assert.Contains("只能是", Assert.Throws<Refusal>(() => Of("strict")).Message);

        static SignInPolicy Of(string? set) => SignInPolicy.Of(new ConfigurationBuilder().AddInMemoryCollection([new("Ronghe:SignInPolicy", set)]).Build());
    }

    [Theory]
    [InlineData("luhuozhengwang", false), InlineData("luhuozheng2026", false), InlineData("Luhuozheng2026", true), InlineData("炉火正旺-luhuo-2026", true)]
    public void Kinds_of_characters_count_in_one_profile_only(string password, bool does)
    {
        Assert.Null(PasswordPolicy.Complaint(password, "0203", SignInPolicy.Asvs));
        Assert.Equal(does, PasswordPolicy.Complaint(password, "0203", SignInPolicy.Mlps) is null);
    }

    [Fact]
    public void A_password_made_for_somebody_does_under_either_profile()
    {
        for (var i = 0; i < 200; i++) Assert.Null(PasswordPolicy.Complaint(Passwords.MakeInitial(), "0203", SignInPolicy.Mlps));
    }

    [Fact]
    public async Task Without_a_second_factor_nothing_opens_but_the_way_to_one()
    {
        await using var app = await StrictAsync();
        await app.SetPasswordAsync(app.World.Wang, TwoSteps.Password);
        var (wang, program) = (app.Stranger(), await app.ProgramOf(app.World.Wang));
        await wang.FirstStepAsync(app.World.Wang);
        Assert.Equal("/me/two-step", (await wang.GetAsync("/")).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Forbidden, (await wang.GetAsync("/api/v1/me")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await wang.GetAsync("/me/passkeys")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/v1/me")).StatusCode);
        await app.TurnOnTwoStepsAsync(app.World.Wang);
        var here = await app.SignInAs(app.World.Wang);
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/")).StatusCode);
        var kept = await here.SubmitAsync("/me/two-step", handler: "Off", form: "#manage");
        Assert.Contains("必须有第二种", await kept.TextAsync());
    }

    [Fact]
    public async Task A_password_is_changed_every_ninety_days_and_none_of_the_last_five_comes_again()
    {
        await using var app = await StrictAsync();
        var chen = app.World.Chen;
        await app.TurnOnTwoStepsAsync(chen);
        await app.SetPasswordAsync(chen, First);
        var here = await app.SignInAs(chen);
        await ChangeAsync(here, First, First + "-0");
        app.Clock.Pass(TimeSpan.FromDays(89));
        here = await app.SignInAs(chen);
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/")).StatusCode);
        app.Clock.Pass(TimeSpan.FromDays(2));
        here = await app.SignInAs(chen);
        Assert.Equal("/me/password", (await here.GetAsync("/")).Headers.Location?.ToString());
        Assert.Contains("超过 90 天", (await here.ReadAsync("/me/password")).Body!.TextContent);
        Assert.Contains("最近 5 次", await (await ChangeAsync(here, First + "-0", First)).TextAsync());
        for (var i = 1; i <= 4; i++) Assert.Equal(HttpStatusCode.Redirect, (await ChangeAsync(here, $"{First}-{i - 1}", $"{First}-{i}")).StatusCode);
        Assert.Contains("最近 5 次", await (await ChangeAsync(here, First + "-4", First + "-0")).TextAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await ChangeAsync(here, First + "-4", First)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task A_session_ends_after_half_an_hour_without_use_and_after_half_a_day()
    {
        await using var app = await StrictAsync();
        await app.SetPasswordAsync(app.World.Sun, TwoSteps.Password);
        var (idle, busy) = (app.Stranger(), app.Stranger());
        await idle.FirstStepAsync(app.World.Sun);
        await busy.FirstStepAsync(app.World.Sun);
        for (var i = 0; i < 29; i++)
        {
            app.Clock.Pass(TimeSpan.FromMinutes(25));
            var answer = await busy.GetAsync("/me/two-step");
            Assert.True(i == 28 == (answer.Headers.Location?.ToString().StartsWith("/sign-in", StringComparison.Ordinal) == true), $"round {i}: {answer.Headers.Location}");
        }
        Assert.StartsWith("/sign-in", (await idle.GetAsync("/me/two-step")).Headers.Location?.ToString());
    }

    [Fact]
    public async Task Five_failures_make_a_guesser_wait_twenty_minutes_and_nobody_else()
    {
        await using var app = await StrictAsync();
        await app.SetPasswordAsync(app.World.Li, TwoSteps.Password);
        var guesser = app.Stranger();
        guesser.Address = "10.7.7.7";
        for (var i = 0; i < 5; i++) await guesser.SubmitAsync("/sign-in", new { app.World.Li.Number, Password = "不是这个密码" });
        Assert.Contains("请在 1200 秒后再试", await (await guesser.FirstStepAsync(app.World.Li)).TextAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await app.Stranger().FirstStepAsync(app.World.Li)).StatusCode);
        app.Clock.Pass(TimeSpan.FromMinutes(20));
        Assert.Equal(HttpStatusCode.Redirect, (await guesser.FirstStepAsync(app.World.Li)).StatusCode);
    }

    [Fact]
    public async Task The_page_says_which_profile_is_on_and_where_each_rule_comes_from()
    {
        await using var app = await TestApp.StartAsync();
        foreach (var person in new[] { app.World.Feng, app.World.Xu, app.World.Zheng })
        {
            var text = (await (await app.SignInAs(person)).ReadAsync("/admin/sign-in-policy")).Body!.TextContent;
            Assert.Contains("现在用：ASVS 5.0", text);
            Assert.Contains("GB/T 22239-2019", text);
            Assert.Contains("6.2.10", text);
        }
        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.SignInAs(app.World.Zhao)).GetAsync("/admin/sign-in-policy")).StatusCode);
        Assert.Equal(1, await (await app.SignInAs(app.World.Zhou)).CountRoundTripsAsync("/api/v1/me"));
        await using var strict = await StrictAsync();
        Assert.Equal(1, await (await WithFactorAsync(strict)).CountRoundTripsAsync("/api/v1/me"));
    }

    static async Task<Visitor> WithFactorAsync(TestApp app)
    {
        await app.TurnOnTwoStepsAsync(app.World.Zhou);
        return await app.SignInAs(app.World.Zhou);
    }

    static Task<HttpResponseMessage> ChangeAsync(Visitor visitor, string current, string wanted) =>
        visitor.SubmitAsync("/me/password", new { Current = current, Wanted = wanted, Repeated = wanted });

    static Task<TestApp> StrictAsync() => TestApp.StartAsync(builder => builder.Configuration["Ronghe:SignInPolicy"] = "mlps");
}
