namespace Ronghe.Platform.Web;

/// <summary>
/// A line of the left menu, registered by the capability that owns the page:
/// <c>services.AddSingleton(new MenuEntry("闭环", "隐患与问题", "alert-triangle", "/findings", "findings.read"))</c>.
/// The wing is the title of the group, empty for the line at the very top; without a permission everyone who is signed in sees it.
/// </summary>
public sealed record MenuEntry(string Wing, string Text, string Icon, string Href, string? Permission = null)
{
    /// <summary>The small number behind the line: what waits there for this person.</summary>
    public Func<HttpContext, ValueTask<int?>>? Count { get; init; }

    /// <summary>The line under which an address stands: the longest one that the address begins with.</summary>
    public static MenuEntry? Current(IEnumerable<MenuEntry> menu, PathString path) =>
        menu.Where(e => e.Href is "/" ? path == "/" : path.StartsWithSegments(e.Href)).MaxBy(e => e.Href.Length);
}

/// <summary>Whether this person sees a line of the menu. Registered once, by whoever knows the rights; without it all lines show.</summary>
public delegate ValueTask<bool> MenuRight(HttpContext http, MenuEntry entry);
