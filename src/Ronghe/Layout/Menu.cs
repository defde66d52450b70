using Ronghe.Platform.Web;

namespace Ronghe.Layout;

/// <summary>The left menu of one person: the wings in the order of the house, each with the lines this person may open.</summary>
sealed class Menu(IEnumerable<MenuEntry> entries, IServiceProvider services)
{
    static readonly string[] Wings = ["", "闭环", "党的生活", "安全", "治理", "经营与人才", "考评与洞察", "组织", "系统"];

    readonly MenuRight may = services.GetService<MenuRight>() ?? ((_, _) => ValueTask.FromResult(true));

    public async Task<IReadOnlyList<MenuSection>> ForAsync(HttpContext http)
    {
        var current = MenuEntry.Current(entries, http.Request.Path);
        var sections = new List<MenuSection>();
        foreach (var wing in entries.GroupBy(e => e.Wing).OrderBy(g => PlaceOf(g.Key)))
        {
            var lines = new List<MenuLine>();
            foreach (var entry in wing)
                if (await may(http, entry))
                    lines.Add(new(entry, entry == current, entry.Count is null ? null : await entry.Count(http)));
            if (lines.Count > 0) sections.Add(new(wing.Key, lines));
        }
        return sections;
    }

    static int PlaceOf(string wing) => Array.IndexOf(Wings, wing) is >= 0 and var place ? place : Wings.Length;
}

sealed record MenuSection(string Wing, IReadOnlyList<MenuLine> Lines);

sealed record MenuLine(MenuEntry Entry, bool Current, int? Count);

/// <summary>Addresses that the shell itself leads to.</summary>
static class ShellLinks
{
    public const string Home = "/";
    public const string Report = "/findings/report";
    public const string Todo = "/todo";
    public const string Notices = "/notices";
    public const string Me = "/me";
    public const string Search = "/search";
    public const string Look = "/preferences";
    public const string Keys = "/keys";
    public const string SignIn = "/sign-in";
    public const string SignOut = "/sign-out";
}
