using System.Net;
using Ronghe.Platform.Security;

namespace Ronghe.Tests.Platform.Security;

/// <summary>What another site can make a signed-in browser send.</summary>
public class ForgeryTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_form_without_a_token_is_refused_and_changes_nothing()
    {
        var wang = await app.SignInAs(app.World.Wang);
        var answer = await wang.PostAsync("/sign-out", []);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await wang.GetAsync("/me")).StatusCode);
    }

    [Fact]
    public async Task A_form_with_the_token_of_somebody_else_is_refused()
    {
        var (wang, liu) = (await app.SignInAs(app.World.Wang), await app.SignInAs(app.World.Liu));
        var foreign = await liu.TokenAsync("/me");
        wang.SetCookie("ronghe-form", liu.Cookies["ronghe-form"]);
        Assert.Equal(HttpStatusCode.BadRequest, (await wang.PostAsync("/sign-out", [new("__RequestVerificationToken", foreign)])).StatusCode);
    }

    [Fact]
    public async Task An_unsafe_call_of_the_api_that_rides_on_the_cookie_needs_the_token()
    {
        var xu = await app.SignInAs(app.World.Xu);
        var url = $"/api/v1/accounts/{app.World.Zhang.Id}/failures";
        Assert.Equal(HttpStatusCode.BadRequest, (await xu.SendAsync(new(HttpMethod.Delete, url))).StatusCode);
        var forged = new HttpRequestMessage(HttpMethod.Delete, url);
        forged.Headers.Add(ApiForms.Header, "CfDJ8");
        Assert.Equal(HttpStatusCode.BadRequest, (await xu.SendAsync(forged)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await xu.CallAsync(HttpMethod.Delete, url)).StatusCode);
        // A token in the header does not ride on anything.
        var program = await app.ProgramOf(app.World.Xu);
        Assert.Equal(HttpStatusCode.NoContent, (await program.SendAsync(new(HttpMethod.Delete, url))).StatusCode);
    }

    [Fact]
    public async Task An_empty_bearer_token_does_not_switch_the_check_off()
    {
        var xu = await app.SignInAs(app.World.Xu);
        var sneaky = new HttpRequestMessage(HttpMethod.Delete, $"/api/v1/accounts/{app.World.Zhang.Id}/failures");
        sneaky.Headers.TryAddWithoutValidation("Authorization", "Bearer ");
        Assert.Contains((await xu.SendAsync(sneaky)).StatusCode, new[] { HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized });
    }
}
