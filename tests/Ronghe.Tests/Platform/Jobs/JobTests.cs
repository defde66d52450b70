using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Quartz;
using Ronghe.Platform;
using Ronghe.Platform.Jobs;
using Ronghe.Platform.Journal;

namespace Ronghe.Tests.Platform.Jobs;

/// <summary>Jobs on one and on two nodes, each test with a database of its own.</summary>
public class JobTests
{
    const string Name = "test-job";
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Two_nodes_run_a_job_once_at_a_time_and_once_for_each_of_its_times()
    {
        int running = 0, most = 0, runs = 0;
        async Task WorkAsync(IServiceProvider scope, CancellationToken cancel)
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            Interlocked.Increment(ref runs);
            await Task.Delay(300, cancel);
            Interlocked.Decrement(ref running);
        }
        var adjust = With(JobTime.Every(TimeSpan.FromSeconds(1)), WorkAsync);
        await using var first = await TestApp.StartAsync(adjust);
        await using var second = await first.StartBesideAsync(adjust);
        await UntilAsync(() => Volatile.Read(ref runs) >= 6);
        var rows = await RunsAsync(first);
        var span = (TimeProvider.System.GetUtcNow() - Started).TotalSeconds;
        Assert.Equal(1, most);
        Assert.True(rows.Count <= span + 1, $"{rows.Count} runs in {span:0.0} s");
        Assert.DoesNotContain(rows, run => run.Outcome is not (JobOutcome.Good or JobOutcome.Running));
    }

    [Fact]
    public async Task A_job_that_fails_is_shown_with_its_words_and_comes_again_as_do_the_others()
    {
        int failing = 0, healthy = 0;
        Task FailAsync(IServiceProvider scope, CancellationToken cancel)
        {
            Interlocked.Increment(ref failing);
            throw new InvalidOperationException("disk on fire");
        }
        Task WorkAsync(IServiceProvider scope, CancellationToken cancel) => Task.FromResult(Interlocked.Increment(ref healthy));
        await using var app = await TestApp.StartAsync(builder =>
        {
            With(JobTime.Every(TimeSpan.FromSeconds(1)), FailAsync)(builder);
            builder.Services.AddSingleton(new RecurringJob("healthy", "好的任务", "", JobTime.Every(TimeSpan.FromSeconds(1)), WorkAsync));
        });
        await UntilAsync(() => Volatile.Read(ref failing) >= 2 && Volatile.Read(ref healthy) >= 2);
        var feng = await app.SignInAs(app.World.Feng);
        await UntilAsync(async () => (await RunsAsync(app)).Any(run => run.Outcome == JobOutcome.Failed));
        Assert.Contains("disk on fire", (await feng.ReadAsync("/system/jobs/" + Name)).Body!.TextContent);
        Assert.Contains("出错", (await feng.ReadAsync("/system/jobs")).Body!.TextContent);
        var failed = (await RunsAsync(app)).First(run => run.Outcome == JobOutcome.Failed);
        Assert.Matches("^[0-9a-f]{32}$", failed.RequestId);
    }

    [Fact]
    public async Task What_was_missed_while_the_product_was_down_is_made_up_for_once()
    {
        var runs = 0;
        var adjust = With(JobTime.Daily(3, 33), (_, _) => Task.FromResult(Interlocked.Increment(ref runs)));
        await using var app = await TestApp.StartAsync();
        await using (await app.StartBesideAsync(adjust)) await ScheduledAsync(app);
        Assert.Equal(0, runs);
        await app.InDatabase(db => db.Database.ExecuteSqlAsync($"update qrtz_triggers set next_fire_time = next_fire_time - {TimeSpan.FromDays(3).Ticks} where trigger_name = {Name}"));
        await using (await app.StartBesideAsync(adjust)) await UntilAsync(() => Volatile.Read(ref runs) > 0);
        await using (await app.StartBesideAsync(adjust)) await Task.Delay(1500, TestContext.Current.CancellationToken);
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Another_node_takes_over_what_a_dead_one_left_unfinished()
    {
        var runs = 0;
        async Task WorkAsync(IServiceProvider scope, CancellationToken cancel)
        {
            if (Interlocked.Increment(ref runs) == 1) await Task.Delay(Timeout.Infinite, cancel);
        }
        var adjust = With(JobTime.Daily(3, 33), WorkAsync);
        await using var app = await TestApp.StartAsync();
        await using (var dying = await app.StartBesideAsync(adjust))
        {
            await ScheduledAsync(app);
            await ActAsync(dying, app, (actions, by) => actions.RunNowAsync(Name, by));
            await UntilAsync(() => Volatile.Read(ref runs) == 1);
            // What it looks like in the database while the node works; stopping in order would clear it.
            await app.InDatabase(db => db.Database.ExecuteSqlRawAsync("create table left_fired as table qrtz_fired_triggers; create table left_state as table qrtz_scheduler_state"), asOwner: true);
        }
        await app.InDatabase(db => db.Database.ExecuteSqlRawAsync("""
            delete from qrtz_fired_triggers; delete from qrtz_scheduler_state;
            delete from qrtz_simple_triggers where trigger_group <> 'schedule'; delete from qrtz_triggers where trigger_group <> 'schedule';
            insert into qrtz_fired_triggers select * from left_fired;
            insert into qrtz_scheduler_state select * from left_state;
            update qrtz_scheduler_state set last_checkin_time = last_checkin_time - 36000000000;
            update job_runs set outcome = 'Running', ended_at = null
            """), asOwner: true);
        await using var next = await app.StartBesideAsync(adjust);
        await UntilAsync(() => Volatile.Read(ref runs) == 2);
        await UntilAsync(async () => (await RunsAsync(app)).Count(run => run.Outcome == JobOutcome.Good) == 1);
        Assert.Equal([JobOutcome.Good, JobOutcome.Lost], (await RunsAsync(app)).Select(run => run.Outcome));
    }

    [Fact]
    public async Task A_run_asked_for_twice_happens_once_and_stands_in_the_journal_with_its_number()
    {
        var gate = new TaskCompletionSource();
        var runs = 0;
        await using var app = await TestApp.StartAsync(With(JobTime.Daily(3, 33), async (_, cancel) =>
        {
            Interlocked.Increment(ref runs);
            await gate.Task.WaitAsync(cancel);
        }));
        await ScheduledAsync(app);
        var feng = await app.SignInAs(app.World.Feng);
        Assert.Equal(HttpStatusCode.Redirect, (await feng.SubmitAsync("/system/jobs/" + Name, handler: "Run")).StatusCode);
        await UntilAsync(() => Volatile.Read(ref runs) == 1);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await feng.SubmitAsync("/system/jobs/" + Name, handler: "Run")).StatusCode);
        gate.SetResult();
        await UntilAsync(async () => (await RunsAsync(app)) is [{ Outcome: JobOutcome.Good }]);
        Assert.Equal(app.World.Feng.Id, (await RunsAsync(app))[0].RequestedById);
        var row = Assert.Single(await app.InDatabase(db => db.Journal.Where(row => row.SubjectKind == JobActions.Kind).ToListAsync()));
        Assert.Equal((JobActions.Asked, app.World.Feng.Id), (row.Event, row.ActorId));
        Assert.Contains((await RunsAsync(app))[0].Id.ToString(), row.Data);
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task A_paused_job_stays_paused_over_a_restart_until_it_is_resumed()
    {
        var adjust = With(JobTime.Daily(3, 33), (_, _) => Task.CompletedTask);
        await using var app = await TestApp.StartAsync();
        await using (await app.StartBesideAsync(adjust))
        {
            await ScheduledAsync(app);
            var feng = await app.ProgramOf(app.World.Feng);
            Assert.Equal(HttpStatusCode.NotFound, (await feng.CallAsync(HttpMethod.Put, "/api/v1/jobs/no-such-job/pause")).StatusCode);
        }
        await using var changed = await app.StartBesideAsync(With(JobTime.Daily(4, 44), (_, _) => Task.CompletedTask));
        await UntilAsync(async () => (await ListAsync(changed)).Single(row => row.Name == Name) is { State: JobState.Waiting, NextAt.Minute: 44 });
        await ActAsync(changed, app, (actions, by) => actions.PauseAsync(Name, by));
        await changed.DisposeAsync();
        await using var again = await app.StartBesideAsync(adjust);
        await UntilAsync(async () => (await app.InDatabase(db => db.Database.SqlQuery<string>($"""select description as "Value" from qrtz_triggers where trigger_name = {Name}""").ToListAsync())).Single().Contains("33 3"));
        Assert.Equal(JobState.Paused, (await ListAsync(again)).Single(row => row.Name == Name).State);
        await ActAsync(again, app, (actions, by) => actions.ResumeAsync(Name, by));
        Assert.Equal(JobState.Waiting, (await ListAsync(again)).Single(row => row.Name == Name).State);
        await Assert.ThrowsAsync<Refusal>(() => ActAsync(again, app, (actions, by) => actions.ResumeAsync(Name, by)));
        Assert.Equal([JobActions.Paused, JobActions.Resumed], await app.InDatabase(db => db.Journal.Where(row => row.SubjectKind == JobActions.Kind).OrderBy(row => row.Seq).Select(row => row.Event).ToListAsync()));
    }

    [Fact]
    public async Task What_a_job_writes_into_the_journal_carries_the_number_of_its_run()
    {
        await using var app = await TestApp.StartAsync(With(JobTime.Every(TimeSpan.FromHours(1)), async (scope, cancel) =>
        {
            var db = scope.GetRequiredService<AppDb>();
            var finding = await db.Units.FirstAsync(cancel);
            db.Record(finding, "unit", "unit.looked-at", by: null, TimeProvider.System.GetUtcNow(), null);
            await db.SaveChangesAsync(cancel);
        }));
        await UntilAsync(async () => (await RunsAsync(app)) is [{ Outcome: JobOutcome.Good }]);
        var row = await app.InDatabase(db => db.Journal.SingleAsync(row => row.Event == "unit.looked-at"));
        Assert.Equal((await RunsAsync(app))[0].RequestId, row.RequestId);
    }

    [Fact]
    public async Task The_tables_are_those_that_the_store_expects()
    {
        await using var app = await TestApp.StartAsync(builder => builder.Services.ConfigureAll<AdoJobStoreOptions>(options => options.SchemaProvisioning = SchemaProvisioning.Validate));
        Assert.NotNull(await app.Services.GetRequiredKeyedService<ISchedulerFactory>("ronghe").GetScheduler(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Only_the_system_administrator_gets_in()
    {
        await using var app = await TestApp.StartAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.SignInAs(app.World.Sun)).GetAsync("/system/jobs")).StatusCode);
        var page = await (await app.SignInAs(app.World.Feng)).ReadAsync("/system/jobs");
        Assert.Contains("超期隐患自动升级", page.Body!.TextContent);
    }

    DateTimeOffset Started { get; } = TimeProvider.System.GetUtcNow();

    static Action<WebApplicationBuilder> With(JobTime when, JobWork work) => builder =>
    {
        builder.Configuration[JobNode.SettingsKey] = "on";
        builder.Services.AddSingleton(new RecurringJob(Name, "试验任务", "测试用", when, work));
    };

    static Task<List<JobRun>> RunsAsync(TestApp app) =>
        app.InDatabase(db => db.JobRuns.AsNoTracking().Where(run => run.Job == Name).OrderByDescending(run => run.Id).ToListAsync());

    static async Task<IReadOnlyList<JobRow>> ListAsync(TestNode node)
    {
        await using var scope = node.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<JobQueries>().ListAsync();
    }

    static async Task ActAsync(TestNode node, TestApp app, Func<JobActions, Ronghe.Platform.Security.Actor, Task> act)
    {
        await using var scope = node.Services.CreateAsyncScope();
        var by = await scope.ServiceProvider.GetRequiredService<Ronghe.Organisation.Access.MeQuery>().ByPersonAsync(app.World.Feng.Id);
        await act(scope.ServiceProvider.GetRequiredService<JobActions>(), by!);
    }

    static Task ScheduledAsync(TestApp app) => UntilAsync(async () => await app.InDatabase(db =>
        db.Database.SqlQuery<int>($"""select count(*)::int as "Value" from qrtz_triggers where trigger_name = {Name}""").SingleAsync()) == 1);

    static Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await holds()) await Task.Delay(50, limit.Token);
    }
}
