using System.Globalization;
using System.Text.RegularExpressions;
using Ronghe.Platform;

namespace Ronghe.Safety.Risks;

/// <summary>Rules as a form writes them, one line for each step, bound, level or season; needs no script and is as quick to read as to change.</summary>
public static partial class RiskRuleText
{
    /// <summary>10 完全可预料</summary>
    public static IReadOnlyList<RiskStep> Steps(string? text, string what) =>
        [.. Lines(text).Select(line => StepLine().Match(line) is { Success: true } found && Number(found.Groups[1].Value) is { } value
            ? new RiskStep(value, found.Groups[2].Value.Trim()) : throw Unreadable(line, what, "10 完全可预料"))];

    /// <summary>红 ＞ 320</summary>
    public static IReadOnlyList<RiskBand> Bands(string? text, string what) =>
        [.. Lines(text).Select(line => BandLine().Match(line) is { Success: true } found && LevelOf(found.Groups[1].Value) is { } level && Number(found.Groups[3].Value) is { } from
            ? new RiskBand(level, from, found.Groups[2].Value is not (">" or "＞")) : throw Unreadable(line, what, "红 ＞ 320 或 橙 ≥ 160"))];

    /// <summary>红 30</summary>
    public static IReadOnlyDictionary<RiskLevel, int> Days(string? text)
    {
        var days = new Dictionary<RiskLevel, int>();
        foreach (var line in Lines(text))
            days[DayLine().Match(line) is { Success: true } found && LevelOf(found.Groups[1].Value) is { } level ? level : throw Unreadable(line, "复评天数", "红 30")] =
                int.Parse(found.Groups[2].Value, CultureInfo.InvariantCulture);
        return days;
    }

    /// <summary>6-8 迎峰度夏：高温大负荷</summary>
    public static IReadOnlyList<RiskSeason> Seasons(string? text) =>
        [.. Lines(text).Select(line => SeasonLine().Match(line) is { Success: true } found
            ? new RiskSeason(int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(found.Groups[2].Value, CultureInfo.InvariantCulture), found.Groups[3].Value.Trim(), found.Groups[4].Value.Trim())
            : throw Unreadable(line, "季节提示", "6-8 迎峰度夏：高温大负荷"))];

    public static string Say(IEnumerable<RiskStep> steps) => string.Join('\n', steps.Select(step => step.Say()));
    public static string Say(IEnumerable<RiskBand> bands) => string.Join('\n', bands.OrderByDescending(band => band.Level).Select(band => $"{band.Level.Colour()} {band.Say()}"));
    public static string Say(IReadOnlyDictionary<RiskLevel, int> days) => string.Join('\n', RiskStates.Levels.Select(level => $"{level.Colour()} {days[level]}"));
    public static string Say(IEnumerable<RiskSeason> seasons) => string.Join('\n', seasons.Select(season => $"{season.From}-{season.To} {season.Name}：{season.Hint}"));

    static string[] Lines(string? text) => (text ?? "").Split(['\n', '\r'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    static RiskLevel? LevelOf(string colour) => RiskStates.Levels.Select(level => (RiskLevel?)level).FirstOrDefault(level => level!.Value.Colour() == colour);

    static Refusal Unreadable(string line, string what, string example) =>
        new($"{what}里的“{(line.Length > 20 ? line[..20] + "…" : line)}”看不懂。每行一条，例如“{example}”。没有保存，填写的内容还在。", what);

    [GeneratedRegex(@"^([\d.]{1,10})\s*(.*)$")]
    private static partial Regex StepLine();

    [GeneratedRegex(@"^([红橙黄])\s*(>=|≥|>|＞)\s*([\d.]{1,10})$")]
    private static partial Regex BandLine();

    [GeneratedRegex(@"^([红橙黄蓝])\s*(\d{1,5})$")]
    private static partial Regex DayLine();

    [GeneratedRegex(@"^(\d{1,2})\s*[-—–~至]\s*(\d{1,2})\s+([^：:]+)[：:]?(.*)$")]
    private static partial Regex SeasonLine();
}
