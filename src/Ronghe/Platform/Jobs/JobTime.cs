using System.Globalization;
using Quartz;
using Ronghe.Platform.Calendar;

namespace Ronghe.Platform.Jobs;

/// <summary>When a job runs: at times on the plant's clock, or at an interval.</summary>
public sealed class JobTime
{
    readonly IScheduleBuilder schedule;

    JobTime(string words, string key, IScheduleBuilder schedule) => (Words, Key, this.schedule) = (words, key, schedule);

    /// <summary>每天 03:20</summary>
    public string Words { get; }

    /// <summary>Changes when the times change, so that a stored schedule is known to be outdated.</summary>
    public string Key { get; }

    public static JobTime Daily(int hour, int minute) => At($"每天 {hour:00}:{minute:00}", $"0 {minute} {hour} * * ?");

    public static JobTime Hourly(int minute) => At($"每小时的第 {minute} 分", $"0 {minute} * * * ?");

    public static JobTime Every(TimeSpan interval)
    {
        var words = interval.TotalMinutes >= 1 && interval.Seconds == 0
            ? string.Create(CultureInfo.InvariantCulture, $"每 {interval.TotalMinutes:0} 分钟")
            : string.Create(CultureInfo.InvariantCulture, $"每 {interval.TotalSeconds:0.#} 秒");
        // However many were missed while the product was down, it runs once now and goes on from here.
        return new(words, interval.ToString("c", CultureInfo.InvariantCulture), SimpleScheduleBuilder.Create()
            .WithInterval(interval).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithExistingCount));
    }

    internal ITrigger ToTrigger(TriggerKey trigger, JobKey job) =>
        TriggerBuilder.Create(TimeProvider.System).WithIdentity(trigger).ForJob(job).WithDescription(Key).WithSchedule(schedule).Build();

    static JobTime At(string words, string cron) => new(words, cron, CronScheduleBuilder.Create(cron)
        .InTimeZone(PlantTime.Zone).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed));
}
