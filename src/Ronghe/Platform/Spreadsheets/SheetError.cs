namespace Ronghe.Platform.Spreadsheets;

/// <summary>One thing wrong in a file: where, what sort (stable, English, kebab-case), and in Chinese what is wrong and how to mend it.</summary>
public sealed record SheetError(string Sheet, string Cell, string Kind, string Message);

/// <summary>Kinds that any list can have; a wing adds its own in the same style.</summary>
public static class SheetErrorKind
{
    public const string MissingValue = "missing-value";
    public const string FormulaError = "formula-error";
    public const string ImpossibleDate = "impossible-date";
    public const string UnreadableDate = "unreadable-date";
    public const string AmbiguousDate = "ambiguous-date";
    public const string UnreadableNumber = "unreadable-number";
    public const string UnreadablePhone = "unreadable-phone";
    public const string UnknownChoice = "unknown-choice";
    public const string TooLong = "too-long";
}

/// <summary>A row left out on purpose, and why: the report of an import names each.</summary>
public sealed record SkippedRow(int Row, string Reason);

/// <summary>Gathers errors; the same kind on the same cell counts once.</summary>
public sealed class SheetErrors
{
    readonly List<SheetError> errors = [];
    readonly HashSet<(string, string, string)> seen = [];

    public IReadOnlyList<SheetError> All => errors;
    public int Count => errors.Count;

    public bool Add(string sheet, string cell, string kind, string message)
    {
        if (!seen.Add((sheet, cell, kind))) return false;
        errors.Add(new SheetError(sheet, cell, kind, message));
        return true;
    }
}
