using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Security;

namespace Ronghe.Bench;

/// <summary>The product, listening for a measurement.</summary>
static class Host
{
    public static async Task<WebApplication> StartAsync(DatabaseAddress address, string folder, int port, bool follow = true)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "ronghe", ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Configuration[JournalSetup.FollowSetting] = follow ? "true" : "false";
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = Program.Build(builder, address.App, folder);
        await app.StartAsync();
        return app;
    }

    /// <summary>The header of somebody whose session is a row already.</summary>
    public static string SignedIn(IServiceProvider services, Guid accountId, Guid sessionId)
    {
        var options = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(SessionCookie.Scheme);
        var ticket = new AuthenticationTicket(SessionCookie.Principal(accountId, sessionId), SessionCookie.Scheme);
        return $"Cookie: {SessionCookie.Name}={options.TicketDataFormat.Protect(ticket)}";
    }
}
