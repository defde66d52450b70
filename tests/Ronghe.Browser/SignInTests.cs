using Microsoft.Playwright;

namespace Ronghe.Browser;

/// <summary>Passkeys as a browser makes and shows them; the authenticator is Chromium's own virtual one.</summary>
public class SignInTests(Product product)
{
    DemoAccount Account => product.Accounts["system-administrator"];

    [Fact]
    public async Task A_passkey_is_added_and_then_signs_in_alone_and_as_the_second_step()
    {
        await using var visitor = await Visitor.OnPcAsync(product);
        var page = visitor.Page;
        await AddAuthenticatorAsync(page);
        await visitor.SignInAsync(Account);
        await visitor.GoAsync("/me/passkeys");
        await page.GetByLabel("名字").FillAsync("测试电脑");
        await page.GetByRole(AriaRole.Button, new() { Name = "添加通行密钥" }).ClickAsync();
        await page.Locator(".codes li").First.WaitForAsync();
        Assert.Equal(10, await page.Locator(".codes li").CountAsync());
        Assert.Empty(await visitor.BarriersAsync());
        try
        {
            await SignOutAsync(visitor);
            await visitor.GoAsync("/sign-in");
            await page.GetByRole(AriaRole.Button, new() { Name = "用通行密钥登录" }).ClickAsync();
            await page.WaitForURLAsync(url => !url.Contains("/sign-in"));

            await SignOutAsync(visitor);
            await visitor.GoAsync("/sign-in?returnUrl=%2Fme");
            await page.Locator("input[autocomplete=username]").FillAsync(Account.Number);
            await page.Locator("input[type=password]").FillAsync(Account.Password);
            await page.GetByRole(AriaRole.Button, new() { Name = "登录", Exact = true }).ClickAsync();
            await page.WaitForURLAsync("**/sign-in/second*");
            Assert.Empty(await visitor.BarriersAsync());
            await page.GetByRole(AriaRole.Button, new() { Name = "用通行密钥" }).ClickAsync();
            await page.WaitForURLAsync("**/me");
        }
        finally
        {
            await visitor.GoAsync("/me/passkeys");
            await page.GetByRole(AriaRole.Button, new() { Name = "删除 测试电脑" }).ClickAsync();
            await page.GetByText("通行密钥已删除").First.WaitForAsync();
        }
        Assert.Empty(visitor.Trouble);
    }

    [Fact]
    public async Task Without_javascript_there_is_no_button_that_does_nothing()
    {
        await using var visitor = await Visitor.OnPhoneAsync(product, script: false);
        await visitor.GoAsync("/sign-in");
        Assert.False(await visitor.Page.GetByText("用通行密钥登录").IsVisibleAsync());
        await visitor.SignInAsync(Account);
        await visitor.GoAsync("/me/passkeys");
        Assert.False(await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "添加通行密钥" }).IsVisibleAsync());
        Assert.True(await visitor.Page.GetByText("需要打开 JavaScript").IsVisibleAsync());
    }

    static async Task AddAuthenticatorAsync(IPage page)
    {
        var browser = await page.Context.NewCDPSessionAsync(page);
        await browser.SendAsync("WebAuthn.enable");
        await browser.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true,
                ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
    }

    static async Task SignOutAsync(Visitor visitor)
    {
        await visitor.GoAsync("/sign-out");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "退出登录" }).ClickAsync();
        await visitor.Page.WaitForURLAsync("**/sign-in*");
    }
}
