using Ronghe.Organisation.Imports;
using Ronghe.Organisation.Units;
using Ronghe.Platform;
using Ronghe.Platform.Spreadsheets;
using F = Ronghe.Findings.Ledgers.LedgerFaults;
using K = Ronghe.Findings.Ledgers.LedgerSpec;

namespace Ronghe.Findings.Ledgers;

/// <summary>Reads the rows of a ledger and checks each against the others, against what is stored, and against the finding's own rules.</summary>
sealed class LedgerReading(LedgerDirectory directory, LedgerWordsMeant meant, IReadOnlySet<string> existing, ImportSource source)
{
    readonly LedgerPeople _people = new(directory);
    readonly LedgerDays _days = new(source.Today, source.Choices.ShiftDays);
    readonly Dictionary<string, string> _seen = [];

    public List<LedgerEntry> Entries { get; } = [];
    public int Rows { get; private set; }

    public void Read(SheetReading reading)
    {
        foreach (var row in reading.Rows())
        {
            Rows++;
            reading.FindFormulaErrors(row.Number);
            if (Entry(row, reading.Sheet.Name) is not { } entry || row.HasErrors) continue;
            TryLiving(row, entry);
            if (!row.HasErrors) Entries.Add(entry);
        }
    }

    LedgerEntry? Entry(RowReader row, string sheet)
    {
        var description = row.Text(K.Description, FindingReport.MaxDescription);
        if (description is null && row.Cell(K.Description).Kind != CellKind.Error) row.Error(K.Description, F.MissingDescription, "隐患描述没有填写。请补上后重新导入。");
        var unit = ReadUnit(row);
        var days = _days.Read(row);
        var number = ReadNumber(row, sheet, days);
        var status = ReadStatus(row, days);
        var rectifiers = _people.All(row, K.Rectifier, "整改责任人", unit);
        CheckCourse(row, status, days, rectifiers);
        var entry = new
        {
            Finders = _people.All(row, K.Finders, "发现人"), Verifiers = _people.All(row, K.Verifier, "复查人"),
            Place = meant.Place(row), Category = meant.Category(row), Grade = ReadGrade(row), Source = ReadSource(row),
            Measure = row.Text(K.Measure, FindingReport.MaxNote / 2) ?? "", Remark = row.Text(K.Remark, FindingReport.MaxNote / 4) ?? "",
        };
        if (description is null || unit is null || days.Found is not { } found) return null;
        return new()
        {
            Number = number, Found = found, Source = entry.Source, Place = entry.Place, Description = description, Category = entry.Category,
            Grade = entry.Grade, Finders = entry.Finders, Unit = unit, Status = status, Rectifier = rectifiers.FirstOrDefault(),
            OtherRectifiers = string.Join("、", rectifiers.Skip(1).Select(person => person.Name)), Measure = entry.Measure, Due = days.Due, Done = days.Done,
            Verifier = entry.Verifiers.FirstOrDefault(), Verified = days.Verified, Remark = entry.Remark,
        };
    }

    string? ReadNumber(RowReader row, string sheet, LedgerDays.OfRow days)
    {
        if (!row.Has(K.Number)) return null;
        if (row.Code(K.Number, 40) is not { } number)
        {
            if (row.Cell(K.Number).Kind != CellKind.Error) row.Error(K.Number, F.MissingNumber, "编号没有填写。请补上后重新导入。");
            return null;
        }
        if (_seen.TryGetValue(number, out var first)) row.Error(K.Number, F.DuplicateNumber, $"编号 {number} 已经用在 {first}，编号不能重复。请核对后改正其中一个。");
        else _seen[number] = $"{sheet}!{row.Address(K.Number)}";
        var moved = source.Choices.ShiftDays == 0 ? number : LedgerNumber.InYear(number, days.Found?.Year);
        if (existing.Contains(moved)) row.Error(K.Number, F.NumberExists, $"编号 {moved} 的隐患已经在平台里。请删去这一行，或改成新的编号。");
        return moved;
    }

