using Microsoft.EntityFrameworkCore;

namespace Ronghe.Tests.Platform.Web;

public class ProxyTests
{
    const string Password = "炉火正旺 2026 年";

    [Theory]
    [InlineData("10.0.0.4", "203.0.113.9")]
    [InlineData("10.9.9.9", "10.9.9.9")]
    public async Task Only_a_named_proxy_is_believed_about_who_asks(string asker, string believed)
    {
        await using var app = await TestApp.StartAsync(builder => builder.Configuration["Ronghe:Proxies"] = "10.0.0.4, 10.0.1.0/24");
        await app.SetPasswordAsync(app.World.Wang, Password);
        var visitor = app.Stranger();
        visitor.Address = asker;
        var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Content = new FormUrlEncodedContent([new("Number", "0203"), new("Password", Password), new("__RequestVerificationToken", await visitor.TokenAsync("/sign-in"))]),
        };
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        await visitor.SendAsync(request);
        Assert.Equal(believed, await app.InDatabase(db => db.SignInSessions.Select(session => session.Address).SingleAsync()));
    }
}
