using System.Text.Json;
using Ronghe.Platform;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Organisation.Imports;

/// <summary>
/// Decisions about a file, written down as JSON for the command line: <c>{"columns": {"工号": "B"}, "words": {"category": {"跑冒滴漏": "HC01"}}}</c>.
/// A column is named by its title or key, and found by its letters or its heading. What a word means is an id, a code or a name.
/// <c>locations</c> and <c>equipment</c> at the top level are words for places, as in the content of the product.
/// </summary>
sealed class MapFile(Dictionary<string, string> columns, Dictionary<string, Dictionary<string, string>> words)
{
    static readonly Dictionary<string, string> WordLists = new() { ["locations"] = "location", ["equipment"] = "equipment", ["categories"] = "category" };

    public static MapFile Read(FileInfo file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file.FullName));
            return Read(json.RootElement);
        }
        catch (Exception problem) when (problem is JsonException or IOException or InvalidOperationException)
        {
            throw new Refusal($"读不出对应关系文件 {file.FullName}，没有导入任何数据。请检查它是不是 JSON。原因：{problem.Message}");
        }
    }

    static MapFile Read(JsonElement root)
    {
        var columns = root.TryGetProperty("columns", out var said) ? said.Deserialize<Dictionary<string, string>>()! : [];
        var words = root.TryGetProperty("words", out var meant) ? meant.Deserialize<Dictionary<string, Dictionary<string, string>>>()! : [];
        foreach (var (name, column) in WordLists)
            if (root.TryGetProperty(name, out var list)) words[column] = list.Deserialize<Dictionary<string, string>>()!;
        return new(columns, words);
    }

    /// <exception cref="Refusal">A column or heading that the file does not have: a slip of the pen must not pass unseen.</exception>
    public ImportChoices Apply(ImportChoices choices, IReadOnlyList<SheetSpec> specs)
    {
        var sheets = choices.Sheets.ToList();
        foreach (var (column, where) in columns)
        {
            var fits = sheets.ConvertAll(mapping => With(mapping, column, where, specs));
            if (fits.TrueForAll(mapping => mapping is null)) throw Unknown(column, where, sheets, specs);
            sheets = [.. sheets.Zip(fits, (before, after) => after ?? before)];
        }
        choices = choices with { Sheets = sheets };
        var keys = specs.SelectMany(spec => spec.Columns).Select(column => column.Key).ToHashSet();
        foreach (var (column, meanings) in words)
        {
            if (!keys.Contains(column)) throw new Refusal($"词语对应里没有“{column}”这一列，没有导入任何数据。可用的有：{string.Join("、", keys)}。", "words");
            foreach (var (word, meaning) in meanings) choices = choices.WithWord(column, CellText.OneLine(word), meaning);
        }
        return choices;
    }

    /// <summary>Null when this sheet has no such column to fill or no such heading.</summary>
    static ColumnMapping? With(ColumnMapping mapping, string column, string where, IReadOnlyList<SheetSpec> specs)
    {
        var wanted = Wanted(specs.First(spec => spec.Key == mapping.Spec), column);
        var heading = mapping.Headings.FirstOrDefault(heading => heading.Letters.Equals(where, StringComparison.OrdinalIgnoreCase) || heading.Title == where);
        return wanted is null || heading is null ? null : mapping.With(wanted.Key, heading.Column);
    }

    static ColumnSpec? Wanted(SheetSpec spec, string column) => spec.Columns.FirstOrDefault(known => known.Key == column || known.Title == column);

    static Refusal Unknown(string column, string where, List<ColumnMapping> sheets, IReadOnlyList<SheetSpec> specs)
    {
        var isKnown = specs.Any(spec => Wanted(spec, column) is not null);
        var offered = isKnown ? sheets.SelectMany(sheet => sheet.Headings).Select(heading => $"{heading.Letters} {heading.Title}") : specs.SelectMany(spec => spec.Columns).Select(known => known.Title);
        return new($"列的对应里{(isKnown ? $"“{column}”指的“{where}”表里没有" : $"不认识“{column}”这一列")}，没有导入任何数据。可用的有：{string.Join("、", offered.Distinct())}。", "columns");
    }
}
