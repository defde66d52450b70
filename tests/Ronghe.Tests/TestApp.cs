using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Accounts;
using Ronghe.Organisation.People;
using Ronghe.Platform.Data;
using Ronghe.Platform.Jobs;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Security;
using Ronghe.Tests.Platform.Journal;

namespace Ronghe.Tests;

/// <summary>
/// The whole product over HTTP on a database of its own with the small plant in it and a clock that tests move.
/// Use it as <c>class MyTests(TestApp app) : IClassFixture&lt;TestApp&gt;</c>, or start a private one with <see cref="StartAsync"/>.
/// </summary>
public sealed class TestApp : IAsyncLifetime
{
    readonly TestFolder _folder = new();
    WebApplication? _web;

    public World World { get; private set; } = null!;
    public TestClock Clock { get; } = new();
    public DatabaseAddress Database { get; private set; } = null!;
    public IServiceProvider Services => Web.Services;

    WebApplication Web => _web ?? throw new InvalidOperationException("Not started.");

    /// <summary>Set before the start, by a test that wants other settings or services.</summary>
    public Action<WebApplicationBuilder>? Adjust { get; init; }

    public static async Task<TestApp> StartAsync(Action<WebApplicationBuilder>? adjust = null)
    {
        var app = new TestApp { Adjust = adjust };
        await app.InitializeAsync();
        return app;
    }

    public async ValueTask InitializeAsync()
    {
        Database = await TestServer.FreshDatabaseAsync();
        await using (var db = AppDb.Open(Database.Owner)) World = await World.BuildAsync(db);
        _web = Program.Build(Builder(), Database.App, _folder.Path);
        await Web.StartAsync();
    }

    /// <summary>Another node of the product on the same database and data folder, stopped in order when it is disposed.</summary>
    public async Task<TestNode> StartBesideAsync(Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = Builder();
        adjust?.Invoke(builder);
        var beside = Program.Build(builder, Database.App, _folder.Path);
        await beside.StartAsync();
        return new(beside);
    }

    public async ValueTask DisposeAsync()
    {
        if (_web is not null) await new TestNode(_web).DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>A browser of somebody who has not signed in.</summary>
    public Visitor Stranger(bool https = false) => new(Web.GetTestServer(), https);

    /// <summary>A browser of a person who has signed in, without the cost of a password.</summary>
    public async Task<Visitor> SignInAs(Person person)
    {
        var session = new SignInSession(World.AccountIds[person.Id], Clock.GetUtcNow(), "测试浏览器", "127.0.0.1");
        await using var scope = Scope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        db.SignInSessions.Add(session);
        await db.SaveChangesAsync();
        var visitor = Stranger();
        visitor.SetCookie(SessionCookie.Name, Ticket(session));
        return visitor;
    }

    /// <summary>A program that acts for a person.</summary>
    public async Task<Visitor> ProgramOf(Person person)
    {
        var visitor = Stranger();
        visitor.Bearer = await AsAsync(person, services => services.GetRequiredService<MyAccountActions>().MakeTokenAsync(Guid.CreateVersion7(), "测试", 30));
        return visitor;
    }

    /// <summary>Runs something in the product with the rights of a person, without HTTP.</summary>
    public async Task<T> AsAsync<T>(Person person, Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = Scope();
        var me = await scope.ServiceProvider.GetRequiredService<MeQuery>().ByPersonAsync(person.Id);
        scope.ServiceProvider.GetRequiredService<CurrentMe>().Become(me ?? throw new InvalidOperationException($"{person.Name} has no account."));
        return await act(scope.ServiceProvider);
    }

    public Task AsAsync(Person person, Func<IServiceProvider, Task> act) => AsAsync(person, async services =>
    {
        await act(services);
        return true;
    });

    /// <summary>Looks into the database as the application sees it, or as its owner does, who may do more.</summary>
    public async Task<T> InDatabase<T>(Func<AppDb, Task<T>> look, bool asOwner = false)
    {
        if (asOwner)
        {
            await using var owners = AppDb.Open(Database.Owner);
            return await look(owners);
        }
        await using var scope = Scope();
        return await look(scope.ServiceProvider.GetRequiredService<AppDb>());
    }

    /// <summary>Lets all followers of the journal handle what is committed; in tests they do so only when told.</summary>
    public Task FollowAsync() => Services.GetServices<Follower>().CatchUpAsync(Services);

    public Task SetPasswordAsync(Person person, string password) => InDatabase(async db =>
    {
        var account = await db.Users.FindAsync(World.AccountIds[person.Id]);
        account!.PasswordHash = Services.CreateScope().ServiceProvider.GetRequiredService<IPasswordHasher<Account>>().HashPassword(account, password);
        return await db.SaveChangesAsync();
    });

    AsyncServiceScope Scope() => Services.CreateAsyncScope();

    string Ticket(SignInSession session)
    {
        var options = Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(SessionCookie.Scheme);
        var principal = SessionCookie.Principal(session.AccountId, session.Id);
        return options.TicketDataFormat.Protect(new AuthenticationTicket(principal, SessionCookie.Scheme));
    }

    WebApplicationBuilder Builder()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(Program).Assembly.GetName().Name,
            ContentRootPath = Path.Combine(Source.Root, "src", "Ronghe"),
            EnvironmentName = "Test",
        });
        builder.Host.UseDefaultServiceProvider((_, options) => options.ValidateScopes = options.ValidateOnBuild = true);
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Configuration[JournalSetup.FollowSetting] = "false";
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton<IStartupFilter, TestTraffic>();
        // Jobs would change rows under a test's feet; a test of jobs turns them on.
        builder.Configuration[JobNode.SettingsKey] = "off";
        // The cost of a password is not what is tested here.
        builder.Services.PostConfigure<PasswordHasherOptions>(options => options.IterationCount = 1000);
        Adjust?.Invoke(builder);
        return builder;
    }
}

