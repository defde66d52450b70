using System.Text.RegularExpressions;

namespace Ronghe.Organisation.Imports.Trees;

/// <summary>A unit named in 覆盖部门, with its crews when only some of them are meant.</summary>
sealed record CoveredUnit(string Name, IReadOnlyList<string> Parts);

/// <summary>Reads “厂领导、财务部” and “设备管理部（本部、锅炉班）”.</summary>
static partial class CoverageText
{
    /// <summary>Everything that the topmost unit holds.</summary>
    public static bool IsEverything(string text) => text is "全厂" or "全公司" or "全部" or "全体";

    /// <summary>The staff of a department outside its crews: a part that is no unit of its own.</summary>
    public static bool IsOwnStaff(string part) => part is "本部" or "部本部" or "机关" or "管理人员";

    public static IReadOnlyList<CoveredUnit> Read(string text) =>
        [.. Item().Matches(text).Select(item => new CoveredUnit(item.Groups["name"].Value.Trim(), Split(item.Groups["parts"].Value)))];

    static string[] Split(string parts) => parts.Split(['、', '，', ',', '；', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex("(?<name>[^、，,；;\\n（(）)]+)(?:[（(](?<parts>[^）)]*)[）)])?")]
    private static partial Regex Item();
}
