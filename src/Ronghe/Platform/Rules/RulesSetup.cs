using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Platform.Rules;

public static class RulesSetup
{
    /// <summary>The rule book, and its page in the menu.</summary>
    public static IServiceCollection AddRules(this IServiceCollection services, string contentFolder) => services
        .AddSingleton(_ => RuleBook.Load(contentFolder))
        .AddSingleton(new MenuEntry("系统", "依据库", "books", "/rules", PlatformPermissions.Use));
}
