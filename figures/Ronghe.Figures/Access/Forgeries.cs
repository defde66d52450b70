using System.Net.Http.Headers;
using System.Text;
using Ronghe.Organisation.Appointments;

namespace Ronghe.Figures.Access;

/// <summary>
/// R-22: every door that changes something, pushed in the name of a signed-in person who holds the right, as another site can push it:
/// without a token, with somebody else's, made up, across sites. Refused each time, and nothing is journalled.
/// </summary>
public sealed class Forgeries() : Figure("R-22", isShort: true)
{
    const string Field = "__RequestVerificationToken", Header = "X-CSRF-Token", FormCookie = "ronghe-form";

    int _tried;

    protected override async Task RunAsync(Run run, Tally tally)
    {
        await using var site = await run.Plant.StartAsync(run.Cancel);
        var routes = await Routes.ReadAsync(site);
        var people = new Dictionary<string, Browser>();
        foreach (var post in new[] { Posts.SystemAdministrator, Posts.SecurityAdministrator, Posts.SafetyOfficer, Posts.PartyAffairs, Posts.DepartmentHead, Posts.Secretary, Posts.PlantHead })
            people[post] = await Browser.OfAsync(site.Address, run.Plant.Holder(post).Number, run.Plant.Holder(post).Password);
        using var other = await Browser.OfAsync(site.Address, run.Plant.Worker.Number, run.Plant.Worker.Password);
        var (stolen, cookie) = (await other.TokenAsync("/me"), other.Cookies[FormCookie]);
        var before = await StateAsync(site, run.Cancel);
        var doors = routes.Doors.Where(door => door.IsUnsafe).ToList();
        tally.MustSee(doors.Count > 50, $"only {doors.Count} unsafe doors in the route table");
        foreach (var door in doors)
        {
            var (post, browser) = people.FirstOrDefault(person => door.Right is null || routes.Rights.OfEveryone.Contains(door.Right) || routes.Rights.Of(person.Key).Contains(door.Right));
            if (browser is null) tally.Invalid($"nobody of these may pass {door.Name}");
            else await PushAsync(browser, door, stolen, cookie, tally);
        }
        foreach (var (what, count) in await StateAsync(site, run.Cancel)) tally.Holds(before[what] == count, $"{what}: {before[what]} before, {count} after");
        await ControlAsync(people[Posts.SafetyOfficer], tally);
        (tally.Load, tally.BadInputs) = ($"{doors.Count} unsafe doors", $"{_tried:N0} forged requests");
        tally.Remark = "control: the same with a token passes";
    }

    async Task PushAsync(Browser browser, Door door, string stolen, string cookie, Tally tally)
    {
        var own = browser.Cookies.GetValueOrDefault(FormCookie);
        foreach (var (attack, token, formCookie, crossSite) in new (string, string?, string?, bool)[]
        {
            ("no token", null, own, false), ("an empty token", "", own, false), ("a made-up token", "CfDJ8" + new string('A', 150), own, false),
            ("the token of somebody else", stolen, own, false), ("token and cookie of somebody else", stolen, cookie, false),
            ("across sites", null, null, true), ("across sites, as plain text", null, own, true),
        })
        {
            if (formCookie is null) browser.DropCookie(FormCookie);
            else browser.SetCookie(FormCookie, formCookie);
            var answer = await browser.SendAsync(Request(door, token, crossSite, attack.EndsWith("text", StringComparison.Ordinal)));
            _tried++;
            // 415: no program of ours, and no form, speaks that type.
            tally.Holds(answer.Status is 400 or 401 or 415, $"{door.Name} answered {attack} with {answer.Status} {answer.Location}");
        }
        if (own is not null) browser.SetCookie(FormCookie, own);
    }

    static HttpRequestMessage Request(Door door, string? token, bool crossSite, bool asText)
    {
        var url = System.Text.RegularExpressions.Regex.Replace(door.Route, @"\{[^}]*\}", Guid.Empty.ToString()) + (door.Handler.Length > 0 ? $"?handler={door.Handler}" : "");
        var request = new HttpRequestMessage(new HttpMethod(door.Method), url);
        if (door.TakesFiles)
        {
            var form = new MultipartFormDataContent { { new StringContent("x"), "kind" } };
            if (token is not null) form.Add(new StringContent(token), Field);
            request.Content = form;
        }
        else if (door.IsPage) request.Content = new FormUrlEncodedContent(token is null ? [] : [new(Field, token)]);
        else request.Content = new StringContent(door.Body ?? "{}", Encoding.UTF8, "application/json");
        if (asText) request.Content = new StringContent(door.Body ?? "{}", Encoding.UTF8, new MediaTypeHeaderValue("text/plain"));
        if (token is not null) request.Headers.TryAddWithoutValidation(Header, token);
        if (crossSite)
        {
            request.Headers.Add("Origin", "https://evil.example");
            request.Headers.Add("Sec-Fetch-Site", "cross-site");
        }
        return request;
    }

    /// <summary>What a forged request could have changed.</summary>
    static async Task<Dictionary<string, long>> StateAsync(Site site, CancellationToken cancel)
    {
        var counts = new Dictionary<string, long>();
        foreach (var table in new[] { "journal", "findings", "nodes", "people", "appointments", "accounts", "api_tokens", "places", "import_runs" })
            counts[table] = await site.ValueAsync<long>($"select count(*) from {table}", cancel);
        counts["open sessions"] = await site.ValueAsync<long>("select count(*) from sign_in_sessions where ended_at is null", cancel);
        return counts;
    }

    /// <summary>An honest page and an honest script get through: it is the token that is missed above, nothing else.</summary>
    static async Task ControlAsync(Browser browser, Tally tally)
    {
        var page = await browser.SubmitAsync("/preferences", new() { ["theme"] = "dark" }, tokenFrom: "/me");
        tally.MustSee(page.Status is 302 or 200, $"an honest form was answered {page.Status}");
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/findings")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { id = Guid.CreateVersion7(), description = "护栏松动", place = "锅炉" }),
        };
        request.Headers.Add(Header, await browser.TokenAsync("/me"));
        var call = await browser.SendAsync(request);
        tally.MustSee(call.Status == 201, $"an honest call was answered {call.Status}");
    }
}
