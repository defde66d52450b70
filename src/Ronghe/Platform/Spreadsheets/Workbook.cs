namespace Ronghe.Platform.Spreadsheets;

/// <summary>A spreadsheet file in memory: values and what is needed to understand them, no looks.</summary>
public sealed class Workbook(string fileName, IReadOnlyList<Sheet> sheets, bool date1904 = false)
{
    public string FileName { get; } = fileName;
    public IReadOnlyList<Sheet> Sheets { get; } = sheets;

    /// <summary>Bare day numbers in this file count from 1904; date cells are already converted.</summary>
    public bool Date1904 { get; } = date1904;

    public Sheet? Named(string name)
    {
        foreach (var sheet in Sheets)
            if (sheet.Name == name) return sheet;
        return null;
    }
}

/// <summary>One sheet: its rows that hold anything, in order.</summary>
public sealed class Sheet(string name, IReadOnlyList<SheetRow> rows)
{
    public string Name { get; } = name;
    public IReadOnlyList<SheetRow> Rows { get; } = rows;
    public IReadOnlyList<CellRange> Merges { get; init; } = [];
    public IReadOnlyList<SheetColumnWidth> Widths { get; init; } = [];
    public bool Hidden { get; init; }

    /// <summary>Row by its number as shown; null when it is empty.</summary>
    public SheetRow? Row(int number) =>
        IndexOf(number) is var at && at < Rows.Count && Rows[at].Number == number ? Rows[at] : null;

    public Cell this[int column, int row] => Row(row) is { } found ? found[column] : default;

    /// <summary>Cell by address, blank when there is none: <c>sheet["B83"]</c>.</summary>
    public Cell this[string address] => CellAddress.TryParse(address, out var column, out var row) ? this[column, row] : default;

    /// <summary>
    /// Writes the top left value of every merged range that starts between the two rows into its blank cells: down always,
    /// to the right when asked. Rows that do not exist are not made.
    /// </summary>
    public void FillMerges(int fromRow, int toRow, bool right = false)
    {
        // Merges of an honest file do not overlap, so the work is at most the sheet; a hostile file is stopped here.
        var work = 4L * Rows.Count * 256 + 1_000_000;
        foreach (var merge in Merges)
        {
            if (merge.Top < fromRow || merge.Top > toRow || (merge.Top == merge.Bottom && !right)) continue;
            var value = this[merge.Left, merge.Top];
            if (value.IsBlank) continue;
            var last = right ? Math.Min(merge.Right, merge.Left + 255) : merge.Left;
            for (var i = IndexOf(merge.Top); i < Rows.Count && Rows[i].Number <= Math.Min(merge.Bottom, toRow); i++)
            {
                if ((work -= last - merge.Left + 1) < 0) return;
                Rows[i].Fill(merge.Left, last, value);
            }
        }
    }

    /// <summary>Index in <see cref="Rows"/> of the first row with this number or a later one.</summary>
    public int IndexOf(int number)
    {
        int low = 0, high = Rows.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Rows[middle].Number < number) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}

/// <summary>Cells of one row from column A to the last that holds anything.</summary>
public sealed class SheetRow(int number, Cell[] cells)
{
    Cell[] cells = cells;

    public int Number { get; } = number;
    public int Width => cells.Length;
    public Cell this[int column] => (uint)column < (uint)cells.Length ? cells[column] : default;

    internal void Fill(int left, int right, Cell value)
    {
        if (right >= cells.Length) Array.Resize(ref cells, right + 1);
        for (var column = left; column <= right; column++)
            if (cells[column].IsBlank) cells[column] = value;
    }
}

/// <summary>Width in characters of columns First to Last (from 0).</summary>
public readonly record struct SheetColumnWidth(int First, int Last, double Width, bool Hidden);
