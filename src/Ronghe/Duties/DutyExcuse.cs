using Ronghe.Platform;
using Ronghe.Platform.Data;

namespace Ronghe.Duties;

/// <summary>A duty does not apply to one subject in one period, and why: long leave, an outage, a branch founded last week. In force → withdrawn.</summary>
public sealed class DutyExcuse : Aggregate
{
    const int LongestReason = 200;

    DutyExcuse() { }

    public DutyExcuse(Guid companyId, string code, Guid subjectId, DutyPeriod period, string reason, Guid? by, DateTimeOffset at)
    {
        if (string.IsNullOrWhiteSpace(reason)) throw new Refusal("请写明本期为什么不适用，没有保存。", nameof(Reason));
        if (reason.Length > LongestReason) throw new Refusal($"理由超过 {LongestReason} 字，没有保存，填写的内容还在。请写简短些。", nameof(Reason));
        (CompanyId, Code, SubjectId, From, To) = (companyId, code, subjectId, period.From, period.To);
        (Reason, ById, At) = (reason.Trim(), by, at);
    }

    public Guid CompanyId { get; private init; }
    public string Code { get; private init; } = "";
    public Guid SubjectId { get; private init; }
    public DateOnly From { get; private init; }
    public DateOnly To { get; private init; }
    public string Reason { get; private init; } = "";
    public Guid? ById { get; private init; }
    public DateTimeOffset At { get; private init; }
    public DateTimeOffset? WithdrawnAt { get; private set; }

    public bool CanWithdraw => WithdrawnAt is null;

    public void Withdraw(DateTimeOffset at)
    {
        if (!CanWithdraw) throw new Refusal("这条“本期不适用”已经撤回。");
        WithdrawnAt = at;
    }
}
