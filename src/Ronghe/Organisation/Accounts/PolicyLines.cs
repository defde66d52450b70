using Ronghe.Platform.Rules;
using Ronghe.Platform.Security;

namespace Ronghe.Organisation.Accounts;

/// <summary>One matter in both profiles, each with where it comes from.</summary>
public sealed record PolicyLine(string Subject, string Asvs, string AsvsSource, string Mlps, string MlpsSource);

/// <summary>Both profiles side by side, written from the values that hold.</summary>
public static class PolicyLines
{
    /// <summary>What the standard leaves open.</summary>
    const string Custom = "；标准没有规定数值，按测评常用口径";

    public static IReadOnlyList<PolicyLine> Of(RuleBook rules)
    {
        string Rule(string id) => rules.Find(id) is { } rule ? $"{rule.Citation}（{id}）" : id;
        PolicyLine Line(string subject, Func<SignInPolicy, string> words, string asvs, string mlps) =>
            new(subject, words(SignInPolicy.Asvs), asvs.Length > 0 ? "ASVS 5.0 " + asvs : "", words(SignInPolicy.Mlps), mlps);
        return
        [
            Line("密码长度", p => $"至少 {p.ShortestPassword} 位，最多 {PasswordPolicy.Longest} 位", "6.2.1、6.2.9", Rule("DB-01") + Custom),
            Line("密码复杂度", p => p.KindsOfCharacters == 0 ? "不要求字符种类，任何字符都可以" : $"大写、小写、数字、符号（含汉字）至少 {p.KindsOfCharacters} 种", "6.2.5", Rule("DB-01") + Custom),
            Line("常见密码", _ => "常见的、成串的、含工号的不接受", "6.2.4、6.2.11", Rule("DB-01")),
            Line("定期更换", p => p.PasswordDays is { } days ? $"每 {days} 天" : "不强制；怀疑泄露时才换", "6.2.10", Rule("DB-01") + Custom),
            Line("用过的密码", p => p.PasswordsRemembered > 0 ? $"最近 {p.PasswordsRemembered} 次的不能再用" : "不保存", "", Rule("DB-01") + Custom),
            Line("登录失败", p => $"{p.Patience.Free} 次后要等 {Say(p.Patience.FirstWait)}，最长 {Say(p.Patience.LongestWait)}；只慢那台设备，不锁账号", "6.3.1", Rule("DB-02")),
            Line("不用自动退出", p => Say(p.Idle), "7.3.1", Rule("DB-02") + Custom),
            Line("最长登录", p => Say(p.Longest), "7.3.2", Rule("DB-02") + Custom),
            Line("第二种鉴别方式", p => p.NeedsSecondFactor ? "人人必须：验证器应用或通行密钥" : "本人可以开启，建议三员都开启", "6.3.3", Rule("DB-04")),
            Line("敏感操作再确认", _ => $"{Say(ConfirmFirst.Holds)}内没有确认过的，再输密码、验证码或通行密钥", "7.5.1、7.5.3", Rule("DB-01")),
        ];
    }

    static string Say(TimeSpan time) => time switch
    {
        { TotalDays: >= 2 } => $"{time.TotalDays:0} 天",
        { TotalHours: >= 1 } => $"{time.TotalHours:0} 小时",
        { TotalMinutes: >= 1 } => $"{time.TotalMinutes:0} 分钟",
        _ => $"{time.TotalSeconds:0} 秒",
    };
}
