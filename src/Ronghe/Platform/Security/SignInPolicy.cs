namespace Ronghe.Platform.Security;

/// <summary>
/// How strict passwords and sessions are. The two standards contradict each other (ASVS forbids forced rotation and rules about kinds of
/// characters, 等保 asks for both), so one of two named profiles is on, by the setting <c>Ronghe:SignInPolicy</c>.
/// </summary>
public sealed record SignInPolicy
{
    const string Setting = "Ronghe:SignInPolicy";

    public required string Key { get; init; }
    public required string Title { get; init; }
    public int ShortestPassword { get; init; } = 10;
    /// <summary>Of capitals, small letters, digits and everything else; 0 asks for none.</summary>
    public int KindsOfCharacters { get; init; }
    /// <summary>After which an own password has to be changed; null for never.</summary>
    public int? PasswordDays { get; init; }
    /// <summary>How many passwords, the present one among them, must not come again.</summary>
    public int PasswordsRemembered { get; init; }
    public bool NeedsSecondFactor { get; init; }
    /// <summary>Unused for so long, a session ends.</summary>
    public TimeSpan Idle { get; init; } = SignInSession.Idle;
    /// <summary>However much it is used, a session ends.</summary>
    public TimeSpan Longest { get; init; } = SignInSession.Longest;
    public SignInPatience Patience { get; init; } = SignInPatience.WithNumber;
    public SignInPatience SecondPatience { get; init; } = SignInPatience.WithSecondStep;

    /// <summary>OWASP ASVS 5.0: long, not guessable, kept until there is a reason to change.</summary>
    public static readonly SignInPolicy Asvs = new() { Key = "asvs", Title = "ASVS 5.0" };

    /// <summary>GB/T 22239-2019 三级. The standard gives no numbers; these are what assessors commonly accept.</summary>
    public static readonly SignInPolicy Mlps = new()
    {
        Key = "mlps", Title = "等保三级", KindsOfCharacters = 3, PasswordDays = 90, PasswordsRemembered = 5, NeedsSecondFactor = true,
        Idle = TimeSpan.FromMinutes(30), Longest = TimeSpan.FromHours(12),
        Patience = SignInPatience.WithNumber with { FirstWait = TimeSpan.FromMinutes(20), LongestWait = TimeSpan.FromMinutes(20) },
        SecondPatience = SignInPatience.WithSecondStep with { FirstWait = TimeSpan.FromMinutes(20), LongestWait = TimeSpan.FromMinutes(20) },
    };

    /// <exception cref="Refusal">A name that is neither of the two.</exception>
    public static SignInPolicy Of(IConfiguration settings) => settings[Setting] switch
    {
        null or "" or "asvs" => Asvs,
        "mlps" => Mlps,
        var other => throw new Refusal($"{Setting} 写的是 {other}，只能是 asvs 或 mlps，没有启动。"),
    };

    /// <summary>Own passwords chosen before this are to be changed.</summary>
    public DateTimeOffset OldestPassword(DateTimeOffset now) => PasswordDays is { } days ? now.AddDays(-days) : DateTimeOffset.MinValue;

    /// <summary>In one sentence, for whoever chooses a password.</summary>
    public string InWords => KindsOfCharacters == 0
        ? $"至少 {ShortestPassword} 位，可以是一句自己记得住的话；不要求大小写、符号"
        : $"至少 {ShortestPassword} 位，大写字母、小写字母、数字、符号（含汉字）至少 {KindsOfCharacters} 种；{PasswordDays} 天换一次，不能和最近 {PasswordsRemembered} 次用过的相同";
}
