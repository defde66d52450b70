using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Ronghe.Platform.Security;

namespace Ronghe.Platform.Web;

/// <summary>One message that outlives a redirect: <c>this.Flash("已上报，编号 YH-2026-0381。");</c></summary>
public sealed record Flash(string Text, string Kind)
{
    const string Key = "flash";

    const string Cookie = "ronghe-flash";

    public static void Put(PageModel page, string text, string kind)
    {
        page.TempData[Key] = $"{kind}|{text}";
        page.HttpContext.Items[typeof(Flash)] = true;
    }

    /// <summary>The message for this page. The store is not touched without need: reading it alone makes it send a cookie.</summary>
    public static Flash? Take(HttpContext http, ITempDataDictionary kept)
    {
        if (!http.Request.Cookies.ContainsKey(Cookie) && !http.Items.ContainsKey(typeof(Flash))) return null;
        return kept[Key] is string flash && flash.Split('|', 2) is [var kind, var text] ? new(text, kind) : null;
    }

    internal static string? Peek(PageModel page) => page.TempData.Peek(Key) as string;

    /// <summary>The message of an earlier answer that is given again.</summary>
    internal static void PutBack(PageModel page, string kept)
    {
        if (kept.Split('|', 2) is [var kind, var text]) Put(page, text, kind);
    }

    public static CookieBuilder Store() => HostCookies.Shape(Cookie);
}

public static class FlashOnPages
{
    /// <summary>Kinds: good, info, bad.</summary>
    public static void Flash(this PageModel page, string text, string kind = "good") => Web.Flash.Put(page, text, kind);
}
