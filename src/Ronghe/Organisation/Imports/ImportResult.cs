using System.Text.Encodings.Web;
using System.Text.Json;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Organisation.Imports;

/// <summary>What came of checking or importing a file.</summary>
/// <param name="RunId">Null when nothing was kept: a dry run of the command line.</param>
public sealed record ImportResult(
    Guid? RunId, ImportCounts Counts, IReadOnlyList<SheetError> Errors, IReadOnlyList<UnknownWord> Words, IReadOnlyList<string> Notes)
{
    public bool IsClean => Errors.Count == 0;

    internal static ImportResult Of(ImportPlan plan, Guid? runId = null, ImportCounts? counts = null) =>
        new(runId, counts ?? new(plan.Rows, plan.Valid, 0, plan.Errors.Count, 0, 0), plan.Errors, plan.Words, plan.Notes);
}

/// <summary>How a file is to be taken in.</summary>
public sealed record ImportOptions
{
    public ImportMode Mode { get; init; }
    /// <summary>Only look; keep nothing.</summary>
    public bool IsDryRun { get; init; }
    /// <summary>Changes what was guessed, e.g. by a mapping file.</summary>
    public Func<ImportChoices, IReadOnlyList<SheetSpec>, ImportChoices>? Adjust { get; init; }
}

/// <summary>The report of a check as it is kept with the run.</summary>
public sealed record ImportReport(IReadOnlyList<SheetError> Errors, IReadOnlyList<UnknownWord> Words, IReadOnlyList<string> Notes)
{
    /// <summary>A file with more errors is wrong as a whole; more words are answered in a second round.</summary>
    public const int MostErrorsKept = 5_000, MostWordsKept = 200;

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Everything that the workbook holds, to choose from.</summary>
    public IReadOnlyList<ImportSheet> Sheets { get; init; } = [];

    public static ImportReport Of(ImportPlan plan, Workbook workbook, ImportChoices choices) =>
        new([.. plan.Errors.Take(MostErrorsKept)], [.. plan.Words.Take(MostWordsKept)], plan.Notes) { Sheets = ImportSamples.Of(workbook, choices) };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static ImportReport FromJson(string json) => JsonSerializer.Deserialize<ImportReport>(json, Json) ?? new([], [], []);
}

/// <summary>One sheet of the file: its rows in all, and for each column the first few values.</summary>
public sealed record ImportSheet(string Name, int Rows, IReadOnlyDictionary<int, string> Samples);
