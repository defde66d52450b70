using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Organisation.Units;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Organisation.Imports.Trees;

/// <summary>One row of an organisation list, and where to say what is wrong with it.</summary>
sealed class NodeEntry(SheetReading reading, int row)
{
    public required string Code { get; init; }
    public required string Name { get; init; }
    /// <summary>Empty for a topmost node.</summary>
    public required string ParentCode { get; init; }
    public UnitKind? UnitKind { get; init; }
    public PartyOrganisationKind? PartyKind { get; init; }
    public string Head { get; init; } = "";
    public DateOnly? FoundedOn { get; init; }
    public DateOnly? TermStartedOn { get; init; }
    public int? TermYears { get; init; }
    public string CoversText { get; init; } = "";
    public int Position { get; set; }
    /// <summary>Codes of the covered units; filled by the check.</summary>
    public List<string> Covers { get; } = [];
    public bool IsGood { get; private set; } = true;

    public bool IsUnit => UnitKind is not null;
    public int Level => (int?)UnitKind ?? (int)PartyKind!;

    public bool Has(string key) => reading.Mapping.Of(key) >= 0;

    public void Fail(string key, string kind, string message)
    {
        IsGood = false;
        reading.Errors.Add(reading.Sheet.Name, Address(key), kind, message);
    }

    /// <summary>Nothing is wrong with the row itself, but its superior's row cannot be taken.</summary>
    public void Wait() => (IsGood, IsWaiting) = (false, true);

    public bool IsWaiting { get; private set; }
    public int Row => row;
    public string Sheet => reading.Sheet.Name;

    public string Place => $"{reading.Sheet.Name}!{Address(OrganisationSpec.Code)}";

    string Address(string key) => CellAddress.Of(Math.Max(0, reading.Mapping.Of(key)), row);
}
