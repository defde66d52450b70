namespace Ronghe.Browser;

/// <summary>Nothing that axe calls serious or critical, no error in the console.</summary>
public class AccessibilityTests(Product product)
{
    [Fact]
    public async Task A_page_without_a_sign_in_leads_to_it()
    {
        await using var visitor = await Visitor.OnPhoneAsync(product);
        await visitor.GoAsync("/");
        Assert.Contains("/sign-in", visitor.Page.Url);
        Assert.Empty(await visitor.BarriersAsync());
        Assert.Empty(visitor.Trouble);
    }
}
