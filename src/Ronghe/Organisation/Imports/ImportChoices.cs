using System.Text.Encodings.Web;
using System.Text.Json;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Organisation.Imports;

/// <summary>What was decided about a file: which sheet is which list, which column is what, and what strange words mean.</summary>
public sealed record ImportChoices
{
    /// <summary>Answer for a word that stays as it is, without a record behind it.</summary>
    public const string KeepWord = "";

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public IReadOnlyList<ColumnMapping> Sheets { get; init; } = [];
    /// <summary>By column key and word: the id that is meant, or <see cref="KeepWord"/>.</summary>
    public IReadOnlyDictionary<string, Dictionary<string, string>> Words { get; init; } = new Dictionary<string, Dictionary<string, string>>();
    /// <summary>All dates move by so many days: a demonstration shows last year's ledger as this year's.</summary>
    public int ShiftDays { get; init; }

    /// <summary>Null when nobody has said anything about this word.</summary>
    public string? Answer(string column, string word) => Words.GetValueOrDefault(column)?.GetValueOrDefault(word);

    public ImportChoices WithWord(string column, string word, string? id)
    {
        var words = Words.ToDictionary(pair => pair.Key, pair => new Dictionary<string, string>(pair.Value));
        if (!words.TryGetValue(column, out var known)) words[column] = known = [];
        if (id is null) known.Remove(word);
        else known[word] = id;
        return this with { Words = words };
    }

    /// <summary>The same for files with the same headings.</summary>
    public string Fingerprint => string.Join('+', Sheets.Select(sheet => sheet.Fingerprint).Order());

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static ImportChoices FromJson(string json) => JsonSerializer.Deserialize<ImportChoices>(json, Json) ?? new();
}
