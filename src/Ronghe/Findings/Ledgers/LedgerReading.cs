using System.Text.RegularExpressions;
using Ronghe.Organisation.Imports;
using Ronghe.Organisation.Units;
using Ronghe.Platform;
using Ronghe.Platform.Spreadsheets;
using F = Ronghe.Findings.Ledgers.LedgerFaults;
using K = Ronghe.Findings.Ledgers.LedgerSpec;

namespace Ronghe.Findings.Ledgers;

/// <summary>Reads the rows of a ledger and checks each against the others, against what is stored, and against the finding's own rules.</summary>
sealed partial class LedgerReading(LedgerDirectory directory, LedgerWordsMeant meant, WordQuestions questions, IReadOnlySet<string> existing, ImportSource source)
{
    readonly LedgerCourse _course = new(questions, source.Today);
    readonly LedgerPeople _people = new(directory);
    readonly LedgerDays _days = new(source.Today, source.Choices.ShiftDays);
    readonly LedgerMerges _merges = new();
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
            if (row.HasErrors) continue;
            Entries.Add(entry);
            if (entry.Status == FindingStatus.Merged) NoteMerge(row, reading, entry);
        }
    }

    /// <summary>After the last sheet.</summary>
    public void ResolveMerges() => _merges.Resolve(Entries);

    void NoteMerge(RowReader row, SheetReading reading, LedgerEntry entry)
    {
        var (number, key) = (row.Number, row.Has(K.Remark) ? K.Remark : K.Status);
        entry.MergedInto = Other().Match(entry.Remark) is { Success: true } other ? CellText.Code(other.Groups["number"].Value) : "";
        _merges.Note(entry, message => reading.Error(number, key, F.UnknownMergeTarget, message));
    }

    LedgerEntry? Entry(RowReader row, string sheet)
    {
        var description = row.Text(K.Description, FindingReport.MaxDescription);
        if (description is null && row.Cell(K.Description).Kind != CellKind.Error) row.Error(K.Description, F.MissingDescription, "隐患描述没有填写。请补上后重新导入。");
        var unit = ReadUnit(row);
        var days = _days.Read(row);
        var number = ReadNumber(row, sheet, days);
        var status = _course.Status(row, days);
        var rectifiers = _people.All(row, K.Rectifier, "整改责任人", days.Done ?? days.Found, unit);
        _course.Check(row, status, days, rectifiers);
        var entry = new
        {
            Finders = _people.All(row, K.Finders, "发现人", days.Found), Verifiers = _people.All(row, K.Verifier, "复查人", days.Verified ?? days.Found),
            Place = meant.Place(row), Category = meant.Category(row), Grade = _course.Grade(row, status), Source = ReadSource(row),
            Measure = row.Text(K.Measure, FindingReport.MaxNote) ?? "", Remark = row.Text(K.Remark, FindingReport.MaxNote) ?? "",
            Result = row.Text(K.Result, FindingReport.MaxNote) ?? "",
        };
        if (description is null || unit is null || days.Found is not { } found) return null;
        return new()
        {
            FileNumber = row.Code(K.Number, 40), Number = number, Found = found, Source = entry.Source, Place = entry.Place, Description = description, Category = entry.Category,
            Grade = entry.Grade, Finders = entry.Finders, Unit = unit, Status = status, Rectifier = rectifiers.FirstOrDefault(),
            OtherRectifiers = string.Join("、", rectifiers.Skip(1).Select(_people.Named)), Measure = entry.Measure, Due = days.Due, Done = days.Done,
            Verifier = entry.Verifiers.FirstOrDefault(), Verified = days.Verified, Remark = entry.Remark, Result = entry.Result,
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
        var named = directory.Units(questions.Meant(row, K.Unit, name));
        if (named is not [var unit])
        {
            questions.Ask(row, K.Unit, name, named.Count == 0 ? directory.DepartmentNames : named.Select(directory.Label));
            row.Error(K.Unit, F.UnknownUnit, named.Count == 0
                ? $"没有部门“{name}”。请按组织机构填写，可填：{string.Join("、", directory.DepartmentNames.Take(30))}。"
                : $"有 {named.Count} 个单位叫“{name}”，分不清是哪一个。请带上上级填写：{string.Join("、", named.Take(8).Select(directory.Label))}。");
            return null;
        }
        if (directory.Reach is { } reach && !reach.Contains(unit.Id)) row.Error(K.Unit, F.OutsideReach, $"“{unit.Name}”不在您的管理范围内，这一行请由该单位或上级的安全专责导入。");
        return unit;
    }

    FindingSource ReadSource(RowReader row)
    {
        if (row.Line(K.Source, 40) is not { } word || CellText.IsNothing(word)) return FindingSource.Routine;
        if (LedgerWords.SourceOf(questions.Meant(row, K.Source, word)) is { } known) return known;
        questions.Ask(row, K.Source, word, LedgerWords.SourceOptions);
        row.Error(K.Source, F.UnknownSource, $"排查类型填的是“{word}”，不在可用的说法之内。请改成：{string.Join("、", LedgerWords.SourceOptions)}。");
        return FindingSource.Routine;
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

    [GeneratedRegex("并入\\s*(?<number>[^\\s；;，,。、]+)")]
    private static partial Regex Other();
}
