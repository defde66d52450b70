using Microsoft.AspNetCore.Authorization;

namespace Ronghe.Platform.Security;

/// <summary>The right that a page or endpoint asks for. A door without it (or <c>AllowAnonymous</c>) is a defect that a test finds.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequiresAttribute(string permission) : Attribute
{
    public string Permission { get; } = permission;
}

/// <summary>A right and its title, as administrators see it.</summary>
public sealed record Permission(string Key, string Title);

public static class PlatformPermissions
{
    /// <summary>Doors that stand open for everybody who works here.</summary>
    public const string Use = "use";

    public static readonly Permission[] All = [new(Use, "使用本平台，查看和维护本人的信息")];
}

public static class DoorConventions
{
    public static TBuilder Requires<TBuilder>(this TBuilder builder, string permission) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new RequiresAttribute(permission));
}

/// <summary>Lets nobody through a door without the right that stands on it; a door with nothing on it stays shut.</summary>
public sealed class DoorKeeper(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        // What is no route is an answer of the router itself: no such page, wrong method, wrong type of content.
        if (endpoint is not RouteEndpoint || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null) return next(context);
        var door = endpoint.Metadata.GetMetadata<RequiresAttribute>()
            ?? throw new InvalidOperationException($"No permission stands on {endpoint.DisplayName}.");
        var actor = context.Features.Get<Actor>();
        if (actor is null) return Doorbell.AskToSignInAsync(context);
        if (!actor.May(door.Permission)) throw new Forbidden("您没有办理这件事的权限。需要的话，请联系本单位安全保密管理员。");
        return next(context);
    }
}
