using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Ronghe.Figures.Offline;

namespace Ronghe.Browser;

/// <summary>A phone without a signal: reports wait on it, outlive the browser, and are stored once; nothing of one person's reaches another.</summary>
public sealed class OfflineTests(Product product) : IAsyncDisposable
{
    readonly FlakyLink _link = new(new Uri(product.Address).Port);
    readonly string _profile = Directory.CreateTempSubdirectory("ronghe-phone-").FullName;

    string Address => _link.Address.ToString().TrimEnd('/');

    public async ValueTask DisposeAsync()
    {
        await _link.DisposeAsync();
        Directory.Delete(_profile, recursive: true);
    }

    [Fact]
    public async Task A_report_made_without_a_signal_outlives_the_browser_and_is_stored_once()
    {
        var what = $"栈桥照明缺两盏 {Guid.CreateVersion7():n}";
        var context = await PhoneAsync();
        var page = await SignInAsync(context, "worker");
        await KeepAsync(page, "/findings/report");
        _link.Turn(LinkQuality.Down);
        await page.GotoAsync(Address + "/findings/report?place=QR-PLACE-7");
        Assert.Equal("QR-PLACE-7", await page.GetByLabel("在哪里").InputValueAsync());
        await ReportAsync(page, what);
        Assert.Equal("1", await page.Locator("#tabs [data-waiting] b").InnerTextAsync());
        await page.GotoAsync(Address + "/todo");
        Assert.True(await page.GetByText("刚才那一页打不开").IsVisibleAsync());
        await page.GotoAsync(Address + "/offline");
        await page.Locator("[data-state=waiting]", new() { HasTextString = what }).WaitForAsync();
        Assert.Empty(await Visitor.BarriersOnAsync(page));
        await context.CloseAsync();
        _link.Turn(LinkQuality.Up);

        context = await PhoneAsync();
        page = await SignInAsync(context, "worker");
        await page.GotoAsync(Address + "/offline");
        await page.Locator("[data-state=received]").GetByText(new Regex(@"编号 YH-\d{4}-\d{4}")).WaitForAsync();
        Assert.Empty(await Visitor.BarriersOnAsync(page));
        await page.GotoAsync(Address + "/findings?mine=true&q=" + what[^32..]);
        Assert.Equal(1, await page.Locator("tbody tr").CountAsync());
        await page.Locator("tbody a").First.ClickAsync();
        await page.Locator("img[src*='/files/']").First.WaitForAsync();
        Assert.Equal(1, await page.Locator("a[data-photo]").CountAsync());
        await context.CloseAsync();
    }

    [Fact]
    public async Task Signing_out_warns_and_what_stays_is_sent_by_its_owner_alone()
    {
        var what = $"电缆沟盖板缺一块 {Guid.CreateVersion7():n}";
        var context = await PhoneAsync();
        var page = await SignInAsync(context, "worker");
        await KeepAsync(page, "/findings/report");
        _link.Turn(LinkQuality.Down);
        await page.GotoAsync(Address + "/findings/report");
        await ReportAsync(page, what);
        // A signal for the pages, none for what is sent.
        _link.Withheld = "GET /api/v1/offline";
        _link.Turn(LinkQuality.Up);
        await page.GotoAsync(Address + "/sign-out");
        await page.GetByText("还有 1 条没有上传").WaitForAsync();
        Assert.Empty(await Visitor.BarriersOnAsync(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "退出，留给我" }).ClickAsync();
        await page.WaitForURLAsync("**/sign-in*");
        await UntilAsync(page, "() => caches.has('pages').then(there => !there)");
        _link.Withheld = null;

        page = await SignInAsync(context, "secretary");
        await page.GotoAsync(Address + "/offline");
        await page.GetByText("还有别人的 1 条").WaitForAsync();
        Assert.Equal(0, await page.GetByText(what).CountAsync());
        await page.GotoAsync(Address + "/findings?q=" + what[^32..]);
        Assert.Equal(0, await page.Locator("tbody tr").CountAsync());
        await page.GotoAsync(Address + "/sign-out");
        await page.GetByRole(AriaRole.Button, new() { Name = "退出登录" }).ClickAsync();
        await page.WaitForURLAsync("**/sign-in*");

        page = await SignInAsync(context, "worker");
        await page.GotoAsync(Address + "/offline");
        await page.Locator("[data-state=received]").WaitForAsync();
        await context.CloseAsync();
    }

