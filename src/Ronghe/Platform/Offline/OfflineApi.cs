using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Platform.Offline;

/// <summary>What a device needs to send what waits on it and to work without a signal.</summary>
/// <param name="Person">Whose session this is. Waiting forms of anybody else stay where they are.</param>
/// <param name="Token">For the header against forgery. It is bound to this person: with another session it is refused.</param>
public sealed record OfflineDesk(string Person, string Name, string Token, IReadOnlyList<OfflinePage> Pages);

public static class OfflineApi
{
    public static void MapOfflineApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/offline", DeskAsync).WithTags("离线").WithSummary("浏览器离线用：现在是谁登录、表单令牌、这台设备可以离线打开的页面").Requires(PlatformPermissions.Use);
        var script = new Lazy<string>(() => ServiceWorker.ScriptOf(routes.DataSources));
        routes.MapGet(ServiceWorker.Address, http => ServiceWorker.WriteAsync(http, script.Value)).AllowAnonymous().ExcludeFromDescription();
    }

    static async Task<Ok<OfflineDesk>> DeskAsync(HttpContext http, IAntiforgery forms, IEnumerable<OfflineSource> sources, CancellationToken cancel)
    {
        var me = SignedIn.From(http.User);
        var pages = new List<OfflinePage>();
        foreach (var source in sources) pages.AddRange(await source.Find(http, cancel));
        return TypedResults.Ok(new OfflineDesk(me?.Id ?? "", me?.Name ?? "", forms.GetAndStoreTokens(http).RequestToken ?? "", pages));
    }
}
