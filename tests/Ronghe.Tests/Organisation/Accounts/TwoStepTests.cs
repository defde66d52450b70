using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Accounts;
using Ronghe.Platform.Security;

namespace Ronghe.Tests.Organisation.Accounts;

/// <summary>Password and phone: neither of the two is enough.</summary>
public class TwoStepTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task After_the_password_comes_the_code_and_before_it_no_door_opens()
    {
        var wang = app.World.Wang;
        var (phone, _) = await app.TurnOnTwoStepsAsync(wang);
        var visitor = app.Stranger();
        var first = await visitor.SubmitAsync("/sign-in?returnUrl=%2Ftodo", new { wang.Number, TwoSteps.Password });
        Assert.Equal("/sign-in/second?returnUrl=%2Ftodo", first.Headers.Location?.ToString());
        Assert.DoesNotContain(SessionCookie.Name, visitor.Cookies.Keys);
        Assert.StartsWith("/sign-in?", (await visitor.GetAsync("/me")).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.GetAsync("/api/v1/me")).StatusCode);

        var second = await visitor.SubmitAsync("/sign-in/second?returnUrl=%2Ftodo", new { Code = phone.Code() });
        Assert.Equal("/todo", second.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/me")).StatusCode);
    }

    [Fact]
    public async Task A_code_counts_once_and_an_earlier_one_does_not_count_after_it()
    {
        var chen = app.World.Chen;
        var (phone, _) = await app.TurnOnTwoStepsAsync(chen);
        var (first, second) = (app.Stranger(), app.Stranger());
        await first.FirstStepAsync(chen);
        await second.FirstStepAsync(chen);
        Assert.Equal(HttpStatusCode.Redirect, (await first.SecondStepAsync(phone.Code())).StatusCode);
        Assert.Contains("已经用过", await (await second.SecondStepAsync(phone.Code())).TextAsync());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await second.SecondStepAsync(phone.Code(-1))).StatusCode);
        app.Clock.Pass(TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.Redirect, (await second.SecondStepAsync(phone.Code())).StatusCode);
    }

    [Fact]
    public async Task The_same_code_sent_twice_at_once_opens_one_door()
    {
        var zhou = app.World.Zhou;
        var (phone, _) = await app.TurnOnTwoStepsAsync(zhou);
        Visitor[] visitors = [app.Stranger(), app.Stranger(), app.Stranger()];
        foreach (var visitor in visitors) await visitor.FirstStepAsync(zhou);
        var answers = await Task.WhenAll(visitors.Select(visitor => visitor.SecondStepAsync(phone.Code())));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Guessing_codes_gets_slower_whatever_the_address_and_the_journal_tells()
    {
        var wu = app.World.Wu;
        var (phone, _) = await app.TurnOnTwoStepsAsync(wu);
        for (var i = 0; i < 5; i++) Assert.Contains("验证码不对", await TryAsync($"10.9.0.{i}", "000000"));
        Assert.Contains("秒后再试", await TryAsync("10.9.1.1", "000000"));
        Assert.Contains("秒后再试", await TryAsync("10.9.1.2", phone.Code()));
        Assert.Contains(AccountJournal.SignInSlowed, await app.AccountEventsAsync(wu));
        app.Clock.Pass(TimeSpan.FromSeconds(10));
        var rightful = app.Stranger();
        await rightful.FirstStepAsync(wu);
        Assert.Equal(HttpStatusCode.Redirect, (await rightful.SecondStepAsync(phone.Code())).StatusCode);

        async Task<string> TryAsync(string address, string code)
        {
            var guesser = app.Stranger();
            guesser.Address = address;
            await guesser.FirstStepAsync(wu);
            return await (await guesser.SecondStepAsync(code)).TextAsync();
        }
    }

    [Fact]
    public async Task The_first_step_lasts_ten_minutes_and_belongs_to_one_account()
    {
        var (li, he) = (app.World.Li, app.World.He);
        var (lisPhone, _) = await app.TurnOnTwoStepsAsync(li);
        var (hesPhone, _) = await app.TurnOnTwoStepsAsync(he);
        var visitor = app.Stranger();
        await visitor.FirstStepAsync(li);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.SecondStepAsync(hesPhone.Code())).StatusCode);
        var form = await visitor.TokenAsync("/sign-in/second");
        app.Clock.Pass(SignInChallenge.Life);
        var late = await visitor.PostAsync("/sign-in/second", [new("Code", lisPhone.Code()), new("__RequestVerificationToken", form)]);
        Assert.StartsWith("/sign-in?", late.Headers.Location?.ToString());
        Assert.DoesNotContain(SessionCookie.Name, visitor.Cookies.Keys);
    }

    [Fact]
    public async Task A_step_is_good_once_also_for_who_copied_its_cookie()
    {
        var ma = app.World.Ma;
        var (phone, _) = await app.TurnOnTwoStepsAsync(ma);
        var (owner, thief) = (app.Stranger(), app.Stranger());
        await owner.FirstStepAsync(ma);
        foreach (var (name, value) in owner.Cookies) thief.SetCookie(name, value);
        await owner.SecondStepAsync(phone.Code());
        Assert.StartsWith("/sign-in?", (await thief.GetAsync("/sign-in/second")).Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_recovery_code_opens_the_door_once()
    {
        var guo = app.World.Guo;
        var (_, codes) = await app.TurnOnTwoStepsAsync(guo);
        Assert.Equal(RecoveryCode.Sheet, codes.Distinct().Count());
        Assert.False(await app.InDatabase(db => db.RecoveryCodes.AnyAsync(c => c.Hash == Encoding.UTF8.GetBytes(codes[0]))));
        Assert.Equal(HttpStatusCode.Redirect, (await TryAsync(codes[3].ToUpperInvariant())).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await TryAsync(codes[3])).StatusCode);
        Assert.Contains(AccountJournal.RecoveryCodeUsed, await app.AccountEventsAsync(guo));
        var visitor = await app.SignInAs(guo);
        Assert.Contains("还有 9 个", (await visitor.ReadAsync("/me/two-step")).Body!.TextContent);

        async Task<HttpResponseMessage> TryAsync(string code)
        {
            var stranger = app.Stranger();
            await stranger.FirstStepAsync(guo);
            return await stranger.SubmitAsync("/sign-in/second", new { Recovery = code });
        }
    }

    [Fact]
    public async Task A_new_sheet_of_recovery_codes_replaces_the_old_one()
    {
        var qian = app.World.Qian;
        var (_, old) = await app.TurnOnTwoStepsAsync(qian);
        var answer = await (await app.SignInAs(qian)).SubmitAsync("/me/two-step", handler: "Codes", form: "#manage");
        var fresh = (await answer.PageAsync()).QuerySelectorAll(".codes code").Select(code => code.TextContent).ToArray();
        Assert.Equal(RecoveryCode.Sheet, fresh.Length);
        var visitor = app.Stranger();
        await visitor.FirstStepAsync(qian);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.SubmitAsync("/sign-in/second", new { Recovery = old[0] })).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.SubmitAsync("/sign-in/second", new { Recovery = fresh[0] })).StatusCode);
    }

    [Fact]
    public async Task A_wrong_code_turns_nothing_on_and_the_phone_need_not_scan_again()
    {
        var visitor = await app.SignInAs(app.World.Zhao);
        var page = await visitor.ReadAsync("/me/two-step");
        var phone = Phone.Scan(page, app.Clock);
        var refused = await visitor.SubmitAsync("/me/two-step", new { Code = "12345" }, handler: "Enrol");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var ticket = page.QuerySelector<IHtmlInputElement>("input[name=Ticket]")!.Value;
        var again = await visitor.PostAsync("/me/two-step?handler=Enrol", new { Ticket = ticket, Code = "999999" });
        Assert.Equal(phone.Code(), Phone.Scan(await again.PageAsync(), app.Clock).Code());
        Assert.Contains("未开启", (await visitor.ReadAsync("/me/two-step")).Body!.TextContent);

        var stranger = await app.SignInAs(app.World.Sun);
        var stolen = await stranger.PostAsync("/me/two-step?handler=Enrol", new { Ticket = ticket, Code = phone.Code() });
        Assert.Contains("已经失效", await stolen.TextAsync());
    }

    [Fact]
    public async Task The_secret_stands_in_the_database_encrypted_and_programs_need_no_code()
    {
        var liu = app.World.Liu;
        var program = await app.ProgramOf(liu);
        await app.TurnOnTwoStepsAsync(liu);
        var account = app.World.AccountIds[liu.Id];
        var stored = await app.InDatabase(db => db.Authenticators.Where(a => a.AccountId == account).Select(a => a.Secret).SingleAsync());
        Assert.True(stored.Length > Totp.SecretBytes * 2);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/v1/me")).StatusCode);
    }

    [Fact]
    public async Task The_security_administrator_resets_it_and_the_person_is_told()
    {
        await using var own = await TestApp.StartAsync();
        var zhang = own.World.Zhang;
        await own.TurnOnTwoStepsAsync(zhang);
        var there = await own.SignInAs(zhang);
        var xu = await own.SignInAs(own.World.Xu);
        foreach (var other in new[] { own.World.Feng, own.World.Sun })
        {
            var visitor = await own.SignInAs(other);
            Assert.Equal(HttpStatusCode.Forbidden, (await visitor.CallAsync(HttpMethod.Delete, $"/api/v1/accounts/{zhang.Id}/second-factor")).StatusCode);
        }
        Assert.Equal(HttpStatusCode.Redirect, (await xu.SubmitAsync($"/admin/accounts/{zhang.Id}", handler: "ResetSecondFactor")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await there.GetAsync("/me")).StatusCode);
        Assert.Contains(AccountJournal.SecondFactorReset, await own.AccountEventsAsync(zhang));

        var back = own.Stranger();
        var entered = await back.FirstStepAsync(zhang);
        Assert.Equal("/", entered.Headers.Location?.ToString());
        Assert.Contains("两步验证已于", (await back.ReadAsync("/todo")).Body!.TextContent);
        var again = own.Stranger();
        await again.FirstStepAsync(zhang);
        Assert.DoesNotContain("两步验证已于", (await again.ReadAsync("/todo")).Body!.TextContent);
    }

    [Fact]
    public async Task Nobody_resets_the_own_second_factor_or_that_of_another_administrator()
    {
        await using var own = await TestApp.StartAsync();
        await own.TurnOnTwoStepsAsync(own.World.Xu);
        await own.TurnOnTwoStepsAsync(own.World.Feng);
        var xu = await own.SignInAs(own.World.Xu);
        foreach (var person in new[] { own.World.Xu, own.World.Feng })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await xu.CallAsync(HttpMethod.Delete, $"/api/v1/accounts/{person.Id}/second-factor")).StatusCode);
        Assert.Equal(2, await own.InDatabase(db => db.Authenticators.CountAsync()));
    }

    [Fact]
    public async Task Turned_off_the_password_is_enough_again_and_other_devices_are_out()
    {
        await using var own = await TestApp.StartAsync();
        var sun = own.World.Sun;
        await own.TurnOnTwoStepsAsync(sun);
        var (here, there) = (await own.SignInAs(sun), await own.SignInAs(sun));
        await here.SubmitAsync("/me/two-step", handler: "Off", form: "#manage");
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/me")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await there.GetAsync("/me")).StatusCode);
        Assert.Equal("/", (await own.Stranger().FirstStepAsync(sun)).Headers.Location?.ToString());
        Assert.Equal(0, await own.InDatabase(db => db.RecoveryCodes.CountAsync()));
    }
}
