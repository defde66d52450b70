using Ronghe.Platform;
using Ronghe.Platform.Data;

namespace Ronghe.Safety.Watch;

/// <summary>Days on which a member cannot stand watch: leave, training, night shifts. The rota goes round them; nobody asks for the reason.</summary>
public sealed class WatchAbsence : Aggregate
{
    const int Longest = 366;

    WatchAbsence() { }

    public WatchAbsence(Guid companyId, Guid personId, DateOnly from, DateOnly to)
    {
        if (to < from) throw new Refusal("结束日期早于开始日期，没有登记，填写的内容还在。", nameof(To));
        if (to.DayNumber - from.DayNumber > Longest) throw new Refusal($"一次最多登记 {Longest} 天，没有登记，填写的内容还在。", nameof(To));
        (CompanyId, PersonId, From, To) = (companyId, personId, from, to);
    }

    public Guid CompanyId { get; private init; }
    public Guid PersonId { get; private init; }
    public DateOnly From { get; private init; }
    public DateOnly To { get; private init; }
    public bool IsCancelled { get; private set; }

    public void Cancel()
    {
        if (IsCancelled) throw new Refusal("这段不在岗已经取消。");
        IsCancelled = true;
    }
}
