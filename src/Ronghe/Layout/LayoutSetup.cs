using Ronghe.Organisation.Work;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Layout;

public static class LayoutSetup
{
    /// <summary>The line at the very top of the menu, with how much waits there.</summary>
    public static IServiceCollection AddLayout(this IServiceCollection services) =>
        services.AddSingleton(new MenuEntry("", "我的工作台", "layout-dashboard", "/", PlatformPermissions.Use) { Count = WaitingAsync });

    static async ValueTask<int?> WaitingAsync(HttpContext http) => await http.RequestServices.GetRequiredService<Waiting>().CountAsync(http.RequestAborted);
}
