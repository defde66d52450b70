using Microsoft.AspNetCore.StaticAssets;
using Ronghe.Platform.Security;

namespace Ronghe.Organisation.Access;

/// <summary>Finds out who asks, from the cookie's session or the bearer token, with the rights of today: one round trip. Styles, scripts and icons are for anybody.</summary>
public sealed class MeLoader(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, CurrentMe current, MeQuery query)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)
        {
            await next(context);
            return;
        }
        var me = current.Known ?? await FindAsync(context, query);
        if (me is null)
        {
            context.User = new();
        }
        else
        {
            current.Become(me);
            context.User = SessionCookie.Principal(me.AccountId, me.SessionId, me.Name, me.PostTitle);
            context.Features.Set<Actor>(me);
        }
        await next(context);
    }

    static async Task<Me?> FindAsync(HttpContext context, MeQuery query)
    {
        if (BearerToken.Of(context.Request) is { } token)
            return await query.ByTokenHashAsync(BearerToken.Hash(token), context.RequestAborted);
        return SessionCookie.SessionIdOf(context.User) is { } session
            ? await query.BySessionAsync(session, context.RequestAborted)
            : null;
    }
}
