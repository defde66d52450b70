using Ronghe.Platform.Security;

namespace Ronghe.Tests.Platform.Security;

public class CookieTests(TestApp app) : IClassFixture<TestApp>
{
    const string Password = "炉火正旺 2026 年";

    [Fact]
    public async Task Over_https_every_cookie_is_tied_to_this_host()
    {
        await app.SetPasswordAsync(app.World.Wang, Password);
        var visitor = app.Stranger(https: true);
        var answer = await visitor.SubmitAsync("/sign-in", new { Number = "0203", Password });
        var cookies = answer.Headers.GetValues("Set-Cookie").ToList();
        Assert.Contains(cookies, cookie => cookie.StartsWith("__Host-ronghe=", StringComparison.Ordinal));
        Assert.All(cookies, cookie =>
        {
            Assert.StartsWith("__Host-ronghe", cookie);
            Assert.Contains("; secure", cookie);
            Assert.Contains("; httponly", cookie);
            Assert.Contains("; path=/", cookie);
            Assert.DoesNotContain("domain=", cookie);
            Assert.Matches("samesite=(lax|strict)", cookie);
        });
        Assert.Contains("王磊", (await visitor.ReadAsync("/me")).Body!.TextContent);
    }

    [Fact]
    public async Task Over_https_a_cookie_without_the_prefix_counts_for_nothing()
    {
        var signedIn = await app.SignInAs(app.World.Wang);
        var planted = app.Stranger(https: true);
        planted.SetCookie(SessionCookie.Name, signedIn.Cookies[SessionCookie.Name]);
        Assert.Equal(System.Net.HttpStatusCode.Redirect, (await planted.GetAsync("/me")).StatusCode);
    }

    [Fact]
    public async Task Pages_of_people_are_not_stored_and_carry_the_security_headers()
    {
        var wang = await app.SignInAs(app.World.Wang);
        foreach (var url in new[] { "/me", "/me/tokens", "/api/v1/me" })
        {
            var answer = await wang.GetAsync(url);
            Assert.True(answer.Headers.CacheControl?.NoStore, url);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.Contains("frame-ancestors 'none'", policy);
            Assert.DoesNotContain("unsafe-inline", policy);
        }
    }
}
