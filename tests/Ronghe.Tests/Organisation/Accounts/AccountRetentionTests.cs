using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Ronghe.Organisation.Accounts;
using Ronghe.Platform;
using Ronghe.Platform.Security;

namespace Ronghe.Tests.Organisation.Accounts;

/// <summary>What is over goes after its days, in batches; what is in use and what the journal tells stay.</summary>
public class AccountRetentionTests
{
    [Fact]
    public async Task What_is_over_goes_after_its_days_and_the_rest_stays()
    {
        await using var app = await TestApp.StartAsync();
        await app.SetPasswordAsync(app.World.Wang, "炉火正旺 2026 年");
        var wang = app.Stranger();
        await wang.SubmitAsync("/sign-in", new { Number = "0203", Password = "不是这个密码" });
        await wang.SubmitAsync("/sign-in", new { Number = "0203", Password = "炉火正旺 2026 年" });
        await wang.SubmitAsync("/sign-out");
        await app.Stranger().SubmitAsync("/sign-in", new { Number = "7777", Password = "不是这个密码" });
        var account = app.World.AccountIds[app.World.Wang.Id];
        await app.InDatabase(async db =>
        {
            var revoked = Token(app, account, "作废的", 365);
            revoked.Revoke(app.Clock.GetUtcNow());
            db.AddRange(revoked, Token(app, account, "短期的", 10), Token(app, account, "还能用的", 365));
            return await db.SaveChangesAsync();
        });

        app.Clock.Pass(TimeSpan.FromDays(1));
        Assert.Equal(0, await RemoveAsync(app));
        app.Clock.Pass(TimeSpan.FromDays(2));
        var (failuresLeft, _) = (await CountAsync(app, db => db.SignInFailures), await RemoveAsync(app));
        Assert.True(failuresLeft > 0);
        Assert.Equal((0, 1), (await CountAsync(app, db => db.SignInFailures), await CountAsync(app, db => db.SignInSessions)));
        app.Clock.Pass(TimeSpan.FromDays(28));
        var here = await app.SignInAs(app.World.Wang);
        Assert.Equal(1, await RemoveAsync(app));
        Assert.Equal(System.Net.HttpStatusCode.OK, (await here.GetAsync("/me")).StatusCode);
        app.Clock.Pass(TimeSpan.FromDays(60));
        Assert.Equal(2, await RemoveAsync(app));
        Assert.Equal(["短期的", "还能用的"], await app.InDatabase(db => db.ApiTokens.OrderBy(t => t.ExpiresAt).Select(t => t.Title).ToListAsync()));
        app.Clock.Pass(TimeSpan.FromDays(10));
        Assert.Equal(1, await RemoveAsync(app));
        Assert.Equal("还能用的", await app.InDatabase(db => db.ApiTokens.Select(t => t.Title).SingleAsync()));

        Assert.True(await app.InDatabase(db => db.Journal.AnyAsync(row => row.SubjectId == account && row.Event == AccountJournal.SignedIn)));
        var row = await app.AsAsync(app.World.Xu, services => services.Of<AccountQueries>().FindAsync(app.World.Wang.Id));
        Assert.Equal(TestClock.Start, row.LastSignInAt);
    }

    [Fact]
    public async Task More_than_a_batch_goes_in_several()
    {
        await using var app = await TestApp.StartAsync();
        var account = app.World.AccountIds[app.World.Wang.Id];
        const int many = AccountRetention.Batch * 2 + 5;
        await app.InDatabase(db => db.Database.ExecuteSqlAsync($"""
            insert into sign_in_sessions (id, account_id, started_at, expires_at, device, address)
            select gen_random_uuid(), {account}, {TestClock.Start.AddDays(-100)}, {TestClock.Start.AddDays(-99)}, '', '' from generate_series(1, {many})
            """));
        await app.SignInAs(app.World.Wang);
        Assert.Equal(many, await RemoveAsync(app));
        Assert.Equal(1, await CountAsync(app, db => db.SignInSessions));
    }

    [Theory]
    [InlineData("0"), InlineData("-1"), InlineData("永远"), InlineData("99999999999")]
    public void Days_that_are_none_keep_the_product_from_starting(string written)
    {
        var refusal = Assert.Throws<Refusal>(() => RetentionDays.Of(Settings(written)));
        Assert.Contains("Ronghe:Retention:TokenDays", refusal.Message);
        Assert.Equal((30, 7), (RetentionDays.Of(Settings("7")).SessionDays, RetentionDays.Of(Settings("7")).TokenDays));
    }

    static IConfiguration Settings(string tokenDays) =>
        new ConfigurationBuilder().AddInMemoryCollection([new("Ronghe:Retention:TokenDays", tokenDays)]).Build();

    static ApiToken Token(TestApp app, Guid account, string title, int days) => new(account, title, BearerToken.Hash(title), app.Clock.GetUtcNow(), days);

    static Task<int> RemoveAsync(TestApp app) => app.InDatabase(db => new AccountRetention(db, new RetentionDays(), app.Clock).RemoveOutdatedAsync());

    static Task<int> CountAsync<T>(TestApp app, Func<AppDb, IQueryable<T>> rows) => app.InDatabase(db => rows(db).CountAsync());
}
