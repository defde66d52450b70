using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Security;

namespace Ronghe.Tests.Architecture;

/// <summary>No door without a right on it, read from the live route table.</summary>
public partial class DoorTests(TestApp app) : IClassFixture<TestApp>
{
    /// <summary>Doors that a stranger may pass. Each is here on purpose.</summary>
    static readonly HashSet<string> OpenToStrangers = ["/sign-in", "/error/{code:int}", "/preferences", "/kit", "/health/live", "/health/ready"];

    [Fact]
    public async Task Every_door_asks_for_a_right_or_is_open_on_purpose()
    {
        var doors = await DoorsAsync();
        Assert.Contains(doors, door => door.Route == "/me");
        Assert.Empty(doors.Where(door => door.Right is null && !(door.IsOpen && OpenToStrangers.Contains(door.Route))).Select(door => door.Route));
    }

    [Fact]
    public async Task Every_right_on_a_door_is_in_the_catalogue()
    {
        var known = app.Services.GetRequiredService<PostRights>().Catalogue.Select(permission => permission.Key).ToHashSet();
        var doors = await DoorsAsync();
        Assert.Empty(doors.Where(door => door.Right is { } right && !known.Contains(right)).Select(door => $"{door.Route}: {door.Right}"));
    }

    [Fact]
    public async Task A_stranger_gets_through_no_other_door()
    {
        foreach (var door in (await DoorsAsync()).Where(door => !OpenToStrangers.Contains(door.Route)))
            foreach (var method in door.Methods)
            {
                var answer = await app.Stranger().SendAsync(new(new HttpMethod(method), door.SampleAddress));
                var isTurnedAway = (int)answer.StatusCode == 401
                    || answer.Headers.Location?.ToString().StartsWith("/sign-in", StringComparison.Ordinal) == true;
                Assert.True(isTurnedAway, $"{method} {door.Route} answered a stranger with {answer.StatusCode}");
            }
    }

    sealed record Door(string Route, string? Right, bool IsOpen, IReadOnlyList<string> Methods)
    {
        /// <summary>An address that matches the route.</summary>
        public string SampleAddress => Parameter().Replace(Route, match => match.Value is "{documentName}" ? "v1" : Guid.Empty.ToString());
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    async Task<List<Door>> DoorsAsync()
    {
        var doors = new List<Door>();
        foreach (var endpoint in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null) continue;
            var metadata = await MetadataAsync(endpoint);
            var methods = metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"];
            doors.Add(new("/" + endpoint.RoutePattern.RawText?.TrimStart('/'), metadata.GetMetadata<RequiresAttribute>()?.Permission,
                metadata.GetMetadata<IAllowAnonymous>() is not null, methods));
        }
        return doors;
    }

    /// <summary>What stands on a page's model is known once the page is loaded.</summary>
    async Task<EndpointMetadataCollection> MetadataAsync(RouteEndpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not { } page) return endpoint.Metadata;
        var loaded = await app.Services.GetRequiredService<PageLoader>().LoadAsync(page, endpoint.Metadata);
        return new(loaded.EndpointMetadata!);
    }
}
