using Ronghe.Organisation.Units;

namespace Ronghe.Findings.Ledgers;

/// <summary>One row of a ledger, understood.</summary>
sealed record LedgerEntry
{
    /// <summary>As the file writes it, which other rows refer to; null when the ledger has no numbers.</summary>
    public required string? FileNumber { get; init; }
    /// <summary>The number to give; null for the next one.</summary>
    public required string? Number { get; init; }
    public required DateOnly Found { get; init; }
    public required FindingSource Source { get; init; }
    public required PlaceMeant Place { get; init; }
    public required string Description { get; init; }
    public required CategoryMeant Category { get; init; }
    public required FindingGrade? Grade { get; init; }
    public required IReadOnlyList<Namesake> Finders { get; init; }
    public required Unit Unit { get; init; }
    public required FindingStatus Status { get; init; }
    public Namesake? Rectifier { get; init; }
    /// <summary>Further people whom the ledger makes responsible.</summary>
    public string OtherRectifiers { get; init; } = "";
    public string Measure { get; init; } = "";
    public DateOnly? Due { get; init; }
    public DateOnly? Done { get; init; }
    public Namesake? Verifier { get; init; }
    public DateOnly? Verified { get; init; }
    public string Remark { get; init; } = "";
    /// <summary>What was done, where the ledger tells it apart from what was to be done.</summary>
    public string Result { get; init; } = "";
    /// <summary>Number in the file of the one that this is a duplicate of.</summary>
    public string? MergedInto { get; set; }
}

/// <summary>Somebody whom a ledger may mean.</summary>
sealed record Namesake(Guid Id, string Number, string Name, Guid UnitId, DateOnly? LeftOn)
{
    public bool IsHereOn(DateOnly? day) => LeftOn is null || LeftOn > day;
}

/// <summary>A known place, or the ledger's own words.</summary>
readonly record struct PlaceMeant(Guid? Id, string Text);

/// <summary>An entry of the dictionary, or the ledger's own word.</summary>
readonly record struct CategoryMeant(string? Id, string Word);
