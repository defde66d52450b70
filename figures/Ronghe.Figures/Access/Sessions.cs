using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Ronghe.Organisation.Appointments;

namespace Ronghe.Figures.Access;

/// <summary>
/// R-31: sessions planted before sign-in and stolen after it. Once a person has signed out, changed the password, ended the device, or
/// was reset or disabled, the stolen cookie and the revoked token open nothing.
/// </summary>
public sealed partial class Sessions() : Figure("R-31", isShort: true)
{
    const string Session = "ronghe";
    static readonly string[] Doors = ["/me", "/", "/findings", "/api/v1/me", "/api/v1/findings", "/pickers/people?q=a"];

    int _uses, _ends;

    protected override async Task RunAsync(Run run, Tally tally)
    {
        await using var site = await run.Plant.StartAsync(run.Cancel);
        var (plant, rounds) = (run.Plant, run.CountOr(run.IsShort ? 1 : 5));
        using var security = new Caller(site.Address, plant.Holder(Posts.SecurityAdministrator).Token);
        await PlantedAsync(site, plant, tally);
        await MadeUpAsync(site, plant.Worker, tally);
        for (var round = 0; round < rounds; round++)
        {
            await AfterAsync(site, plant.Named("杨员"), "signing out", victim => victim.SubmitAsync("/sign-out", [], tokenFrom: "/me"), tally);
            await AfterAsync(site, plant.Named("朱员"), "signing out elsewhere", victim => ElsewhereAsync(site, plant.Named("朱员")), tally);
            await AfterAsync(site, plant.Named("许员"), "ending that device in the list", victim => EndListedAsync(site, plant.Named("许员"), victim), tally);
        }
        await AfterAsync(site, plant.Holder(Posts.CrewLead), "a new password", victim => NewPasswordAsync(site, plant.Holder(Posts.CrewLead)), tally);
        await AfterAsync(site, plant.Named("秦任"), "a reset by the security administrator", async _ =>
            await security.PostAsync($"/api/v1/accounts/{plant.Named("秦任").PersonId}/initial-password", new { }), tally);
        await AfterAsync(site, plant.Named("尤员"), "a disabled account", async _ => await security.SendAsync(HttpMethod.Put, $"/api/v1/accounts/{plant.Named("尤员").PersonId}/disablement"), tally);
        await TokenAsync(site, plant.Holder(Posts.DepartmentHead), tally);
        await RefusedAsync(site, null, plant.Named("尤员").Token, "the token of a disabled account", tally);
        (tally.Load, tally.BadInputs) = ($"{_ends} sessions and tokens ended", $"{_uses:N0} uses of what is old, planted or made up");
        tally.Remark = "each worked before";
    }

    /// <summary>A stolen copy works until the act and never after it.</summary>
    async Task AfterAsync(Site site, Player player, string act, Func<Browser, Task<Answer>> end, Tally tally)
    {
        using var victim = await Browser.OfAsync(site.Address, player.Number, player.Password);
        var stolen = victim.Cookies[Session];
        tally.MustSee((await UseAsync(site, stolen, null, "/me")).Status == 200, $"the stolen session of {player.Name} did not work before {act}");
        var done = await end(victim);
        tally.MustSee(done.Status is >= 200 and < 400, $"{act} was answered {done.Status} {done.Words[..Math.Min(200, done.Words.Length)]}");
        _ends++;
        await RefusedAsync(site, stolen, null, $"after {act}", tally);
    }

    static async Task<Answer> ElsewhereAsync(Site site, Player player)
    {
        using var other = await Browser.OfAsync(site.Address, player.Number, player.Password);
        return await other.SubmitAsync("/me", [], "EndOthers");
    }

    /// <summary>From another device, in the list of devices.</summary>
    static async Task<Answer> EndListedAsync(Site site, Player player, Browser victim)
    {
        using var other = await Browser.OfAsync(site.Address, player.Number, player.Password);
        var last = new Answer(0, "");
        foreach (Match match in ListedSession().Matches((await other.GetAsync("/me")).Text))
            last = await other.SubmitAsync("/me", new() { ["session"] = match.Groups[1].Value }, "EndSession");
        return last;
    }

