using System.Net;
using Microsoft.AspNetCore.Http;
using Ronghe.Platform;
using Ronghe.Platform.Outgoing;
using Ronghe.Tests.Platform.Robots;

namespace Ronghe.Tests.Platform.Outgoing;

/// <summary>The product calls where it may and nowhere else, whatever a name says, and does not wait or read for ever.</summary>
public sealed class OutgoingCallTests : IAsyncLifetime
{
    RobotDouble _there = null!;
    int _resolved;

    public async ValueTask InitializeAsync() => _there = await RobotDouble.StartAsync(TimeProvider.System);
    public ValueTask DisposeAsync() => _there.DisposeAsync();

    [Theory]
    [InlineData("8.8.8.8", true), InlineData("119.29.29.29", true), InlineData("2400:3200::1", true)]
    [InlineData("127.0.0.1", false), InlineData("127.255.255.254", false), InlineData("0.0.0.0", false), InlineData("10.1.2.3", false), InlineData("172.16.0.1", false), InlineData("172.31.255.255", false)]
    [InlineData("192.168.1.1", false), InlineData("169.254.169.254", false), InlineData("100.100.100.200", false), InlineData("198.18.0.1", false), InlineData("224.0.0.1", false), InlineData("255.255.255.255", false)]
    [InlineData("::1", false), InlineData("::", false), InlineData("::ffff:127.0.0.1", false), InlineData("::ffff:8.8.8.8", false), InlineData("::7f00:1", false), InlineData("fe80::1", false), InlineData("fe80::1%1", false)]
    [InlineData("fd00::1", false), InlineData("fec0::1", false), InlineData("ff02::1", false), InlineData("64:ff9b::7f00:1", false), InlineData("2002:7f00:1::", false), InlineData("2001::7f00:1", false), InlineData("2001:db8::1", false)]
    public void An_address_is_in_the_open_internet_or_it_is_not(string address, bool isPublic) => Assert.Equal(isPublic, PublicAddress.Is(IPAddress.Parse(address)));

    [Fact]
    public async Task What_is_not_on_the_list_is_not_even_looked_up()
    {
        using var calls = Calls("https://known.example", _ => [IPAddress.Parse($"127.0.0.{++_resolved}")]);
        foreach (var address in new[] { $"http://127.0.0.1:{_there.Port}/", $"http://localhost:{_there.Port}/", "http://known.example/", "https://known.example:444/", "https://known.example.evil.example/", "https://a:b@known.example/", "https://known.example./" })
            Assert.True((await Assert.ThrowsAsync<NoAnswer>(() => calls.PostJsonAsync(new(address), "{}"))).IsForbidden);
        Assert.Equal(0, _resolved);
    }

    [Theory, InlineData("127.0.0.1"), InlineData("10.0.0.1"), InlineData("::ffff:127.0.0.1"), InlineData("8.8.8.8 127.0.0.1")]
    public async Task A_name_that_leads_inside_is_not_followed(string found)
    {
        using var calls = Calls($"https://known.example:{_there.Port}", _ => [.. found.Split(' ').Select(IPAddress.Parse)]);
        var none = await Assert.ThrowsAsync<NoAnswer>(() => calls.PostJsonAsync(new($"https://known.example:{_there.Port}/"), "{}"));
        Assert.True(none.IsForbidden);
        Assert.DoesNotContain("known.example", none.Message);
        Assert.Empty(_there.Refused);
    }

    [Fact]
    public async Task A_name_is_asked_once_and_that_answer_is_the_one_connected_to()
    {
        // Good for whoever looks, bad for whoever comes after: a second question would lead elsewhere.
        using var calls = Calls($"http://gateway.example:{_there.Port} 127.0.0.1/32", _ => [++_resolved == 1 ? IPAddress.Loopback : IPAddress.Parse("127.0.0.2")]);
        Assert.Equal(404, (await calls.PostJsonAsync(new($"http://gateway.example:{_there.Port}/x"), "{}")).Status);
        Assert.Equal(1, _resolved);
    }

    [Fact]
    public async Task Redirects_are_told_and_not_followed()
    {
        using var calls = Calls(_there.Allowed, host => Dns.GetHostAddresses(host));
        foreach (var status in new[] { 301, 302, 303, 307, 308 })
        {
            _there.Always(1, http =>
            {
                (http.Response.StatusCode, http.Response.Headers.Location) = (status, $"{_there.Address}robot/send?access_token=x");
                return Task.CompletedTask;
            });
            Assert.Equal(status, (await calls.PostJsonAsync(_there.Address, "{}")).Status);
        }
        Assert.Empty(_there.Refused);
    }

    [Fact]
    public async Task Long_and_slow_answers_are_cut_off()
    {
        using var calls = Calls(_there.Allowed, host => Dns.GetHostAddresses(host), TimeSpan.FromSeconds(1));
        _there.Always(1, http => http.Response.WriteAsync(new string('x', 1_000_000)));
        Assert.Contains("太长", (await Assert.ThrowsAsync<NoAnswer>(() => calls.PostJsonAsync(_there.Address, "{}"))).Message);
        _there.Always(1, async http =>
        {
            await http.Response.WriteAsync("{");
            await http.Response.Body.FlushAsync();
            await Task.Delay(TimeSpan.FromSeconds(30), http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        var slow = await Assert.ThrowsAsync<NoAnswer>(() => calls.PostJsonAsync(_there.Address, "{}"));
        Assert.False(slow.IsForbidden);
        Assert.Contains("规定时间", slow.Message);
        _there.HangUp(1);
        Assert.False((await Assert.ThrowsAsync<NoAnswer>(() => calls.PostJsonAsync(_there.Address, "{}"))).IsForbidden);
    }

    [Theory]
    [InlineData("http://gateway.example"), InlineData("http://gateway.example 10.0.0.0/8"), InlineData("http://127.0.0.1 0.0.0.0/0"), InlineData("ftp://x.example"), InlineData("https://x.example/path")]
    [InlineData("https://u@x.example"), InlineData("https://x.example 10.0.0.0/99"), InlineData("https://x.example a b"), InlineData("gateway.example")]
    public void A_setting_that_says_too_much_or_nothing_keeps_the_product_from_starting(string written) =>
        Assert.Contains("没有启动", Assert.Throws<Refusal>(() => AllowedOrigins.Parse("Ronghe:RobotHosts", written).ToList()).Message);

    [Fact]
    public void A_private_gateway_is_reached_in_its_network_only()
    {
        var origins = new AllowedOrigins(AllowedOrigins.Parse("Ronghe:RobotHosts", "https://gateway.plant.local 10.20.0.0/16, https://open.example"));
        Assert.True(origins.MayReach(new("https://gateway.plant.local/x"), IPAddress.Parse("10.20.3.4")));
        Assert.False(origins.MayReach(new("https://gateway.plant.local/x"), IPAddress.Parse("10.21.3.4")));
        Assert.False(origins.MayReach(new("https://open.example/"), IPAddress.Parse("10.20.3.4")));
        Assert.True(origins.MayReach(new("https://open.example/"), IPAddress.Parse("8.8.8.8")));
    }

    static OutgoingCalls Calls(string allowed, Func<string, IPAddress[]> resolve, TimeSpan? within = null) =>
        new(new(AllowedOrigins.Parse("test", allowed)), (host, _) => Task.FromResult(resolve(host)), within ?? TimeSpan.FromSeconds(5));
}
