using System.Text.RegularExpressions;

namespace Ronghe.Safety.Zones;

/// <summary>How often a zone is walked, read from the words that people write.</summary>
public static partial class ZoneCadence
{
    /// <summary>每周 1 次 is every 7 days, 每月 2 次 every 15; null when the words say nothing that can be counted.</summary>
    public static int? DaysOf(string words)
    {
        if (Spoken().Match(words) is not { Success: true } said) return null;
        var days = said.Groups["unit"].Value switch { "班" or "日" or "天" => 1, "周" or "星期" => 7, "旬" => 10, "月" => 30, "季" => 90, "半年" => 180, _ => 365 };
        var every = said.Groups["every"].Value is { Length: > 0 } n ? NumberOf(n) : 1;
        var times = said.Groups["times"].Value is { Length: > 0 } m ? NumberOf(m) : 1;
        return every == 0 || times == 0 ? null : Math.Max(1, days * every / times);
    }

    static int NumberOf(string text) => int.TryParse(text, out var number) ? number : "零一二三四五六七八九十".IndexOf(text[0] == '两' ? '二' : text[0]);

    [GeneratedRegex(@"^\s*每\s*(?<every>\d{1,2}|[一二两三四五六七八九十])?\s*个?\s*(?<unit>半年|星期|班|日|天|周|旬|月|季|年)度?\D*?(?<times>\d{1,2}|[一二两三四五六七八九十])?\s*(次|遍|$)")]
    private static partial Regex Spoken();
}
