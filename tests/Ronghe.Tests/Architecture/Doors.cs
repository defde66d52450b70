using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Platform.Security;

namespace Ronghe.Tests.Architecture;

/// <summary>One door of the product: a page or an endpoint, with the right that stands on it.</summary>
sealed partial record Door(string Route, bool IsPage, string? Right, bool IsOpen, IReadOnlyList<string> Methods, Type? BodyType, IReadOnlyList<string>? StepUp)
{
    /// <summary>An address that matches the route.</summary>
    public string SampleAddress => Parameter().Replace(Route, match => match.Value is "{documentName}" ? "v1" : match.Value.EndsWith(":long}", StringComparison.Ordinal) ? "1" : Guid.Empty.ToString());

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}

/// <summary>Every door, read from the live route table.</summary>
static class Doors
{
    public static async Task<List<Door>> OfAsync(TestApp app)
    {
        var doors = new List<Door>();
        foreach (var endpoint in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null) continue;
            var isPage = endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null;
            var metadata = await MetadataAsync(app, endpoint);
            var methods = metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"];
            doors.Add(new("/" + endpoint.RoutePattern.RawText?.TrimStart('/'), isPage, metadata.GetMetadata<RequiresAttribute>()?.Permission,
                metadata.GetMetadata<IAllowAnonymous>() is not null, methods, metadata.GetMetadata<IAcceptsMetadata>()?.RequestType,
                metadata.GetMetadata<StepUpAttribute>()?.Acts));
        }
        return doors;
    }

    /// <summary>What stands on a page's model is known once the page is loaded.</summary>
    static async Task<EndpointMetadataCollection> MetadataAsync(TestApp app, RouteEndpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not { } page) return endpoint.Metadata;
        var loaded = await app.Services.GetRequiredService<PageLoader>().LoadAsync(page, endpoint.Metadata);
        return new(loaded.EndpointMetadata!);
    }
}
