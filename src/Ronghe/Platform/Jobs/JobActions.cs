using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Quartz;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Security;

namespace Ronghe.Platform.Jobs;

/// <summary>What an administrator does to jobs. The schedule and the journal change in one transaction.</summary>
public sealed class JobActions(AppDb db, RecurringJobs jobs, [FromKeyedServices(JobsSetup.Cluster)] ISchedulerFactory factory, TimeProvider clock)
{
    public const string Kind = "job", Asked = "job.run-asked", Paused = "job.paused", Resumed = "job.resumed";
    const string AskedGroup = "asked";

    /// <summary>Runs it as soon as a node is free. Asked twice, it runs once.</summary>
    /// <returns>Id of the run to come.</returns>
    public async Task<Guid> RunNowAsync(string name, Actor by, CancellationToken cancel = default)
    {
        var job = jobs.Get(name);
        var run = Guid.CreateVersion7();
        await ChangeAsync(job, Asked, by, new { job = name, run }, async scheduler =>
        {
            var trigger = TriggerBuilder.Create(TimeProvider.System).WithIdentity(name, AskedGroup).ForJob(JobScheduler.JobOf(name)).StartNow()
                .UsingJobData(ScheduledRun.RunKey, run.ToString()).UsingJobData(ScheduledRun.RequestedByKey, by.PersonId?.ToString() ?? "").Build();
            try
            {
                await scheduler.ScheduleJob(trigger, cancellationToken: cancel);
            }
            catch (ObjectAlreadyExistsException)
            {
                throw new Refusal($"“{job.Title}”正在运行，或者已经排上马上就跑，没有再排一次。请过一会儿刷新看结果。");
            }
        }, cancel);
        return run;
    }

    public Task PauseAsync(string name, Actor by, CancellationToken cancel = default) => ChangeAsync(jobs.Get(name), Paused, by, new { job = name },
        async scheduler => await scheduler.PauseTrigger(JobScheduler.TriggerOf(name), cancel), cancel);

    /// <summary>What was missed meanwhile is made up for once.</summary>
    public Task ResumeAsync(string name, Actor by, CancellationToken cancel = default) => ChangeAsync(jobs.Get(name), Resumed, by, new { job = name },
        async scheduler => await scheduler.ResumeTrigger(JobScheduler.TriggerOf(name), cancel), cancel);

    async Task ChangeAsync(RecurringJob job, string happened, Actor by, object data, Func<IScheduler, Task> change, CancellationToken cancel)
    {
        var scheduler = await factory.GetScheduler(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Left after the commit: only then does it wake the scheduler, which must see the change.
        using var joined = scheduler.EnlistTransaction((NpgsqlTransaction)transaction.GetDbTransaction());
        if (!await scheduler.Exists(JobScheduler.JobOf(job.Name), cancel))
            throw new Refusal($"“{job.Title}”还没有排进日程，没有办理。请确认至少有一个节点在运行定时任务（{JobNode.SettingsKey} 没有设为 off），过几秒再试。");
        await RefuseNothingToChangeAsync(job, happened, scheduler, cancel);
        await change(scheduler);
        db.Journal.Add(new JournalRow
        {
            At = clock.GetUtcNow(), ActorId = by.PersonId, SubjectKind = Kind, SubjectId = IdOf(job.Name), Event = happened,
            Data = JsonSerializer.Serialize(data, Recording.Format),
        });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    static async Task RefuseNothingToChangeAsync(RecurringJob job, string happened, IScheduler scheduler, CancellationToken cancel)
    {
        var isPaused = await scheduler.GetTriggerState(JobScheduler.TriggerOf(job.Name), cancel) == TriggerState.Paused;
        if (happened == Paused && isPaused) throw new Refusal($"“{job.Title}”已经是暂停的，没有改动。");
        if (happened == Resumed && !isPaused) throw new Refusal($"“{job.Title}”没有暂停，没有改动。");
    }

    /// <summary>Jobs go by name; the journal goes by id.</summary>
    public static Guid IdOf(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes("job:" + name)).AsSpan(0, 16));
}
