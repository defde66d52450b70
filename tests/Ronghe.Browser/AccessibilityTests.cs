namespace Ronghe.Browser;

/// <summary>Every page of this version, on a phone by day and on a PC in the dark: nothing that axe calls serious or critical, no error in the console.</summary>
public class AccessibilityTests(Product product)
{
    static readonly (string Role, string[] Paths)[] Walks =
    [
        ("worker", ["/", "/todo", "/findings/report", "/offline", "/findings?mine=true", "/findings/board", "/public-notices", "/me", "/me/two-step", "/me/passkeys", "/me/confirm", "/me/password", "/preferences"]),
        ("safety-officer", ["/", "/findings", "/lists/findings?status=Assigned", "/findings/bulk", "/keys", "/findings/rechecks", "/findings/rules", "/findings/categories", "/rules", "/places", "/api-guide", "/imports",
            "/zones", "/zones/new", "/zones/plan", "/checklists", "/checklists/CK05", "/inspections", "/inspections/new", "/violations", "/violations/new", "/violations/kinds", "/tasks", "/duties", "/duties/rules",
            "/risks", "/risks/new", "/risks/rules", "/risk-sessions", "/risk-sessions/new", "/model-posts", "/model-posts/effect", "/model-posts/criteria", "/model-posts/zones"]),
        ("secretary", ["/", "/week", "/meetings", "/meetings/new", "/meetings/new?type=CommitteeMeeting", "/meetings/share", "/meetings/share/items?safety=true", "/meetings/rules", "/watch", "/calendar?all=true", "/calendar?view=week&all=true", "/calendar/overlap", "/calendar/feed", "/calendar/plans/new", "/robots", "/robots/new", "/model-posts/new", "/tasks/new", "/public-notices/edit", "/units", "/units?tree=party", "/people", "/people?q=czy", "/search?q=czy", "/nowhere"]),
        ("security-administrator", ["/admin/accounts", "/admin/first-codes", "/admin/sign-in-policy", "/appointments/new"]),
        ("system-administrator", ["/imports/new?kind=people", "/units/new", "/people/new", "/places/new", "/places/words"]),
    ];

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task No_barrier_on_any_page(bool phone)
    {
        var barriers = new List<string>();
        foreach (var (role, paths) in Walks)
        {
            await using var visitor = phone ? await Visitor.OnPhoneAsync(product) : await Visitor.OnPcAsync(product, dark: true);
            await visitor.SignInAsync(product.Accounts[role]);
            foreach (var path in paths)
            {
                await visitor.GoAsync(path);
                barriers.AddRange(await visitor.BarriersAsync());
                Assert.False(await visitor.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth + 1"), $"{path} scrolls sideways");
            }
            Assert.Empty(visitor.Trouble);
        }
        Assert.True(barriers.Count == 0, string.Join("\n", barriers));
    }

    [Fact]
    public async Task A_finding_has_no_barrier_and_opens_from_the_list_by_keyboard()
    {
        await using var officer = await Visitor.OnPcAsync(product);
        await officer.SignInAsync(product.Accounts["safety-officer"]);
        foreach (var status in (string[])["Reported", "Assigned", "Rectified", "Verified", "Closed"])
        {
            await officer.GoAsync("/findings?status=" + status);
            await officer.Page.Locator("tbody a").First.FocusAsync();
            await officer.Page.Keyboard.PressAsync("Enter");
            await officer.Page.WaitForURLAsync(new System.Text.RegularExpressions.Regex("/findings/[0-9a-f-]{36}"));
            Assert.Empty(await officer.BarriersAsync());
        }
        Assert.Empty(officer.Trouble);
    }

    [Theory]
    [InlineData("crew-lead", "/zones", "tbody a"), InlineData("crew-lead", "/watch", "tbody a"), InlineData("union", "/inspections?kind=WorkerPatrol", "tbody a")]
    [InlineData("secretary", "/inspections?kind=SpotCheck&status=Planned", "tbody a"), InlineData("safety-officer", "/violations", "tbody a"), InlineData("secretary", "/tasks?waiting=true", "tbody a")]
    [InlineData("safety-officer", "/risks", "tbody a"), InlineData("safety-officer", "/risk-sessions", "tbody a"), InlineData("safety-officer", "/model-posts", "tbody a")]
    [InlineData("secretary", "/meetings?status=Announced", "tbody a"), InlineData("secretary", "/meetings?status=Minuted", "tbody a"), InlineData("secretary", "/meetings/share/items", "tbody a")]
    [InlineData("union", "/public-notices", "main a[href^='/public-notices/']:not([href$=edit])")]
    public async Task A_record_of_the_safety_wing_has_no_barrier_on_a_phone(string role, string list, string links)
    {
        await using var visitor = await Visitor.OnPhoneAsync(product);
        await visitor.SignInAsync(product.Accounts[role]);
        await visitor.GoAsync(list);
        await visitor.Page.Locator(links).First.ClickAsync();
        await visitor.Page.WaitForURLAsync(new System.Text.RegularExpressions.Regex("/[0-9a-f-]{36}"));
        Assert.Empty(await visitor.BarriersAsync());
        Assert.Empty(visitor.Trouble);
    }

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
