namespace Ronghe.Platform.Web;

/// <summary>How this person wants to see the product: theme, size of text, single-key shortcuts. Kept in a cookie, so it holds before sign-in too.</summary>
public sealed record Look(string Theme, string Text, string Keys)
{
    const string Cookie = "ronghe-look";

    public static readonly string[] Themes = ["auto", "light", "dark"];
    public static readonly string[] Texts = ["normal", "large"];
    public static readonly string[] KeyChoices = ["on", "off"];

    /// <summary>The address wins over the cookie: <c>?theme=dark&amp;text=large</c>.</summary>
    public static Look From(HttpRequest request)
    {
        var kept = (request.Cookies[Cookie] ?? "").Split('.');
        return Of(request.Query["theme"].ToString() is { Length: > 0 } theme ? theme : kept.ElementAtOrDefault(0),
            request.Query["text"].ToString() is { Length: > 0 } text ? text : kept.ElementAtOrDefault(1), kept.ElementAtOrDefault(2));
    }

    public static Look Of(string? theme, string? text, string? keys) =>
        new(Known(Themes, theme), Known(Texts, text), Known(KeyChoices, keys));

    public void Keep(HttpContext http) => http.Response.Cookies.Append(Cookie, $"{Theme}.{Text}.{Keys}", new CookieOptions
    {
        HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, MaxAge = TimeSpan.FromDays(400), Path = "/",
    });

    static string Known(string[] choices, string? value) => choices.Contains(value) ? value! : choices[0];
}
