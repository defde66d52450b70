using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Organisation.Imports;

/// <summary>What a person said in the mapping step, about the lists that were found and the words that were asked.</summary>
public sealed record ImportDecisions(IReadOnlyList<SheetDecision> Sheets, IReadOnlyList<WordDecision> Words)
{
    /// <summary>Whether anything is different from what the last check went by.</summary>
    public bool Change(ImportChoices choices) =>
        Sheets.Zip(choices.Sheets).Any(sheet => sheet.First.Changes(sheet.Second)) || Words.Any(word => choices.Answer(word.Column, word.Word) != word.Meaning);

    public ImportChoices Apply(ImportChoices choices, Workbook workbook, IReadOnlyList<SheetSpec> specs)
    {
        var sheets = Sheets.Zip(choices.Sheets, (said, mapping) => said.Apply(mapping, workbook, specs.First(spec => spec.Key == mapping.Spec)))
            .OfType<ColumnMapping>().DistinctBy(mapping => (mapping.Spec, mapping.Sheet));
        return Words.Aggregate(choices with { Sheets = [.. sheets] }, (all, word) => all.WithWord(word.Column, word.Word, word.Meaning));
    }
}

/// <summary>About one list of the file.</summary>
/// <param name="Sheet">Where it stands; blank when this list is not to be taken in.</param>
/// <param name="HeaderRow">First row of its header, from 1.</param>
/// <param name="Columns">By key the column, from 0; null when the sheet has none.</param>
public sealed record SheetDecision(string Sheet, int HeaderRow, IReadOnlyDictionary<string, int?> Columns)
{
    public bool Changes(ColumnMapping mapping) => IsElsewhere(mapping) || Columns.Any(column => (column.Value ?? -1) != mapping.Of(column.Key));

    /// <summary>With another sheet or header its columns are guessed anew: what was said about them was said of other headings.</summary>
    public ColumnMapping? Apply(ColumnMapping mapping, Workbook workbook, SheetSpec spec)
    {
        if (Sheet == "") return null;
        if (IsElsewhere(mapping)) return workbook.Named(Sheet) is { } sheet ? HeaderFinder.At(sheet, spec, HeaderRow) : mapping;
        return Columns.Aggregate(mapping, (all, column) => all.Of(column.Key) == (column.Value ?? -1) ? all : all.With(column.Key, column.Value));
    }

    bool IsElsewhere(ColumnMapping mapping) => Sheet != mapping.Sheet || HeaderRow != mapping.FirstHeaderRow;
}

/// <summary>About one word.</summary>
/// <param name="Meaning">An id, a code or a name; <see cref="ImportChoices.KeepWord"/> to keep the word; null for no answer.</param>
public sealed record WordDecision(string Column, string Word, string? Meaning);
