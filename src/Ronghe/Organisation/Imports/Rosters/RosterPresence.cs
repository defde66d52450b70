using Ronghe.Platform.Spreadsheets;
using F = Ronghe.Organisation.Imports.Rosters.RosterFaults;
using K = Ronghe.Organisation.Imports.Rosters.RosterSpec;

namespace Ronghe.Organisation.Imports.Rosters;

/// <summary>Reads whether the person of a row is still here: a roster may list the retired and those who went elsewhere.</summary>
static class RosterPresence
{
    static readonly HashSet<string> Here =
        ["在岗", "在职", "在册", "正常", "在岗在册", "试用", "试用期", "实习", "借入", "借调", "内退", "内部退养", "病休", "长病", "产假", "待岗", "离岗退养", "返聘"];

    static readonly HashSet<string> Gone =
        ["已离开", "离职", "已离职", "退休", "已退休", "离休", "调出", "已调出", "调离", "已调离", "辞职", "辞退", "开除", "解除合同", "解除劳动合同", "终止合同", "减员", "死亡", "去世", "已故"];

    public static readonly string[] Options = ["在岗", "离职", "退休", "调出"];

    /// <returns>The day on which the person left, the roster's own when it gives none; null for somebody who is here.</returns>
    public static DateOnly? Read(RowReader row, DateOnly asOf, DateOnly? stated)
    {
        var word = row.Line(K.Presence, 20) is { } text && !CellText.IsNothing(text) ? text : "";
        if (word != "" && !Here.Contains(word) && !Gone.Contains(word))
        {
            row.Error(K.Presence, F.UnknownPresence, $"人员状态填的是“{word}”，不在可用的说法之内。请改成：{string.Join("、", Options)}。");
            return null;
        }
        if (Here.Contains(word) && stated is not null)
        {
            row.Error(K.Left, F.UnknownPresence, $"人员状态是“{word}”，却填了离开日期 {stated:yyyy-MM-dd}。请核对两列。");
            return null;
        }
        return stated ?? (Gone.Contains(word) ? asOf : null);
    }
}
