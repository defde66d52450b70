namespace Ronghe.Platform.Security;

/// <summary>How patient sign-in is: so many failures are free, one is forgotten each so often, no wait is longer than this.</summary>
public sealed record SignInPatience(int Free, TimeSpan ForgetsOneEach, TimeSpan LongestWait)
{
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>One number from one known device, or from one address.</summary>
    public static readonly SignInPatience WithNumber = new(5, TimeSpan.FromHours(1), TimeSpan.FromMinutes(15));

    /// <summary>The second step of one account, wherever it is tried: who gets there knows the password, so nobody else can be kept out by it.</summary>
    public static readonly SignInPatience WithSecondStep = new(5, TimeSpan.FromHours(1), TimeSpan.FromMinutes(15));

    /// <summary>One address over all numbers. A whole plant may stand behind one, so it is generous and never makes anybody wait long.</summary>
    public static readonly SignInPatience WithAddress = new(100, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
}

/// <summary>
/// Failed sign-ins of one bucket. Each further failure makes the next try wait longer; nobody is ever shut out for good, and colleagues
/// elsewhere have buckets of their own.
/// </summary>
public sealed class SignInFailures
{
    SignInFailures() { }

    public string Bucket { get; private init; } = "";
    public int Count { get; private set; }
    public DateTimeOffset LastAt { get; private set; }

    /// <summary>How long the next try has to wait; zero when it may be made now.</summary>
    public TimeSpan WaitAt(DateTimeOffset now, SignInPatience patience)
    {
        var count = CountAt(now, patience);
        if (count < patience.Free) return TimeSpan.Zero;
        // Doubling ten times is past every bound already.
        var wait = patience.FirstWait * Math.Pow(2, Math.Min(count - patience.Free, 10));
        var left = LastAt + (wait < patience.LongestWait ? wait : patience.LongestWait) - now;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>A try counts as failed before the password is checked, so that tries side by side cannot slip through together.</summary>
    public void CountTry(DateTimeOffset now, SignInPatience patience) => (Count, LastAt) = (CountAt(now, patience) + 1, now);

    int CountAt(DateTimeOffset now, SignInPatience patience) =>
        Math.Max(0, Count - (int)Math.Clamp((now - LastAt) / patience.ForgetsOneEach, 0, Count));
}
