using Ronghe.Duties;
using Ronghe.Findings;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Accounts;
using Ronghe.Organisation.Appointments;
using Ronghe.Organisation.Counts;
using Ronghe.Platform.Files;
using Ronghe.Platform.Jobs;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Notices;
using Ronghe.Platform.Replay;
using Ronghe.Safety.Inspections;
using Ronghe.Safety.Zones;
using Ronghe.Platform.Robots;

namespace Ronghe;

/// <summary>Every recurring job: what it is called, when it runs (on the plant's clock), what it does.</summary>
public static class Schedule
{
    public static IServiceCollection AddSchedule(this IServiceCollection services) => services
        .AddRights(rights => rights.Define(JobPermissions.All).Grant(Posts.SystemAdministrator, JobPermissions.Manage))
        .Add("escalate-overdue-findings", "超期隐患自动升级", "超期满规定工作日的隐患升到上一级。",
            JobTime.Hourly(7), (scope, cancel) => scope.GetRequiredService<FindingEscalation>().EscalateOverdueAsync(cancel))
        .Add("send-morning-digest", "早上的待办汇总", "工作日早上告诉每个人有几条待整改、待复核；关掉这项提醒的人不发。",
            JobTime.Daily(7, 30), (scope, cancel) => scope.GetRequiredService<FindingDigest>().SendAsync(cancel))
        .Add("remind-late-inspections", "提醒没开始、没关闭的检查", "工作日提醒带队的人：过了日子没有开始的、结束满 5 个工作日没有关闭的检查，每周一次。",
            JobTime.Daily(7, 35), (scope, cancel) => scope.GetRequiredService<InspectionNotices>().RemindAsync(cancel))
        .Add("tell-zone-leads", "提醒责任区长新的超期", "工作日告诉责任区长和副区长，责任区里又有哪些隐患过了期限。",
            JobTime.Daily(7, 40), (scope, cancel) => scope.GetRequiredService<ZoneNotices>().TellOverdueAsync(cancel))
        .Add("send-duty-digest", "早上的履职提醒", "工作日早上告诉每个人有几项义务今天到期、几项刚过期；关掉这项提醒的人不发。",
            JobTime.Daily(7, 35), (scope, cancel) => scope.GetRequiredService<DutyDigest>().SendAsync(cancel))
        .Add("send-robot-digests", "群机器人每日汇总", "工作日到了各个机器人的汇总时间，把超期、值守和攒下的消息并成一条发到群里。",
            JobTime.Every(TimeSpan.FromMinutes(5)), (scope, cancel) => scope.GetRequiredService<RobotDigest>().SendAsync(cancel))
        .Add("tidy-robot-messages", "清理群机器人消息", "一天没发出去的不再发，90 天以前的删除。",
            JobTime.Hourly(47), (scope, cancel) => scope.GetRequiredService<RobotOutbox>().TidyAsync(cancel))
        .Add("settle-counts", "归并已过期限的数量", "把已经过去的各个期限合成一个数，使“超期”查起来和单位多少、历史多长无关。",
            JobTime.Daily(0, 10), (scope, cancel) => scope.GetRequiredService<CountKeeping>().SettleAsync(cancel))
        .Add("settle-words", "归并已过去日子的用词", "记下过去每四天的隐患里用过哪些词，使查找常用词时跳过没有的日子。",
            JobTime.Daily(1, 20), (scope, cancel) => scope.GetRequiredService<FindingBlocks>().SettleAsync(cancel))
        .Add("forget-notices", "清理旧消息", "删除半年以前的消息；办过的事在流水里，不受影响。",
            JobTime.Daily(2, 50), (scope, cancel) => scope.GetRequiredService<NoticeOutbox>().RemoveOutdatedAsync(cancel))
        .Add("forget-replayed-calls", "清理重复调用记录", "删除接口调用满 24 小时的防重复记录。",
            JobTime.Hourly(37), (scope, cancel) => scope.GetRequiredService<ReplayedCalls>().RemoveOutdatedAsync(cancel))
        .Add("remove-outdated-sign-ins", "清理失效登录", "删除早已失效的登录、访问令牌和输错密码的计数。",
            JobTime.Daily(2, 20), (scope, cancel) => scope.GetRequiredService<AccountRetention>().RemoveOutdatedAsync(cancel))
        .Add("copy-seals", "留存封存记录", "把流水新的封存追加到第二个地方（设了 Ronghe:Seals 才办）。",
            JobTime.Every(TimeSpan.FromMinutes(10)), (scope, cancel) => scope.GetRequiredService<SealCopies>().CatchUpAsync(cancel))
        .Add("collect-orphaned-files", "清理无主文件", "删除没有任何记录引用、存放满一天的文件。",
            JobTime.Daily(2, 40), (scope, cancel) => scope.GetRequiredService<FileActions>().CollectOrphansAsync(cancel))
        .Add("forget-job-runs", "清理任务运行记录", "删除 90 天以前的运行记录。",
            JobTime.Daily(3, 0), (scope, cancel) => scope.GetRequiredService<JobRuns>().RemoveOutdatedAsync(cancel));

    /// <summary>Jobs act as the system itself.</summary>
    static IServiceCollection Add(this IServiceCollection services, string name, string title, string what, JobTime when, JobWork work) =>
        services.AddSingleton(new RecurringJob(name, title, what, when, (scope, cancel) =>
        {
            scope.GetRequiredService<CurrentMe>().Become(Me.System);
            return work(scope, cancel);
        }));
}
