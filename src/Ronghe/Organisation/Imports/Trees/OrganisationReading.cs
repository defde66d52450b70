using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Organisation.Units;
using Ronghe.Platform.Spreadsheets;
using F = Ronghe.Organisation.Imports.Trees.OrganisationFaults;
using K = Ronghe.Organisation.Imports.Trees.OrganisationSpec;

namespace Ronghe.Organisation.Imports.Trees;

/// <summary>What can be wrong in an organisation list besides what any sheet can have.</summary>
static class OrganisationFaults
{
    public const string
        MissingCode = "missing-code", DuplicateCode = "duplicate-code", MissingName = "missing-name", DuplicateName = "duplicate-name",
        UnknownKind = "unknown-kind", UnknownParent = "unknown-parent", WrongParent = "wrong-parent", ParentLoop = "parent-loop",
        SeveralRoots = "several-roots", OtherCompany = "other-company", ClosedUnit = "closed-unit", ImpossibleDate = "impossible-date",
        UnknownTerm = "unknown-term", UnknownUnit = "unknown-unit";
}

/// <summary>Reads the rows of one organisation list; what they mean together is checked afterwards.</summary>
sealed class OrganisationReading(DateOnly today)
{
    public List<NodeEntry> Entries { get; } = [];
    /// <summary>Codes of rows that something is wrong with.</summary>
    public HashSet<string> Faulty { get; } = [];
    public int Rows { get; private set; }

    public void Read(SheetReading reading, bool isParty)
    {
        foreach (var row in reading.Rows())
        {
            Rows++;
            reading.FindFormulaErrors(row.Number);
            if (Entry(row, reading, isParty) is { } entry && !row.HasErrors) Entries.Add(entry);
            else if (row.Code(K.Code) is { } code) Faulty.Add(code);
        }
    }

    NodeEntry? Entry(RowReader row, SheetReading reading, bool isParty)
    {
        var code = Given(row, K.Code, row.Code(K.Code), F.MissingCode, "编码");
        var name = Given(row, K.Name, row.Line(K.Name, 100), F.MissingName, "名称");
        var word = row.Line(K.Kind, 40);
        var (unitKind, partyKind) = isParty ? ((UnitKind?)null, Party(row, word)) : (Unit(row, word), null);
        var term = isParty ? ReadTerm(row) : null;
        var (founded, started) = (Past(row, K.Founded, "成立日期"), Past(row, K.TermStarted, "本届起始"));
        if (code is null || name is null || (unitKind is null && partyKind is null)) return null;
        var parent = row.Code(K.Parent);
        return new(reading, row.Number)
        {
            Code = code, Name = name, ParentCode = parent is null || CellText.IsNothing(parent) ? "" : parent, UnitKind = unitKind, PartyKind = partyKind,
            Head = row.Name(K.Head) ?? "", FoundedOn = founded, TermStartedOn = started, TermYears = term, CoversText = row.Line(K.Covers, 1_000) ?? "",
        };
    }

    static string? Given(RowReader row, string key, string? text, string kind, string title)
    {
        if (text is null && row.Cell(key).Kind != CellKind.Error) row.Error(key, kind, $"{title}没有填写。请补上后重新导入。");
        return text;
    }

    static UnitKind? Unit(RowReader row, string? word)
    {
        if (OrganisationWords.UnitKindOf(word ?? "") is { } kind) return kind;
        row.Error(K.Kind, F.UnknownKind, $"类型填的是“{word}”。请改成：{string.Join("、", OrganisationWords.UnitKindOptions)}。");
        return null;
    }

    static PartyOrganisationKind? Party(RowReader row, string? word)
    {
        if (OrganisationWords.PartyKindOf(word ?? "") is { } kind) return kind;
        row.Error(K.Kind, F.UnknownKind, $"类型填的是“{word}”。请改成：{string.Join("、", OrganisationWords.PartyKindOptions)}。");
        return null;
    }

    static int? ReadTerm(RowReader row)
    {
        if (row.Line(K.TermYears, 20) is not { } text || CellText.IsNothing(text)) return null;
        if (OrganisationWords.TermYears(text) is { } years) return years;
        row.Error(K.TermYears, F.UnknownTerm, $"届期填的是“{text}”。请按年填写，例如 3 或 5年。");
        return null;
    }

    DateOnly? Past(RowReader row, string key, string title)
    {
        if (row.Date(key)?.Value is not { } date) return null;
        if (date <= today) return date;
        row.Error(key, F.ImpossibleDate, $"{title} {date:yyyy-MM-dd} 还没有到。请核对年份。");
        return null;
    }
}
