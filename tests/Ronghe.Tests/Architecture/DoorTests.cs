using Microsoft.Extensions.DependencyInjection;
using Ronghe.Organisation.Access;

namespace Ronghe.Tests.Architecture;

/// <summary>No door without a right on it, read from the live route table.</summary>
public class DoorTests(TestApp app) : IClassFixture<TestApp>
{
    /// <summary>Doors that a stranger may pass. Each is here on purpose.</summary>
    static readonly HashSet<string> OpenToStrangers = ["/sign-in", "/sign-in/second", "/sign-in/first", "/error/{code:int}", "/preferences", "/kit", "/health/live", "/health/ready", "/metrics", "/calendar/feed/{secret}.ics", "/service-worker.js"];

    [Fact]
    public async Task Every_door_asks_for_a_right_or_is_open_on_purpose()
    {
        var doors = await Doors.OfAsync(app);
        Assert.Contains(doors, door => door.Route == "/me");
        Assert.Empty(doors.Where(door => door.Right is null && !(door.IsOpen && OpenToStrangers.Contains(door.Route))).Select(door => door.Route));
    }

    /// <summary>Doors to sensitive acts, with the acts of a page that ask again who sits there; none named means all.</summary>
    static readonly string[] StepUps =
    [
        "/admin/accounts/{person:guid} Open,Reset,ResetSecondFactor,Disable,Enable", "/admin/first-codes Print", "/imports/{id:guid} Undo", "/me/passkeys ", "/me/password ", "/me/tokens Make,Revoke", "/me/two-step ",
        "/api/v1/accounts/{personId:guid} ", "/api/v1/accounts/{personId:guid}/disablement ", "/api/v1/accounts/{personId:guid}/initial-password ",
        "/api/v1/accounts/{personId:guid}/second-factor ", "/api/v1/imports/{id:guid}/reversal ",
    ];

    /// <summary>Exports that hold no personal data beyond names at work.</summary>
    static readonly HashSet<string> ImpersonalExports = ["/findings/export"];

    [Fact]
    public async Task Doors_to_sensitive_acts_ask_again_who_sits_there()
    {
        var guarded = from door in await Doors.OfAsync(app) where door.StepUp is not null select $"{door.Route} {string.Join(',', door.StepUp!)}";
        Assert.Equal(StepUps.Order(StringComparer.Ordinal), guarded.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_export_asks_again_or_is_known_to_hold_no_personal_data()
    {
        var exports = (await Doors.OfAsync(app)).Where(door => door.Route.Contains("export", StringComparison.OrdinalIgnoreCase));
        Assert.Empty(exports.Where(door => door.StepUp is null && !ImpersonalExports.Contains(door.Route)).Select(door => door.Route));
    }

    [Fact]
    public async Task Every_right_on_a_door_is_in_the_catalogue()
    {
        var known = app.Services.GetRequiredService<PostRights>().Catalogue.Select(permission => permission.Key).ToHashSet();
        var doors = await Doors.OfAsync(app);
        Assert.Empty(doors.Where(door => door.Right is { } right && !known.Contains(right)).Select(door => $"{door.Route}: {door.Right}"));
    }

    [Fact]
    public async Task A_stranger_gets_through_no_other_door()
    {
        foreach (var door in (await Doors.OfAsync(app)).Where(door => !OpenToStrangers.Contains(door.Route)))
            foreach (var method in door.Methods)
            {
                var answer = await app.Stranger().SendAsync(new(new HttpMethod(method), door.SampleAddress));
                var isTurnedAway = (int)answer.StatusCode == 401
                    || answer.Headers.Location?.ToString().StartsWith("/sign-in", StringComparison.Ordinal) == true;
                Assert.True(isTurnedAway, $"{method} {door.Route} answered a stranger with {answer.StatusCode}");
            }
    }
}
