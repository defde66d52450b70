using System.Net;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Accounts;
using Ronghe.Platform.Security;

namespace Ronghe.Tests.Organisation.Accounts;

/// <summary>Passkeys: added, shown, refused. The authenticator is software that can misbehave.</summary>
public class PasskeyTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_passkey_alone_signs_in_and_the_journal_tells_by_what()
    {
        var (key, codes) = await app.AddPasskeyAsync(app.World.Wang);
        Assert.Equal(RecoveryCode.Sheet, codes.Length);
        var visitor = app.Stranger();
        Assert.Equal("/", (await visitor.UsePasskeyAsync("/sign-in", key)).Headers.Location?.ToString());
        Assert.Contains("王磊", (await visitor.ReadAsync("/me")).Body!.TextContent);
        var account = app.World.AccountIds[app.World.Wang.Id];
        var means = await app.InDatabase(db => db.Journal.Where(row => row.SubjectId == account && row.Event == AccountJournal.SignedIn).Select(row => row.Data).SingleAsync());
        Assert.Contains("\"passkey\"", means);
        Assert.Equal("/", (await app.Stranger().UsePasskeyAsync("/sign-in", key)).Headers.Location?.ToString());
    }

    [Fact]
    public async Task An_answer_is_good_once_and_for_its_own_challenge()
    {
        var (key, _) = await app.AddPasskeyAsync(app.World.Chen);
        var (first, second) = (app.Stranger(), app.Stranger());
        var (challenge, options) = await first.AskPasskeyAsync("/sign-in");
        var (other, _) = await second.AskPasskeyAsync("/sign-in");
        var credential = key.Show(options);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await second.AnswerPasskeyAsync("/sign-in", other, credential)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await first.AnswerPasskeyAsync("/sign-in", challenge, credential)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await second.AnswerPasskeyAsync("/sign-in", challenge, credential)).StatusCode);
    }

    [Fact]
    public async Task An_answer_that_comes_too_late_opens_nothing()
    {
        await using var own = await TestApp.StartAsync();
        var (key, _) = await own.AddPasskeyAsync(own.World.Wang);
        var visitor = own.Stranger();
        var (challenge, options) = await visitor.AskPasskeyAsync("/sign-in");
        own.Clock.Pass(SignInChallenge.Life);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.AnswerPasskeyAsync("/sign-in", challenge, key.Show(options))).StatusCode);
    }

    [Fact]
    public async Task An_answer_for_another_site_or_without_finger_face_or_pin_opens_nothing()
    {
        var (zhou, ma) = (app.World.Zhou, app.World.Ma);
        foreach (var key in new SoftKey[] { new() { Origin = "https://evil.example" }, new() { Host = "evil.example" }, new() { Verifies = false } })
        {
            var visitor = await app.SignInAs(zhou);
            var (challenge, options) = await visitor.AskPasskeyAsync("/me/passkeys", "Add");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.AnswerPasskeyAsync("/me/passkeys", challenge, key.Create(options), "Add")).StatusCode);
        }
        Assert.Equal(0, await app.InDatabase(db => db.UserPasskeys.CountAsync(p => p.UserId == app.World.AccountIds[zhou.Id])));
        var (careful, _) = await app.AddPasskeyAsync(ma);
        foreach (var bad in new[] { careful.Bad(origin: "https://evil.example"), careful.Bad(host: "evil.example"), careful.Bad(verifies: false) })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await app.Stranger().UsePasskeyAsync("/sign-in", bad)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await app.Stranger().UsePasskeyAsync("/sign-in", careful)).StatusCode);
    }

    [Fact]
    public async Task After_the_password_only_a_passkey_of_the_same_account_is_a_second_step()
    {
        var (li, he) = (app.World.Li, app.World.He);
        var (lis, _) = await app.AddPasskeyAsync(li);
        var (hes, _) = await app.AddPasskeyAsync(he);
        var visitor = app.Stranger();
        Assert.StartsWith("/sign-in/second", (await visitor.FirstStepAsync(li)).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.UsePasskeyAsync("/sign-in/second", hes)).StatusCode);
        var stranger = app.Stranger();
        var (anybodys, options) = await stranger.AskPasskeyAsync("/sign-in");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.AnswerPasskeyAsync("/sign-in/second", anybodys, lis.Show(options))).StatusCode);
        Assert.DoesNotContain(SessionCookie.Name, visitor.Cookies.Keys);
        Assert.Equal("/", (await visitor.UsePasskeyAsync("/sign-in/second", lis)).Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_new_passkey_answers_the_session_that_asked_for_it()
    {
        var (one, other) = (await app.SignInAs(app.World.Guo), await app.SignInAs(app.World.Guo));
        var (challenge, options) = await one.AskPasskeyAsync("/me/passkeys", "Add");
        var stolen = await other.AnswerPasskeyAsync("/me/passkeys", challenge, new SoftKey().Create(options), "Add");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stolen.StatusCode);
        var strangers = await (await app.SignInAs(app.World.Zhao)).AnswerPasskeyAsync("/me/passkeys", challenge, new SoftKey().Create(options), "Add");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, strangers.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await one.AnswerPasskeyAsync("/me/passkeys", challenge, new SoftKey().Create(options), "Add")).StatusCode);
    }

    [Fact]
    public async Task A_passkey_confirms_who_sits_here_but_not_somebody_elses()
    {
        await using var own = await TestApp.StartAsync();
        var (key, _) = await own.AddPasskeyAsync(own.World.Sun);
        var (others, _) = await own.AddPasskeyAsync(own.World.Wu);
        var sun = await own.SignInAs(own.World.Sun);
        own.Clock.Pass(ConfirmFirst.Holds);
        Assert.Equal(HttpStatusCode.SeeOther, (await sun.GetAsync("/me/passkeys")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await sun.UsePasskeyAsync("/me/confirm", others)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await sun.UsePasskeyAsync("/me/confirm", key)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await sun.GetAsync("/me/passkeys")).StatusCode);
    }

    [Fact]
    public async Task A_removed_passkey_and_a_disabled_account_stay_outside()
    {
        var (qian, liu) = (app.World.Qian, app.World.Liu);
        var (key, _) = await app.AddPasskeyAsync(qian);
        var visitor = await app.SignInAs(qian);
        var id = (await visitor.ReadAsync("/me/passkeys")).QuerySelector("button[name=passkey]")!.GetAttribute("value");
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.SignInAs(app.World.Feng)).PostAsync("/me/passkeys?handler=Remove", new { passkey = id })).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.PostAsync("/me/passkeys?handler=Remove", new { passkey = id })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await app.Stranger().UsePasskeyAsync("/sign-in", key)).StatusCode);
        Assert.Equal("/", (await app.Stranger().FirstStepAsync(qian)).Headers.Location?.ToString());

        var (lius, _) = await app.AddPasskeyAsync(liu);
        await app.AsAsync(app.World.Xu, services => services.Of<AccountActions>().DisableAsync(liu.Id));
        Assert.Contains("已停用", await (await app.Stranger().UsePasskeyAsync("/sign-in", lius)).TextAsync());
    }

    [Fact]
    public async Task A_second_passkey_brings_no_new_recovery_codes_and_a_reset_takes_all()
    {
        await using var own = await TestApp.StartAsync();
        var zhang = own.World.Zhang;
        var (_, codes) = await own.AddPasskeyAsync(zhang);
        Assert.Empty((await own.AddPasskeyAsync(zhang)).Codes);
        var stranger = own.Stranger();
        await stranger.FirstStepAsync(zhang);
        Assert.Equal(HttpStatusCode.Redirect, (await stranger.SubmitAsync("/sign-in/second", new { Recovery = codes[0] })).StatusCode);
        await own.AsAsync(own.World.Xu, services => services.Of<AccountActions>().ResetSecondFactorAsync(zhang.Id));
        Assert.Equal((0, 0), (await own.InDatabase(db => db.UserPasskeys.CountAsync()), await own.InDatabase(db => db.RecoveryCodes.CountAsync())));
    }
}
