using System.Net;

namespace Ronghe.Tests.Organisation.Accounts;

public class SignInTests(TestApp app) : IClassFixture<TestApp>
{
    const string Password = "炉火正旺 2026 年";

    [Fact]
    public async Task A_number_and_its_password_open_the_door_and_lead_back_to_the_page_that_was_asked_for()
    {
        await app.SetPasswordAsync(app.World.Wang, Password);
        var visitor = app.Stranger();
        var asked = await visitor.GetAsync("/me");
        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        var door = asked.Headers.Location!.ToString();
        Assert.Equal("/sign-in?returnUrl=%2Fme", door);
        var answer = await visitor.SubmitAsync(door, new { Number = "０２０３ ", Password });
        Assert.Equal("/me", answer.Headers.Location?.ToString());
        var page = await visitor.ReadAsync("/me");
        Assert.Contains("王磊", page.Body!.TextContent);
    }
}