    [Fact]
    public async Task A_checklist_begun_with_a_signal_is_filled_in_without_one_photo_and_all()
    {
        var context = await PhoneAsync();
        var page = await SignInAsync(context, "crew-lead");
        var list = await BeginRoundAsync(page, "CK10");
        await page.Locator(".fill input[value=Yes]").First.CheckAsync(new() { Force = true });
        await page.Locator("[data-steps-note]", new() { HasTextString = "已自动保存" }).WaitForAsync();
        // The copy on the device follows what was saved.
        await UntilAsync(page, "path => caches.open('pages').then(cache => cache.match(path)).then(page => page?.text()).then(html => /value=\"Yes\" checked/.test(html ?? ''))", list);

        _link.Turn(LinkQuality.Down);
        await page.GotoAsync(Address + list);
        Assert.True(await page.Locator(".fill input[value=Yes]").First.IsCheckedAsync());
        await page.Locator(".fill input[value=No]").Nth(1).CheckAsync(new() { Force = true });
        var photo = page.Locator("[data-step=CK10-14]");
        await photo.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "动火点.png", MimeType = "image/png", Buffer = await page.ScreenshotAsync() });
        await photo.Locator(".shot img").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "保存检查表" }).ClickAsync();
        await page.GetByText("已存在这台设备上").First.WaitForAsync();
        await page.GotoAsync(Address + list);
        await photo.GetByText("1 张照片存在这台设备上").WaitForAsync();
        Assert.True(await page.Locator(".fill input[value=No]").Nth(1).IsCheckedAsync());
        Assert.Empty(await Visitor.BarriersOnAsync(page));

        _link.Turn(LinkQuality.Up);
        await page.GotoAsync(Address + "/offline");
        await page.Locator("[data-state=received]").Nth(1).WaitForAsync();
        await page.GotoAsync(Address + list);
        Assert.Equal(0, await page.Locator("#page[data-kept]").CountAsync());
        Assert.True(await page.Locator(".fill input[value=Yes]").First.IsCheckedAsync());
        Assert.True(await page.Locator(".fill input[value=No]").Nth(1).IsCheckedAsync());
        Assert.Equal(1, await photo.Locator(".fill-photos img").CountAsync());
        await context.CloseAsync();
    }

    /// <summary>The lead of a zone begins to walk it with this list.</summary>
    /// <returns>Path of the inspection.</returns>
    async Task<string> BeginRoundAsync(IPage page, string checklist)
    {
        await page.GotoAsync(Address + "/zones");
        var zone = await page.Locator("tbody a", new() { HasTextString = "循环水与冷却塔" }).First.GetAttributeAsync("href");
        await page.GotoAsync($"{Address}/inspections/round?zone={zone!.Split('/')[^1]}");
        await page.Locator("select[name=Checklist]").SelectOptionAsync(checklist);
        await page.GetByRole(AriaRole.Button, new() { Name = "开始巡查" }).ClickAsync();
        await page.WaitForURLAsync(new Regex("/inspections/[0-9a-f-]{36}"));
        return new Uri(page.Url).AbsolutePath;
    }

    Task<IBrowserContext> PhoneAsync() => product.Chromium.BrowserType.LaunchPersistentContextAsync(_profile, new()
    {
        ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
        Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        ViewportSize = new() { Width = 390, Height = 844 }, Locale = "zh-CN", TimezoneId = "Asia/Shanghai", HasTouch = true, IsMobile = true, ReducedMotion = ReducedMotion.Reduce,
    });

    async Task<IPage> SignInAsync(IBrowserContext context, string role)
    {
        var (page, account) = (context.Pages[0], product.Accounts[role]);
        await page.GotoAsync(Address + "/sign-in");
        await page.Locator("input[autocomplete=username]").FillAsync(account.Number);
        await page.Locator("input[type=password]").FillAsync(account.Password);
        await page.Locator("form button[type=submit]").First.ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/sign-in"));
        return page;
    }

    /// <summary>Opened once with a signal, a page is on the device a moment later.</summary>
    async Task KeepAsync(IPage page, string path)
    {
        await page.GotoAsync(Address + path);
        await UntilAsync(page, "path => caches.open('pages').then(cache => cache.match(path)).then(Boolean)", path);
    }

    /// <summary>Asks until it is so. Playwright's own wait takes a promise for a yes.</summary>
    static async Task UntilAsync(IPage page, string question, object? about = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await page.EvaluateAsync<bool>(question, about)) await Task.Delay(100, patience.Token);
    }

    static async Task ReportAsync(IPage page, string what)
    {
        await page.Locator("input[type=file]").First.SetInputFilesAsync(new FilePayload { Name = "现场.png", MimeType = "image/png", Buffer = await page.ScreenshotAsync() });
        await page.Locator("[name='Form.Description']").FillAsync(what);
        if (await page.GetByLabel("在哪里").InputValueAsync() == "") await page.GetByLabel("在哪里").FillAsync("输煤栈桥");
        await page.GetByRole(AriaRole.Button, new() { Name = "上报", Exact = true }).ClickAsync();
        await page.GetByText("已存在这台设备上").First.WaitForAsync();
    }
}
