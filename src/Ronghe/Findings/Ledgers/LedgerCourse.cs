using Ronghe.Organisation.Imports;
using Ronghe.Platform.Spreadsheets;
using F = Ronghe.Findings.Ledgers.LedgerFaults;
using K = Ronghe.Findings.Ledgers.LedgerSpec;

namespace Ronghe.Findings.Ledgers;

/// <summary>How far a row says that it has come, and whether its dates and people agree with that.</summary>
sealed class LedgerCourse(WordQuestions questions, DateOnly today)
{
    /// <summary>The word of the ledger; without one, or where it leaves it open, the dates.</summary>
    public FindingStatus Status(RowReader row, LedgerDays.OfRow days)
    {
        var byDates = days.Verified is not null ? FindingStatus.Closed : days.Done is not null ? FindingStatus.Rectified : FindingStatus.Assigned;
        if (row.Line(K.Status, 40) is not { } word || CellText.IsNothing(word)) return byDates;
        if (LedgerWords.TryStatus(questions.Meant(row, K.Status, word), out var status)) return status ?? (byDates == FindingStatus.Assigned ? FindingStatus.Rectified : byDates);
        questions.Ask(row, K.Status, word, LedgerWords.StatusOptions);
        row.Error(K.Status, F.UnknownStatus, $"状态填的是“{word}”，不在可用的说法之内。请改成：{string.Join("、", LedgerWords.StatusOptions)}。");
        return byDates;
    }

    /// <summary>A blank grade is a general one, as soon as somebody has taken care of it.</summary>
    public FindingGrade? Grade(RowReader row, FindingStatus status)
    {
        if (row.Line(K.Grade, 20) is not { } word || CellText.IsNothing(word)) return IsTakenUp(status) ? FindingGrade.General : null;
        if (LedgerWords.GradeOf(questions.Meant(row, K.Grade, word)) is { } known) return known;
        questions.Ask(row, K.Grade, word, LedgerWords.GradeOptions);
        row.Error(K.Grade, F.UnknownGrade, $"等级填的是“{word}”。请改成 一般 或 重大。");
        return FindingGrade.General;
    }

    public void Check(RowReader row, FindingStatus status, LedgerDays.OfRow days, IReadOnlyList<Namesake> rectifiers)
    {
        var isDone = status is FindingStatus.Rectified or FindingStatus.Verified or FindingStatus.Closed;
        if (IsTakenUp(status) && rectifiers.Count == 0 && row.People(K.Rectifier).Count == 0 && row.Cell(K.Rectifier).Kind != CellKind.Error)
            row.Error(K.Rectifier, F.MissingRectifier, "整改责任人没有填写。请补上后重新导入。");
        if (!isDone && days.HasDone)
            row.Error(K.Status, F.StatusMismatch, "状态是未整改完，却填了完成日期。请核对状态和完成日期。");
        if (isDone && !days.HasDone)
            row.Error(K.Done, F.MissingCompletionDate, "状态是已整改，完成日期没有填写。请补上完成日期，或改正状态。");
        if (status == FindingStatus.Assigned && !days.HasDue)
            row.Error(K.Due, F.MissingDueDate, "整改期限没有填写。请补上后重新导入。");
        if (status == FindingStatus.Assigned && rectifiers is [{ LeftOn: { } left } gone, ..] && left <= today)
            row.Error(K.Rectifier, F.LeftPerson, $"整改责任人{gone.Name}（{gone.Number}）已在 {left:yyyy-MM-dd} 离开，这一条还没有整改完。请改成现在负责的人。");
    }

    static bool IsTakenUp(FindingStatus status) => status is not (FindingStatus.Reported or FindingStatus.Rejected or FindingStatus.Merged);
}
