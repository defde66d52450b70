namespace Ronghe.Platform.Robots;

/// <summary>What a platform's answer means for what comes next.</summary>
public enum RobotOutcome
{
    /// <summary>It stands in the group.</summary>
    Taken,
    /// <summary>Too many at once: later, and nothing else meanwhile.</summary>
    Slow,
    /// <summary>A passing fault: once more, later and later.</summary>
    Again,
    /// <summary>This message will never be taken.</summary>
    Refused,
    /// <summary>No message will be taken until somebody mends the settings, here or in the group.</summary>
    Stop,
}

/// <summary>What came of one call.</summary>
/// <param name="Code">The platform's own number; the HTTP status where it said none; 0 for good; null when nobody answered.</param>
/// <param name="Words">In our words: what it means and what to do.</param>
/// <param name="Said">The platform's own words, without anything secret.</param>
public sealed record RobotAnswer(RobotOutcome Outcome, int? Code, string Words, string Said = "")
{
    public string Full => (Code is { } code && Outcome != RobotOutcome.Taken ? $"{Words}（平台答复 {code}{(Said.Length > 0 ? $"：{Said}" : "")}）" : Words);
}
