using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Hosting;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web.Api;

namespace Ronghe.Figures.Access;

/// <summary>One way into the product: a method at an address, or a button (handler) of a page.</summary>
/// <param name="Body">An example of the JSON that it takes.</param>
public sealed record Door(string Method, string Route, string Handler, bool IsPage, string? Right, bool IsOpen, bool TakesFiles, string? Body)
{
    /// <summary>As it stands in the table: <c>POST /findings/{id:guid}?handler=Grade</c>.</summary>
    public string Name => $"{Method} {Route}{(Handler.Length > 0 ? $"?handler={Handler}" : "")}";
    public bool IsUnsafe => Method is not ("GET" or "HEAD");
}

/// <summary>Every way in, from the live route table of the product as it is put together, and which posts carry which right.</summary>
public sealed class Routes
{
    Routes(List<Door> doors, PostRights rights) => (Doors, Rights) = (doors, rights);

    public IReadOnlyList<Door> Doors { get; }
    public PostRights Rights { get; }

    /// <summary>Put together, never started: nothing listens and no database is asked.</summary>
    public static async Task<Routes> ReadAsync(Site site)
    {
        var builder = Product.Builder(new Deployment(site.Data, IsDemo: false));
        builder.Logging.ClearProviders();
        await using var app = Program.Build(builder, "Host=127.0.0.1;Database=none", site.Data);
        var examples = app.Services.GetServices<ApiExample>().ToDictionary(example => example.Type, example => example.Json);
        var doors = new List<Door>();
        foreach (var endpoint in ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>())
            if (endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null) doors.AddRange(await DoorsOfAsync(app, endpoint, examples));
        return new([.. doors.DistinctBy(door => door.Name).OrderBy(door => !door.IsPage).ThenBy(door => door.Route, StringComparer.Ordinal).ThenBy(door => door.Name, StringComparer.Ordinal)],
            app.Services.GetRequiredService<PostRights>());
    }

    static async Task<IEnumerable<Door>> DoorsOfAsync(WebApplication app, RouteEndpoint endpoint, Dictionary<Type, string> examples)
    {
        var route = "/" + endpoint.RoutePattern.RawText?.TrimStart('/');
        if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page)
        {
            var loaded = await app.Services.GetRequiredService<PageLoader>().LoadAsync(page, endpoint.Metadata);
            var (right, isOpen) = On(new EndpointMetadataCollection(loaded.EndpointMetadata!));
            return [new("GET", route, "", true, right, isOpen, false, null), .. loaded.HandlerMethods.Where(handler => handler.HttpMethod != "Get" || handler.Name is not null)
                .Select(handler => new Door(handler.HttpMethod.ToUpperInvariant(), route, handler.Name ?? "", true, right, isOpen, false, null))];
        }
        var (permission, isFree) = On(endpoint.Metadata);
        var accepts = endpoint.Metadata.GetMetadata<IAcceptsMetadata>();
        var body = accepts?.RequestType is { } type ? examples.GetValueOrDefault(type) : null;
        return (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            .Select(method => new Door(method, route, "", false, permission, isFree, accepts?.ContentTypes.Contains("multipart/form-data") == true, body));
    }

    static (string? Right, bool IsOpen) On(EndpointMetadataCollection metadata) =>
        (metadata.GetMetadata<RequiresAttribute>()?.Permission, metadata.GetMetadata<IAllowAnonymous>() is not null);
}
