using System.Text;

namespace Ronghe.Platform.Spreadsheets;

/// <summary>Errors of one sheet by the cell that shows them: inside a merged range that is its top left cell.</summary>
static class WrongCells
{
    public static Dictionary<(int Column, int Row), string> Of(Sheet sheet, IReadOnlyList<SheetError> errors)
    {
        var messages = new SortedDictionary<(int Row, int Column), List<string>>();
        foreach (var error in errors)
        {
            if (error.Sheet != sheet.Name || !CellAddress.TryParse(error.Cell, out var column, out var row)) continue;
            if (!messages.TryGetValue((row, column), out var list)) messages[(row, column)] = list = [];
            if (!list.Contains(error.Message) && list.Count < 20) list.Add(error.Message);
        }
        var shown = ShownAt(sheet, [.. messages.Keys]);
        return messages.GroupBy(cell => shown.GetValueOrDefault(cell.Key, cell.Key))
            .ToDictionary(cell => (cell.Key.Column, cell.Key.Row), cell => Joined([.. cell.SelectMany(error => error.Value).Distinct()]));
    }

    /// <summary>Cells (sorted by row) that lie in a merged range, with the cell that stands for it.</summary>
    static Dictionary<(int Row, int Column), (int Row, int Column)> ShownAt(Sheet sheet, (int Row, int Column)[] cells)
    {
        var shown = new Dictionary<(int, int), (int, int)>();
        foreach (var merge in sheet.Merges)
        {
            var from = Array.BinarySearch(cells, (merge.Top, merge.Left));
            for (var i = from < 0 ? ~from : from; i < cells.Length && cells[i].Row <= merge.Bottom; i++)
                if (merge.Contains(cells[i].Column, cells[i].Row)) shown.TryAdd(cells[i], (merge.Top, merge.Left));
        }
        return shown;
    }

    static string Joined(List<string> messages)
    {
        if (messages.Count == 1) return messages[0];
        var text = new StringBuilder();
        for (var i = 0; i < messages.Count; i++) text.Append(i > 0 ? "\n" : "").Append(i + 1).Append(". ").Append(messages[i]);
        return text.ToString();
    }
}
