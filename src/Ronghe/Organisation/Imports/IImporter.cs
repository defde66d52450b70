using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Organisation.Imports;

/// <summary>
/// Knows one kind of file: which columns it has, what is wrong with a row, and what the rows become. Registered by the capability
/// that owns the records; the frame around it (upload, mapping, report, undo) is the same for all.
/// </summary>
public interface IImporter
{
    /// <summary>Key in addresses, commands and the API: org, people, findings.</summary>
    string Kind { get; }
    string Title { get; }
    string Permission { get; }
    /// <summary>The lists that a file of this kind may hold; the first is the main one.</summary>
    IReadOnlyList<SheetSpec> Sheets { get; }
    /// <summary>The lists of the template to fill in.</summary>
    IReadOnlyList<SheetSpec> Template => Sheets;
    /// <summary>Kinds of records that it makes or changes.</summary>
    IReadOnlyList<ImportSubject> Subjects { get; }
    /// <summary>Whether a file may make a company where there is none.</summary>
    bool MayFoundCompany => false;

    /// <summary>Checks every row against the others and against what is stored. Changes nothing.</summary>
    Task<ImportPlan> PlanAsync(ImportSource source, CancellationToken cancel);

    /// <summary>For columns whose words may stand for any of many things (places, kinds of hazards): everything that a person may name as meant.</summary>
    Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> MeaningsAsync(Guid companyId, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<string, IReadOnlyList<string>>>(new Dictionary<string, IReadOnlyList<string>>());

    /// <summary>After an import was undone: what hangs on the records and is no record of its own.</summary>
    Task RestorePartsAsync(ImportRun run, IReadOnlyList<ImportedRecord> records, CancellationToken cancel) => Task.CompletedTask;
}

/// <summary>A kind of record that an import makes or changes: its key in the journal, how people recognise one, and its node.</summary>
public sealed record ImportSubject(string Kind, Type Type, Func<Aggregate, string> Label, Func<Aggregate, Guid?> Node)
{
    public static ImportSubject Of<T>(string kind, Func<T, string> label, Func<T, Guid?> node) where T : Aggregate =>
        new(kind, typeof(T), record => label((T)record), record => node((T)record));
}

/// <summary>A file with everything that decides how it is understood.</summary>
/// <param name="CompanyId">Null only for a file that may found the company.</param>
public sealed record ImportSource(Workbook Workbook, ImportChoices Choices, Guid? CompanyId, Me Me, DateTimeOffset At)
{
    public DateOnly Today => At.PlantDate();

    /// <summary>The sheets of one list, in the order of the workbook.</summary>
    public IReadOnlyList<SheetReading> Readings(SheetSpec spec, SheetErrors errors) =>
        [.. Choices.Sheets.Where(sheet => sheet.Spec == spec.Key).Select(sheet => new SheetReading(Workbook, sheet, spec, errors))];
}

/// <summary>What would become of a file: its counts and errors, and the act that carries out the good rows.</summary>
public abstract class ImportPlan
{
    public required int Rows { get; init; }
    public required int Valid { get; init; }
    public required IReadOnlyList<SheetError> Errors { get; init; }
    /// <summary>Words that stand for something the product does not know yet; a person may say what is meant.</summary>
    public IReadOnlyList<UnknownWord> Words { get; init; } = [];
    /// <summary>What a person should know although nothing is wrong: rows left out, posts that another must give.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Inside the run's transaction. Returns the company, which an organisation file may just have made.</summary>
    public abstract Task<Guid> ApplyAsync(ImportWriter writer, CancellationToken cancel);
}
