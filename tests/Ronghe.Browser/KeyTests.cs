using System.Text.RegularExpressions;

namespace Ronghe.Browser;

/// <summary>Working with keys alone, and switching single keys off.</summary>
public class KeyTests(Product product)
{
    [Fact]
    public async Task Keys_open_their_help_walk_through_a_list_and_go_places()
    {
        await using var officer = await Visitor.OnPcAsync(product);
        await officer.SignInAsync(product.Accounts["safety-officer"]);
        await officer.GoAsync("/findings?all=true");
        await officer.Page.Keyboard.PressAsync("?");
        var help = officer.Page.Locator("dialog#keys[open]");
        await help.WaitForAsync();
        Assert.Empty(await officer.BarriersAsync());
        await officer.Page.Keyboard.PressAsync("Escape");
        Assert.Equal(0, await help.CountAsync());

        await officer.Page.Keyboard.PressAsync("j");
        await officer.Page.Keyboard.PressAsync("j");
        await officer.Page.Keyboard.PressAsync("ArrowUp");
        var rows = officer.Page.Locator("tbody tr");
        Assert.True(await rows.First.Locator("a.t").EvaluateAsync<bool>("link => link === document.activeElement"));
        await officer.Page.Keyboard.PressAsync("x");
        Assert.True(await rows.First.Locator("input[name=ids]").IsCheckedAsync());
        await officer.Page.Keyboard.PressAsync("g");
        await officer.Page.Keyboard.PressAsync("p");
        await officer.Page.WaitForURLAsync(new Regex("/people$"));
        Assert.Empty(officer.Trouble);
    }

    [Fact]
    public async Task Switched_off_single_keys_do_nothing()
    {
        await using var officer = await Visitor.OnPcAsync(product);
        await officer.SignInAsync(product.Accounts["safety-officer"]);
        await officer.GoAsync("/preferences");
        await officer.Page.Locator("input[name=keys][value=off]").CheckAsync(new() { Force = true });
        await officer.Page.Locator("main button[type=submit]").ClickAsync();
        await officer.Page.Locator(".flash").WaitForAsync();
        await officer.GoAsync("/findings?all=true");
        await officer.Page.Keyboard.PressAsync("?");
        Assert.Equal(0, await officer.Page.Locator("dialog[open]").CountAsync());
    }
}
