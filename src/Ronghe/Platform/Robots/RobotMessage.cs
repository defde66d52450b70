namespace Ronghe.Platform.Robots;

public enum RobotMessageState
{
    /// <summary>To be sent, once or again.</summary>
    Waiting,
    /// <summary>Kept for the digest.</summary>
    Gathered,
    Sent,
    /// <summary>Told in a digest.</summary>
    Merged,
    Failed,
    /// <summary>Too old to be news.</summary>
    Expired,
}

/// <summary>One message of a robot, written once for each key, and what became of it.</summary>
public sealed class RobotMessage
{
    /// <summary>So often a passing fault is met with another try; with the pauses between that is some hours.</summary>
    public const int MostFaults = 9;

    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30), LongestPause = TimeSpan.FromHours(1);

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid RobotId { get; init; }
    /// <summary>What it tells of, once for each robot: a record, or a day.</summary>
    public required string Key { get; init; }
    /// <summary>Key of a <see cref="RobotNewsKind"/>, <see cref="RobotNewsKinds.Digest"/> or <see cref="RobotNewsKinds.Test"/>.</summary>
    public required string Kind { get; init; }
    public int Count { get; init; } = 1;
    /// <summary>Code of the place, where the robot may show it.</summary>
    public string? PlaceCode { get; init; }
    /// <summary>Where it leads, on this host.</summary>
    public required string Href { get; init; }
    public RobotMessageState State { get; private set; }
    public DateTimeOffset At { get; init; }
    /// <summary>Not before: the end of the quiet hours.</summary>
    public DateTimeOffset DueAt { get; private set; }
    public DateTimeOffset NextTryAt { get; private set; }
    /// <summary>A node is at it until then; after that it is taken for dead.</summary>
    public DateTimeOffset? TakenUntil { get; private set; }
    /// <summary>How often it was taken up; whoever took it up before has nothing more to say.</summary>
    public int Tries { get; private set; }
    public int Faults { get; private set; }
    public DateTimeOffset? SentAt { get; private set; }
    public int? AnswerCode { get; private set; }
    public string? Answer { get; private set; }
    /// <summary>The digest in which it was told.</summary>
    public Guid? DigestId { get; private set; }

    /// <summary>Whoever tests looks at the answer; it is never sent later.</summary>
    bool IsTest => Kind == RobotNewsKinds.Test;

    public bool CanSendAgain => !IsTest && (State is RobotMessageState.Failed or RobotMessageState.Expired || (State == RobotMessageState.Waiting && Tries > 0));

    public static RobotMessage Due(Guid robotId, string key, string kind, string href, DateTimeOffset at, DateTimeOffset dueAt) =>
        new() { RobotId = robotId, Key = key, Kind = kind, Href = href, At = at, DueAt = dueAt, NextTryAt = dueAt };

    public void Take(DateTimeOffset until) => (TakenUntil, Tries) = (until, Tries + 1);

    /// <summary>What the platform said decides what comes next.</summary>
    /// <param name="answer">Of the platform.</param>
    /// <param name="rest">How long the platform is left alone when it was too much.</param>
    /// <param name="at">Now.</param>
    public void Hear(RobotAnswer answer, TimeSpan rest, DateTimeOffset at)
    {
        (TakenUntil, AnswerCode, Answer) = (null, answer.Code, answer.Full);
        switch (answer.Outcome)
        {
            case RobotOutcome.Taken:
                (State, SentAt) = (RobotMessageState.Sent, at);
                break;
            case not RobotOutcome.Taken when IsTest:
                State = RobotMessageState.Failed;
                break;
            case RobotOutcome.Slow:
                NextTryAt = at + rest;
                break;
            case RobotOutcome.Again when ++Faults < MostFaults:
                NextTryAt = at + Pause(Faults);
                break;
            case RobotOutcome.Again or RobotOutcome.Refused:
                State = RobotMessageState.Failed;
                break;
            // It waits until the robot goes again.
            default:
                NextTryAt = at;
                break;
        }
    }

    public void Merge(Guid digestId) => (State, DigestId) = (RobotMessageState.Merged, digestId);

    /// <summary>Somebody wants it sent now, whatever became of it.</summary>
    public void SendAgain(DateTimeOffset at)
    {
        if (!CanSendAgain) throw new Refusal(State == RobotMessageState.Waiting ? "这条正等着发，不用再发。" : "这条已经发过，没有再发。");
        (State, DueAt, NextTryAt, TakenUntil, Faults) = (RobotMessageState.Waiting, at, at, null, 0);
    }

    /// <summary>Half a minute, then twice as long each time.</summary>
    public static TimeSpan Pause(int faults) => TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(faults - 1, 10)));
}

public static class RobotMessageTitles
{
    public static string Title(this RobotMessageState state) => state switch
    {
        RobotMessageState.Waiting => "待发", RobotMessageState.Gathered => "等汇总", RobotMessageState.Sent => "已发", RobotMessageState.Merged => "已并入汇总",
        RobotMessageState.Failed => "没发成", _ => "过时未发",
    };
}
