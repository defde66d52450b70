using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.People;
using Ronghe.Organisation.Robots;
using Ronghe.Platform.Robots;

namespace Ronghe.Tests.Platform.Robots;

/// <summary>The product with the platforms beside it.</summary>
public sealed class RobotsThere : IAsyncLifetime
{
    public TestApp App { get; private set; } = null!;
    public RobotDouble Double { get; private set; } = null!;
    public World World => App.World;

    public async ValueTask InitializeAsync()
    {
        // The double counts by the clock of the product under test, so it is made first and given the clock afterwards.
        var clock = new TestClock();
        Double = await RobotDouble.StartAsync(clock);
        App = await TestApp.StartAsync(Adjust);
        Follow = () => clock.Pass(App.Clock.GetUtcNow() - clock.GetUtcNow());
    }

    public Action Follow { get; private set; } = null!;

    public void Adjust(Microsoft.AspNetCore.Builder.WebApplicationBuilder builder) => builder.Configuration[RobotOutboxSetup.HostsSetting] = Double.Allowed;

    public void Pass(TimeSpan time)
    {
        App.Clock.Pass(time);
        Follow();
    }

    /// <summary>To a time of the plant's clock, today or tomorrow.</summary>
    public void PassTo(TimeOnly time)
    {
        var wall = TimeOnly.FromDateTime(App.Clock.GetUtcNow().AddHours(8).DateTime);
        Pass(time - wall);
    }

    public async Task<Guid> AddAsync(Person by, Guid node, RobotPlatform platform, string address, string? secret = null, Func<RobotChoice, RobotChoice>? choose = null)
    {
        var choice = new RobotChoice("测试群", "https://ronghe.example", ["watch.found", "watch.roster", "finding.overdue", "public-notice.opened"], false, false, new(22, 0), new(7, 0), new(8, 0), true);
        var id = Guid.CreateVersion7();
        await App.AsAsync(by, services => services.GetRequiredService<RobotActions>().AddAsync(id, node, new(platform, address, secret), choose?.Invoke(choice) ?? choice));
        return id;
    }

    /// <summary>News out of nowhere, for what does not depend on where they come from.</summary>
    public async Task TellAsync(Guid node, int count, string key = "news")
    {
        await using var scope = App.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RobotOutbox>().PutAsync([.. Enumerable.Range(0, count).Select(i => new RobotNews(node, "watch.found", $"{key} {i}", "/findings/1") { PlaceCode = $"A0{i}" })]);
    }

    public async Task<int> SendAsync(IServiceProvider? node = null)
    {
        await using var scope = (node ?? App.Services).CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RobotSending>().SendDueAsync();
    }

    public async Task DigestAsync()
    {
        await using var scope = App.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentMe>().Become(Me.System);
        await scope.ServiceProvider.GetRequiredService<RobotDigest>().SendAsync();
    }

    public Task<RobotAnswer> TestAsync(Person by, Guid robot) => App.AsAsync(by, services => services.GetRequiredService<RobotActions>().TestAsync(robot));

    public Task<List<RobotMessage>> MessagesAsync(Guid robot) => App.InDatabase(db => db.RobotMessages.AsNoTracking().Where(message => message.RobotId == robot).OrderBy(message => message.At).ThenBy(message => message.Id).ToListAsync());

    public Task<RobotCondition> ConditionAsync(Guid robot) => App.InDatabase(db => db.RobotConditions.AsNoTracking().SingleAsync(condition => condition.RobotId == robot));

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Double.DisposeAsync();
    }
}