    static async Task<Answer> NewPasswordAsync(Site site, Player player)
    {
        using var other = await Browser.OfAsync(site.Address, player.Number, player.Password);
        var wanted = "换一句更长的话 2026";
        return await other.SubmitAsync("/me/password", new() { ["Current"] = player.Password, ["Wanted"] = wanted, ["Repeated"] = wanted });
    }

    async Task TokenAsync(Site site, Player player, Tally tally)
    {
        tally.MustSee((await UseAsync(site, null, player.Token, "/api/v1/me")).Status == 200, "the token did not work before it was revoked");
        using var browser = await Browser.OfAsync(site.Address, player.Number, player.Password);
        foreach (Match match in ListedToken().Matches((await browser.GetAsync("/me/tokens")).Text))
            (await browser.SubmitAsync("/me/tokens", new() { ["token"] = match.Groups[1].Value }, "Revoke")).Must(302);
        _ends++;
        await RefusedAsync(site, null, player.Token, "after the token was revoked", tally);
    }

    /// <summary>What an attacker put into the browser beforehand is worth nothing after the victim signs in with it.</summary>
    async Task PlantedAsync(Site site, Plant plant, Tally tally)
    {
        using var attacker = await Browser.OfAsync(site.Address, plant.Named("朱员").Number, plant.Named("朱员").Password);
        var planted = attacker.Cookies[Session];
        using var victim = new Browser(site.Address);
        victim.SetCookie(Session, planted);
        (await victim.SubmitAsync("/sign-in", new() { ["Number"] = plant.Worker.Number, ["Password"] = plant.Worker.Password })).Must(302);
        tally.Holds(victim.Cookies[Session] != planted, "the planted session was kept at sign-in");
        await RefusedAsync(site, planted, null, "planted before sign-in", tally);
    }

    async Task MadeUpAsync(Site site, Player player, Tally tally)
    {
        using var browser = await Browser.OfAsync(site.Address, player.Number, player.Password);
        var good = browser.Cookies[Session];
        var made = Enumerable.Range(0, 40).Select(i => Flip(good, 10 + (good.Length - 12) * i / 40)).Concat([good[..^1], good[..(good.Length / 2)], "", "x", Guid.CreateVersion7().ToString(), good + good]);
        foreach (var cookie in made) await RefusedAsync(site, cookie, null, "made up", tally, Doors[..1]);
        foreach (var token in new[] { "", "rh_", "rh_" + new string('0', 64), player.Token[..^1], player.Token + "0", player.Token.ToUpperInvariant() }) await RefusedAsync(site, null, token, "a made-up token", tally);
    }

    static string Flip(string text, int at) => text[..at] + (text[at] == 'A' ? 'B' : 'A') + text[(at + 1)..];

    async Task RefusedAsync(Site site, string? cookie, string? token, string when, Tally tally, string[]? doors = null)
    {
        foreach (var door in doors ?? Doors.Where(door => token is null || door.StartsWith("/api", StringComparison.Ordinal)))
        {
            var answer = await UseAsync(site, cookie, token, door);
            _uses++;
            tally.Holds(answer.IsTurnedAway && answer.Status is 401 or 302, $"{door} answered {answer.Status}, {when}");
        }
    }

    static async Task<Answer> UseAsync(Site site, string? cookie, string? token, string door)
    {
        using var thief = new Browser(site.Address);
        if (cookie is not null) thief.SetCookie(Session, cookie);
        var request = new HttpRequestMessage(HttpMethod.Get, door);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await thief.SendAsync(request);
    }

    [GeneratedRegex("name=\"session\" value=\"([0-9a-f-]{36})\"")]
    private static partial Regex ListedSession();

    [GeneratedRegex("name=\"token\" value=\"([0-9a-f-]{36})\"")]
    private static partial Regex ListedToken();
}
