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

    public ImportChoices Apply(ImportChoices choices, IReadOnlyList<SheetSpec> specs)
    {
        var sheets = choices.Sheets.Select(sheet => columns.Aggregate(sheet, (mapping, column) => With(mapping, column.Key, column.Value, specs))).ToList();
        choices = choices with { Sheets = sheets };
        foreach (var (column, meanings) in words)
            foreach (var (word, meaning) in meanings) choices = choices.WithWord(column, CellText.OneLine(word), meaning);
        return choices;
    }

    static ColumnMapping With(ColumnMapping mapping, string column, string where, IReadOnlyList<SheetSpec> specs)
    {
        var spec = specs.First(spec => spec.Key == mapping.Spec);
        if (spec.Columns.FirstOrDefault(known => known.Key == column || known.Title == column) is not { } wanted) return mapping;
        var heading = mapping.Headings.FirstOrDefault(heading => heading.Letters.Equals(where, StringComparison.OrdinalIgnoreCase) || heading.Title == where);
        return heading is null ? mapping : mapping.With(wanted.Key, heading.Column);
    }
}
