namespace Ronghe.Findings.Ledgers;

/// <summary>Words that ledgers use, and what they mean here.</summary>
static class LedgerWords
{
    static readonly Dictionary<string, FindingSource> Sources = new()
    {
        ["日常排查"] = FindingSource.Routine, ["日常检查"] = FindingSource.Routine, ["定期排查"] = FindingSource.Routine, ["班组自查"] = FindingSource.Routine, ["自查"] = FindingSource.Routine,
        ["主题党日"] = FindingSource.ThemeDay, ["党员监督台"] = FindingSource.Watch, ["监督台"] = FindingSource.Watch,
        ["抽查"] = FindingSource.SpotCheck, ["四不两直"] = FindingSource.SpotCheck, ["专项检查"] = FindingSource.SpecialInspection, ["专项排查"] = FindingSource.SpecialInspection,
        ["随手拍"] = FindingSource.Spontaneous, ["员工上报"] = FindingSource.Spontaneous, ["未遂报告"] = FindingSource.NearMiss,
    };

    static readonly Dictionary<string, FindingGrade> Grades = new()
    {
        ["一般"] = FindingGrade.General, ["一般隐患"] = FindingGrade.General, ["一般事故隐患"] = FindingGrade.General,
        ["重大"] = FindingGrade.Major, ["重大隐患"] = FindingGrade.Major, ["重大事故隐患"] = FindingGrade.Major,
    };

    /// <summary>Null stands for words that say “done” and leave open whether somebody has looked: the dates decide.</summary>
    static readonly Dictionary<string, FindingStatus?> Statuses = new()
    {
        ["已闭环"] = FindingStatus.Closed, ["闭环"] = FindingStatus.Closed, ["已关闭"] = FindingStatus.Closed, ["已销号"] = FindingStatus.Closed,
        ["整改中"] = FindingStatus.Assigned, ["未整改"] = FindingStatus.Assigned, ["待整改"] = FindingStatus.Assigned, ["未完成"] = FindingStatus.Assigned,
        ["逾期未整改"] = FindingStatus.Assigned, ["逾期"] = FindingStatus.Assigned, ["超期未整改"] = FindingStatus.Assigned, ["未闭环"] = FindingStatus.Assigned,
        ["待复查"] = FindingStatus.Rectified, ["待复核"] = FindingStatus.Rectified, ["待验收"] = FindingStatus.Rectified,
        ["待派发"] = FindingStatus.Reported, ["未派发"] = FindingStatus.Reported, ["待关闭"] = FindingStatus.Verified, ["已复查"] = FindingStatus.Verified,
        ["不予受理"] = FindingStatus.Rejected, ["不属实"] = FindingStatus.Rejected, ["已合并"] = FindingStatus.Merged, ["重复"] = FindingStatus.Merged,
        ["已整改"] = null, ["已完成"] = null, ["整改完成"] = null, ["完成"] = null,
    };

    public static readonly string[] SourceOptions = ["日常排查", "主题党日", "党员监督台", "抽查", "专项检查", "随手拍", "未遂报告"];
    public static readonly string[] StatusOptions = ["待派发", "整改中", "逾期未整改", "待复查", "待关闭", "已闭环", "不予受理", "已合并"];

    public static readonly string[] GradeOptions = ["一般", "重大"];

    public static FindingSource? SourceOf(string word) => Sources.TryGetValue(word, out var source) ? source : null;
    public static FindingGrade? GradeOf(string word) => Grades.TryGetValue(word, out var grade) ? grade : null;

    /// <summary>False for a word that nobody knows.</summary>
    public static bool TryStatus(string word, out FindingStatus? status) => Statuses.TryGetValue(word, out status);
}
