using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Ronghe.Organisation.People;
using Ronghe.Platform.Web.Api;

namespace Ronghe.Tests.Architecture;

/// <summary>Every door of the product, pushed with what no honest browser or program sends: an answer in Chinese, never a fault.</summary>
public class HostileDoorTests(TestApp app) : IClassFixture<TestApp>
{
    static readonly string[] Texts = ["q", "text", "after", "before", "category", "kind", "area", "edit", "add", "act", "children", "tree", "status", "post", "returnUrl", "handler"];
    static readonly string[] Ids = ["unit", "place", "person", "node", "parent", "party"];
    static readonly string[] Days = ["from", "to", "month"];
    static readonly string[] Numbers = ["limit", "page"];

    /// <summary>As they stand in an address.</summary>
    static readonly Dictionary<string[], string[]> Hostile = new()
    {
        [Texts] = ["a%00b", "%FF%FE%ED%A0%80", "%01%1B%7F%E2%80%AE", "'%22%3C%3E%5C%25_", new string('x', 7000), string.Concat(Enumerable.Repeat("%E7%82%89", 800)), "-1"],
        [Ids] = ["x", "00000000-0000-0000-0000-000000000000", new string('0', 5000)],
        [Days] = ["0001-01-01", "9999-12-31", "2026-02-30"],
        [Numbers] = ["-1", "2147483647", "99999999999999999999", "x"],
    };

    [Fact]
    public async Task No_address_makes_a_reading_door_fail()
    {
        var people = await VisitorsAsync();
        var failures = new List<string>();
        foreach (var door in (await Doors.OfAsync(app)).Where(door => door.Methods.Contains("GET") && !door.Route.StartsWith("/error", StringComparison.Ordinal)))
        {
            var visitor = await WhoMayAsync(people, door);
            foreach (var (names, values) in Hostile)
                foreach (var value in values)
                    await ProbeAsync(failures, door, () => new(HttpMethod.Get, $"{door.SampleAddress}?{string.Join('&', names.Select(name => $"{name}={value}"))}"), visitor, value);
        }
        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    [Fact]
    public async Task No_body_makes_a_writing_door_of_the_interface_fail()
    {
        var people = await VisitorsAsync();
        var examples = app.Services.GetService(typeof(IEnumerable<ApiExample>)) as IEnumerable<ApiExample> ?? [];
        var failures = new List<string>();
        var tried = 0;
        foreach (var door in (await Doors.OfAsync(app)).Where(door => !door.IsPage && door.BodyType is { } body && body != typeof(IFormFile)))
        {
            var visitor = await WhoMayAsync(people, door);
            foreach (var body in Bodies(examples.FirstOrDefault(example => example.Type == door.BodyType)?.Json))
            {
                HttpRequestMessage Request() => new(new HttpMethod(door.Methods[0]), door.SampleAddress) { Content = new ByteArrayContent(body) { Headers = { { "Content-Type", "application/json" } } } };
                await ProbeAsync(failures, door, Request, visitor, Encoding.UTF8.GetString(body), mustBe: 400);
                tried++;
            }
        }
        Assert.True(failures.Count == 0, string.Join("\n", failures));
        Assert.True(tried > 200, $"only {tried} bodies tried");
    }

    /// <summary>Broken, of the wrong kind, and the example with each of its words made unfit in turn.</summary>
    static IEnumerable<byte[]> Bodies(string? example)
    {
        foreach (var text in (string[])["", "{", "{}", "null", "[]", "7", "\"x\"", "{\"version\":{}}", "{\"version\":1e400}", new string('[', 5000), "{\"version\":1,\"version\":2}"]) yield return Encoding.UTF8.GetBytes(text);
        yield return [.. "{\"note\":\""u8, 0xff, 0xfe, .. "\"}"u8];
        if (example is null) yield break;
        foreach (var (name, fit) in JsonNode.Parse(example)!.AsObject())
            foreach (var value in (string[])["\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "{}", "[[]]", "1e999"])
            {
                if (value == "{}" && fit is JsonObject) continue;
                var body = JsonNode.Parse(example)!.AsObject();
                body[name] = "$here";
                yield return Encoding.UTF8.GetBytes(body.ToJsonString().Replace("\"$here\"", value));
            }
    }

    async Task ProbeAsync(List<string> failures, Door door, Func<HttpRequestMessage> request, Visitor visitor, string what, int? mustBe = null)
    {
        what = what.Length > 100 ? what[..100] + "…" : what;
        try
        {
            var answer = await visitor.SendAsync(request());
            var status = (int)answer.StatusCode;
            if (status >= 500 || (mustBe is not null && status != mustBe)) failures.Add($"{door.Route} answered {status} to {what}");
            else if (status >= 400 && !HasChinese(await answer.Content.ReadAsStringAsync())) failures.Add($"{door.Route} answered {status} without words to {what}");
        }
        catch (Exception fault) when (fault is InvalidOperationException or HttpRequestException)
        {
            failures.Add($"{door.Route} failed on {what}: {fault.Message[..Math.Min(300, fault.Message.Length)]}");
        }
    }

    static bool HasChinese(string text) => JsonText(text).Any(letter => letter >= '\u4e00');

    static string JsonText(string text) => text.StartsWith('{') && JsonDocument.Parse(text).RootElement.TryGetProperty("title", out var title) ? title.GetString() ?? "" : text;

    /// <summary>Between them they get through every door; programs first, browsers after them.</summary>
    async Task<Visitor[]> VisitorsAsync()
    {
        var visitors = new List<Visitor>();
        Person[] people = [app.World.Sun, app.World.Feng, app.World.Xu, app.World.Zheng, app.World.Zhou, app.World.Qian];
        foreach (var person in people) visitors.Add(await app.ProgramOf(person));
        foreach (var person in people) visitors.Add(await app.SignInAs(person));
        return [.. visitors];
    }

    /// <summary>Whoever gets through this door at all; pages are for browsers, the interface for programs.</summary>
    static async Task<Visitor> WhoMayAsync(Visitor[] people, Door door)
    {
        var fit = door.IsPage || !door.Route.StartsWith("/api/", StringComparison.Ordinal) ? people[(people.Length / 2)..] : people[..(people.Length / 2)];
        foreach (var visitor in fit)
        {
            var request = new HttpRequestMessage(new HttpMethod(door.Methods[0]), door.SampleAddress);
            if (door.Methods[0] != "GET") request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
            if ((await visitor.SendAsync(request)).StatusCode != HttpStatusCode.Forbidden) return visitor;
        }
        return fit[0];
    }
}
