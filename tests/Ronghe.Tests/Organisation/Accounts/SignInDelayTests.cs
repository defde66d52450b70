using System.Net;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Accounts;

namespace Ronghe.Tests.Organisation.Accounts;

/// <summary>Guessing gets slower for the guesser, and for nobody else.</summary>
public class SignInDelayTests(TestApp app) : IClassFixture<TestApp>
{
    const string Password = "炉火正旺 2026 年", Number = "0204";

    [Fact]
    public async Task An_attacker_is_slowed_down_but_not_the_rightful_user_on_a_known_device()
    {
        await app.SetPasswordAsync(app.World.Chen, Password);
        var chen = app.Stranger();
        chen.Address = "10.1.1.7";
        await chen.SubmitAsync("/sign-in", new { Number, Password });
        await chen.SubmitAsync("/sign-out");

        // Worst case: the attacker shares the user's address.
        var attacker = Guesser("10.1.1.7");
        for (var i = 0; i < 5; i++) Assert.DoesNotContain("秒后再试", await GuessAsync(attacker, Number));
        Assert.Contains("请在 10 秒后再试", await GuessAsync(attacker, Number));
        Assert.Contains("秒后再试", await (await attacker.SubmitAsync("/sign-in", new { Number, Password })).TextAsync());

        Assert.Equal("/", (await chen.SubmitAsync("/sign-in", new { Number, Password })).Headers.Location?.ToString());
        var elsewhere = Guesser("10.1.1.8");
        Assert.Equal("/", (await elsewhere.SubmitAsync("/sign-in", new { Number, Password })).Headers.Location?.ToString());
    }

    [Fact]
    public async Task The_wait_grows_up_to_a_quarter_of_an_hour_and_the_door_opens_again_after_it()
    {
        await using var own = await TestApp.StartAsync();
        await own.SetPasswordAsync(own.World.Wang, Password);
        var visitor = own.Stranger();
        for (var i = 0; i < 5; i++) await GuessAsync(visitor, "0203");
        foreach (var seconds in new[] { 10, 20, 40, 80, 160, 320, 640, 900, 900 })
        {
            Assert.Contains($"请在 {seconds} 秒后再试", await GuessAsync(visitor, "0203"));
            own.Clock.Pass(TimeSpan.FromSeconds(seconds - 1));
            Assert.Contains("请在 1 秒后再试", await GuessAsync(visitor, "0203"));
            own.Clock.Pass(TimeSpan.FromSeconds(1));
            Assert.DoesNotContain("秒后再试", await GuessAsync(visitor, "0203"));
        }
        own.Clock.Pass(TimeSpan.FromSeconds(900));
        Assert.Equal("/", (await visitor.SubmitAsync("/sign-in", new { Number = "0203", Password })).Headers.Location?.ToString());
        Assert.DoesNotContain("秒后再试", await GuessAsync(visitor, "0203"));
    }

    [Fact]
    public async Task A_number_that_nobody_has_is_slowed_down_like_any_other()
    {
        var attacker = Guesser("10.2.2.2");
        for (var i = 0; i < 5; i++) Assert.DoesNotContain("秒后再试", await GuessAsync(attacker, "7777"));
        Assert.Contains("请在 10 秒后再试", await GuessAsync(attacker, "7777"));
    }

    [Fact]
    public async Task One_address_cannot_try_one_password_on_everybody()
    {
        var attacker = Guesser("10.3.3.3");
        var page = await attacker.ReadAsync("/sign-in");
        var token = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        Task<HttpResponseMessage> Try(int number) => attacker.PostAsync("/sign-in",
            [new("Number", $"5{number:000}"), new("Password", "Dangjian@2026"), new("__RequestVerificationToken", token)]);
        for (var i = 0; i < 100; i++) Assert.DoesNotContain("秒后再试", await (await Try(i)).TextAsync());
        Assert.Contains("请在 10 秒后再试", await (await Try(100)).TextAsync());
    }

    [Fact]
    public async Task Tries_side_by_side_do_not_slip_through_together()
    {
        await app.SetPasswordAsync(app.World.Li, Password);
        var attacker = Guesser("10.4.4.4");
        var token = await attacker.TokenAsync("/sign-in");
        var tries = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => attacker.PostAsync("/sign-in",
            [new("Number", "0301"), new("Password", "不是这个密码"), new("__RequestVerificationToken", token)])));
        var texts = await Task.WhenAll(tries.Select(answer => answer.TextAsync()));
        Assert.Equal(5, texts.Count(text => !text.Contains("秒后再试")));
    }

    [Fact]
    public async Task A_burst_of_failures_is_in_the_journal_without_what_was_typed()
    {
        var attacker = Guesser("10.5.5.5");
        for (var i = 0; i < 6; i++) await GuessAsync(attacker, "0303");
        var account = app.World.AccountIds[app.World.Liu.Id];
        var rows = await app.InDatabase(db => db.Journal.Where(row => row.SubjectId == account && row.Event == AccountJournal.SignInSlowed).ToListAsync());
        Assert.Single(rows);
        Assert.Contains("10.5.5.5", rows[0].Data);
        Assert.DoesNotContain("不是", rows[0].Data);
    }

    [Fact]
    public async Task The_security_administrator_lifts_the_wait()
    {
        await app.SetPasswordAsync(app.World.Zhou, Password);
        var zhou = Guesser("10.6.6.6");
        for (var i = 0; i < 6; i++) await GuessAsync(zhou, "0202");
        var xu = await app.SignInAs(app.World.Xu);
        var answer = await xu.SubmitAsync($"/admin/accounts/{app.World.Zhou.Id}", handler: "Unlock");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/", (await zhou.SubmitAsync("/sign-in", new { Number = "0202", Password })).Headers.Location?.ToString());
    }

    Visitor Guesser(string address)
    {
        var visitor = app.Stranger();
        visitor.Address = address;
        return visitor;
    }

    static async Task<string> GuessAsync(Visitor visitor, string number) =>
        await (await visitor.SubmitAsync("/sign-in", new { Number = number, Password = "不是这个密码" })).TextAsync();
}
