using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ronghe.Platform.Spreadsheets;

/// <summary>
/// Which column of a sheet holds what. Guessed by <see cref="HeaderFinder"/>, corrected by a person, saved as JSON,
/// and used again for files with the same headings.
/// </summary>
public sealed record ColumnMapping
{
    static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public required string Spec { get; init; }
    public required string Sheet { get; init; }

    /// <summary>Rows as shown, from 1; a two-level header has two.</summary>
    public required int FirstHeaderRow { get; init; }
    public required int LastHeaderRow { get; init; }

    public required IReadOnlyList<Heading> Headings { get; init; }

    /// <summary>Column (from 0) by key.</summary>
    public required IReadOnlyDictionary<string, int> Columns { get; init; }

    /// <summary>How sure each guess is, 0 to 1; a person's choice is 1.</summary>
    public IReadOnlyDictionary<string, double> Scores { get; init; } = new Dictionary<string, double>();

    /// <summary>How well the sheet fits as a whole, 0 to 1.</summary>
    public double Confidence { get; init; }

    public required string Fingerprint { get; init; }

    [JsonIgnore]
    public int FirstDataRow => LastHeaderRow + 1;

    [JsonIgnore]
    public IEnumerable<Heading> Unmapped => Headings.Where(heading => !Columns.Values.Contains(heading.Column));

    /// <summary>Column by key, -1 when the sheet has none.</summary>
    public int Of(string key) => Columns.TryGetValue(key, out var column) ? column : -1;

    public string TitleOf(string key) => Columns.TryGetValue(key, out var column) && Headings.FirstOrDefault(h => h.Column == column) is { } heading
        ? heading.Title : key;

    public IEnumerable<ColumnSpec> Missing(SheetSpec spec) => spec.Columns.Where(column => column.Required && !Columns.ContainsKey(column.Key));

    /// <summary>Says a column by hand; null takes the key off the sheet. A column holds one thing only.</summary>
    public ColumnMapping With(string key, int? column)
    {
        var columns = Columns.Where(pair => pair.Key != key && pair.Value != column).ToDictionary();
        var scores = Scores.Where(pair => columns.ContainsKey(pair.Key)).ToDictionary();
        if (column is { } chosen) (columns[key], scores[key]) = (chosen, 1);
        return this with { Columns = columns, Scores = scores };
    }

    /// <summary>Refuses a sheet that lacks a required column, naming each.</summary>
    public void Require(SheetSpec spec)
    {
        var missing = Missing(spec).Select(column => $"“{column.Title}”").ToArray();
        if (missing.Length > 0)
            throw new Refusal($"工作表“{Sheet}”里没有找到{string.Join("、", missing)}列。没有导入任何数据。请在对应关系里指定这些列，或补上列后重新上传。", SheetRefusals.Field);
    }

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static ColumnMapping FromJson(string json) => JsonSerializer.Deserialize<ColumnMapping>(json, Json)
        ?? throw new JsonException("A mapping is an object.");
}