    Unit? ReadUnit(RowReader row)
    {
        if (row.Line(K.Unit, 100) is not { } name)
        {
            if (row.Cell(K.Unit).Kind != CellKind.Error) row.Error(K.Unit, F.MissingUnit, "责任部门没有填写。请补上后重新导入。");
            return null;
        }
        if (directory.Units(name) is not [var unit])
        {
            row.Error(K.Unit, F.UnknownUnit, $"没有（或不止一个）部门叫“{name}”。请按组织机构填写，可填：{string.Join("、", directory.UnitNames.Take(30))}。");
            return null;
        }
        if (directory.Reach is { } reach && !reach.Contains(unit.Id)) row.Error(K.Unit, F.OutsideReach, $"“{unit.Name}”不在您的管理范围内，这一行请由该单位或上级的安全专责导入。");
        return unit;
    }

    static FindingSource ReadSource(RowReader row)
    {
        if (row.Line(K.Source, 40) is not { } word || CellText.IsNothing(word)) return FindingSource.Routine;
        if (LedgerWords.SourceOf(word) is { } known) return known;
        row.Error(K.Source, F.UnknownSource, $"排查类型填的是“{word}”，不在可用的说法之内。请改成：{string.Join("、", LedgerWords.SourceOptions)}。");
        return FindingSource.Routine;
    }

    static FindingGrade ReadGrade(RowReader row)
    {
        if (row.Line(K.Grade, 20) is not { } word || CellText.IsNothing(word)) return FindingGrade.General;
        if (LedgerWords.GradeOf(word) is { } known) return known;
        row.Error(K.Grade, F.UnknownGrade, $"等级填的是“{word}”。请改成 一般 或 重大。");
        return FindingGrade.General;
    }

    /// <summary>The word of the ledger; without one, or where it leaves it open, the dates.</summary>
    static FindingStatus ReadStatus(RowReader row, LedgerDays.OfRow days)
    {
        var byDates = days.Verified is not null ? FindingStatus.Closed : days.Done is not null ? FindingStatus.Rectified : FindingStatus.Assigned;
        if (row.Line(K.Status, 40) is not { } word || CellText.IsNothing(word)) return byDates;
        if (LedgerWords.TryStatus(word, out var status)) return status ?? (byDates == FindingStatus.Assigned ? FindingStatus.Rectified : byDates);
        row.Error(K.Status, F.UnknownStatus, $"状态填的是“{word}”，不在可用的说法之内。请改成：{string.Join("、", LedgerWords.StatusOptions)}。");
        return byDates;
    }

    static void CheckCourse(RowReader row, FindingStatus status, LedgerDays.OfRow days, List<Namesake> rectifiers)
    {
        if (rectifiers.Count == 0 && row.People(K.Rectifier).Count == 0 && row.Cell(K.Rectifier).Kind != CellKind.Error)
            row.Error(K.Rectifier, F.MissingRectifier, "整改责任人没有填写。请补上后重新导入。");
        if (status == FindingStatus.Assigned && days.HasDone)
            row.Error(K.Status, F.StatusMismatch, "状态是未整改完，却填了完成日期。请核对状态和完成日期。");
        if (status != FindingStatus.Assigned && !days.HasDone)
            row.Error(K.Done, F.MissingCompletionDate, "状态是已整改，完成日期没有填写。请补上完成日期，或改正状态。");
        if (status == FindingStatus.Assigned && !days.HasDue)
            row.Error(K.Due, F.MissingDueDate, "整改期限没有填写。请补上后重新导入。");
    }

    /// <summary>The finding itself has the last word on whether such a course is possible.</summary>
    void TryLiving(RowReader row, LedgerEntry entry)
    {
        if (entry.Verifier is not null && entry.Verifier == entry.Rectifier)
        {
            row.Error(K.Verifier, F.OwnVerification, $"复查人和整改责任人都是{entry.Verifier.Name}，整改人不能复核自己的整改。请核对。");
            return;
        }
        try
        {
            LedgerHistory.Live(entry, Guid.Empty, Guid.Empty, entry.Number ?? "", source.At);
        }
        catch (Refusal refusal)
        {
            row.Error(K.Description, F.Refused, refusal.Message);
        }
    }
}
