using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Ronghe.Browser;

/// <summary>Somebody with a browser: a phone or a PC, with or without JavaScript.</summary>
public sealed class Visitor : IAsyncDisposable
{
    readonly List<string> _trouble = [];

    readonly Product _product;

    Visitor(IPage page, Product product) => (Page, _product) = (page, product);

    public IPage Page { get; }
    public string Address => _product.Address;

    /// <summary>Errors of scripts and refusals by the content security policy, as the browser's console told them.</summary>
    public IReadOnlyList<string> Trouble => _trouble;

    public static async Task<Visitor> OnPhoneAsync(Product product, bool script = true) => await OpenAsync(product, 390, 844, script, phone: true);
    public static async Task<Visitor> OnPcAsync(Product product, bool script = true, bool dark = false) => await OpenAsync(product, 1440, 900, script, phone: false, dark);

    static async Task<Visitor> OpenAsync(Product product, int width, int height, bool script, bool phone, bool dark = false)
    {
        var context = await product.Chromium.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height }, Locale = "zh-CN", TimezoneId = "Asia/Shanghai",
            JavaScriptEnabled = script, HasTouch = phone, IsMobile = phone, ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
        });
        var page = await context.NewPageAsync();
        var visitor = new Visitor(page, product);
        page.Console += (_, message) => { if (message.Type == "error" && !message.Text.Contains("Failed to load resource")) visitor._trouble.Add(message.Text); };
        page.PageError += (_, error) => visitor._trouble.Add(error);
        return visitor;
    }

    public async Task SignInAsync(DemoAccount account)
    {
        await GoAsync("/sign-in");
        await Page.Locator("input[autocomplete=username]").FillAsync(account.Number);
        await Page.Locator("input[type=password]").FillAsync(account.Password);
        await Page.Locator("main button[type=submit], form button[type=submit]").First.ClickAsync();
        await Page.WaitForURLAsync(url => !url.Contains("/sign-in"));
    }

    /// <exception cref="InvalidOperationException">The product failed to give the page; with what it logged last.</exception>
    public async Task GoAsync(string path)
    {
        try
        {
            if (await Page.GotoAsync(Address + path) is { Status: >= 500 } failed) throw new PlaywrightException($"status {failed.Status}");
        }
        catch (PlaywrightException trouble)
        {
            throw new InvalidOperationException($"{path} did not open: {trouble.Message}\nThe product logged last:\n{_product.LastLogged(40)}", trouble);
        }
    }

    /// <summary>What axe calls serious or critical on the page as it stands.</summary>
    public Task<IReadOnlyList<string>> BarriersAsync() => BarriersOnAsync(Page);

    /// <summary>The same for a page that is nobody's visit: a phone with a profile that outlives it.</summary>
    public static async Task<IReadOnlyList<string>> BarriersOnAsync(IPage page)
    {
        var result = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        return [.. result.Violations.Where(v => v.Impact is "serious" or "critical")
            .Select(v => $"{new Uri(page.Url).PathAndQuery}: {v.Id} ({v.Help}): {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}")];
    }

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
