using Ronghe.Platform;
using Ronghe.Platform.Data;

namespace Ronghe.Safety.Watch;

public enum SwapStatus { Asked, Agreed, Declined, Withdrawn }

/// <summary>
/// One member asks another to take the watch, or to change weeks with him; it holds once the other agrees. Asked → Agreed; aside: Declined, Withdrawn.
/// </summary>
public sealed class WatchSwap : Aggregate
{
    const int LongestReason = 100;

    WatchSwap() { }

    /// <param name="weekId">The week that is given away.</param>
    /// <param name="inReturnId">The other's week that is taken for it; null when he simply takes over.</param>
    public WatchSwap(Guid companyId, Guid weekId, Guid askerId, Guid askedId, Guid? inReturnId, string reason, DateTimeOffset at)
    {
        if (askerId == askedId) throw new Refusal("不能和自己换班，没有提出。", nameof(AskedId));
        if (weekId == inReturnId) throw new Refusal("换的是同一周，没有提出。请选另一周，或者不选、请对方代值。", nameof(InReturnId));
        if (reason.Length > LongestReason) throw new Refusal($"原因超过 {LongestReason} 字，没有提出，填写的内容还在。", nameof(Reason));
        (CompanyId, WeekId, AskerId, AskedId, InReturnId, Reason, AskedAt) = (companyId, weekId, askerId, askedId, inReturnId, reason.Trim(), at);
    }

    public Guid CompanyId { get; private init; }
    public Guid WeekId { get; private init; }
    public Guid AskerId { get; private init; }
    public Guid AskedId { get; private init; }
    public Guid? InReturnId { get; private init; }
    public string Reason { get; private init; } = "";
    public DateTimeOffset AskedAt { get; private init; }
    public DateTimeOffset? AnsweredAt { get; private set; }
    public SwapStatus Status { get; private set; }

    public bool IsOpen => Status == SwapStatus.Asked;

    public void Agree(Guid by, DateTimeOffset at) => Answer(SwapStatus.Agreed, by, AskedId, at);

    public void Decline(Guid by, DateTimeOffset at) => Answer(SwapStatus.Declined, by, AskedId, at);

    public void Withdraw(Guid by, DateTimeOffset at) => Answer(SwapStatus.Withdrawn, by, AskerId, at);

    void Answer(SwapStatus answer, Guid by, Guid entitled, DateTimeOffset at)
    {
        if (by != entitled) throw new Forbidden(answer == SwapStatus.Withdrawn ? "换班只能由提出的人撤回。" : "换班只能由对方本人答复。");
        if (!IsOpen) throw new Refusal($"这次换班已经{Status switch { SwapStatus.Agreed => "同意", SwapStatus.Declined => "谢绝", _ => "撤回" }}，没有再办。");
        (Status, AnsweredAt) = (answer, at);
    }
}
