using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Platform.Web.Pages;

/// <summary>How a person wants to see the product. Open to everyone, so that the sign-in page can be read in large text too.</summary>
[AllowAnonymous]
public sealed class PreferencesModel : PageModel
{
    public static readonly Option[] Themes =
        [new("auto", "跟随设备", Icon: "device-desktop"), new("light", "浅色", Icon: "sun"), new("dark", "深色", Icon: "moon")];
    public static readonly Option[] Texts =
        [new("normal", "标准", "适合办公室", "typography"), new("large", "大字", "文字和按钮都更大", "text-increase")];
    public static readonly Option[] KeyChoices = [new("on", "开"), new("off", "关", "只用 Tab 和回车")];

    public Look Current { get; private set; } = Look.Of(null, null, null);
    public string ReturnUrl { get; private set; } = "/";

    public void OnGet(string? returnUrl)
    {
        Current = Look.From(Request);
        ReturnUrl = Url.IsLocalUrl(returnUrl) ? returnUrl! : "/preferences";
    }

    public IActionResult OnPost(string? theme, string? text, string? keys, string? returnUrl)
    {
        Look.Of(theme, text, keys).Keep(HttpContext);
        this.Flash("外观已按您的选择保存在这台设备上。");
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl! : "/preferences");
    }
}