/// <summary>A running node; it ends as a product does that is told to stop.</summary>
public sealed class TestNode(WebApplication web) : IAsyncDisposable
{
    public IServiceProvider Services => web.Services;

    /// <summary>A browser or program that talks to this node, with the cookies or the token of another.</summary>
    public Visitor Same(Visitor visitor)
    {
        var same = new Visitor(web.GetTestServer(), https: false) { Bearer = visitor.Bearer };
        foreach (var (name, value) in visitor.Cookies) same.SetCookie(name, value);
        return same;
    }

    public async ValueTask DisposeAsync()
    {
        await web.StopAsync();
        await web.DisposeAsync();
    }
}

/// <summary>Lets a test say where a request comes from, and learn how many round trips to the database it cost.</summary>
sealed class TestTraffic : IStartupFilter
{
    public const string AddressHeader = "X-Test-Address", CountHeader = "X-Test-Count", FaultHeader = "X-Test-Fault";

    public static readonly ConcurrentDictionary<string, TaskCompletionSource<int>> Counts = new();

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, rest) =>
        {
            context.Features.Set<IHttpMaxRequestBodySizeFeature>(new BodySize());
            context.Connection.RemoteIpAddress = IPAddress.Parse(context.Request.Headers[AddressHeader].FirstOrDefault() ?? "127.0.0.1");
            context.Response.OnStarting(() =>
            {
                if (context.Features.Get<IExceptionHandlerFeature>()?.Error is { } fault && context.Response.StatusCode >= 500)
                    context.Response.Headers[FaultHeader] = Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Concat(fault.ToString().Take(3000))));
                return Task.CompletedTask;
            });
            var trips = context.RequestServices.GetRequiredService<RoundTrips>();
            try
            {
                await rest(context);
            }
            finally
            {
                if (context.Request.Headers[CountHeader].FirstOrDefault() is { } id && Counts.TryGetValue(id, out var count)) count.TrySetResult(trips.Count);
            }
        });
        next(app);
    };
}

/// <summary>What the web server says of the size of a request; the test server has no limit of its own.</summary>
sealed class BodySize : IHttpMaxRequestBodySizeFeature
{
    public bool IsReadOnly => false;
    public long? MaxRequestBodySize { get; set; } = 30_000_000;
}

static class ServicesInTests
{
    public static T Of<T>(this IServiceProvider services) where T : notnull => services.GetRequiredService<T>();
}
