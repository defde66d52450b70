namespace Ronghe.Browser;

/// <summary>The product's main job on a phone and a PC, by five people.</summary>
public class LoopTests(Product product)
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
