namespace Ronghe.Platform.Spreadsheets;

/// <summary>
/// Goes through the data rows of a mapped sheet: past blank rows, totals, repeated headers, the template's sample row and
/// footers, with values of merged cells filled down. Collects errors and the rows left out.
/// </summary>
public sealed class SheetReading
{
    readonly List<SkippedRow> skipped = [];
    readonly RowKinds kinds;

    public SheetReading(Workbook workbook, ColumnMapping mapping, SheetSpec spec, SheetErrors? errors = null)
    {
        Sheet = workbook.Named(mapping.Sheet)
            ?? throw new Refusal($"文件里没有名为“{mapping.Sheet}”的工作表。没有导入任何数据。请重新选择工作表。", SheetRefusals.Field);
        mapping.Require(spec);
        Mapping = mapping;
        Date1904 = workbook.Date1904;
        Errors = errors ?? new SheetErrors();
        kinds = new RowKinds(Sheet, mapping);
        Sheet.FillMerges(mapping.FirstDataRow, CellAddress.LastRow);
    }

    public Sheet Sheet { get; }
    public ColumnMapping Mapping { get; }
    public SheetErrors Errors { get; }
    public IReadOnlyList<SkippedRow> Skipped => skipped;
    internal bool Date1904 { get; }

    /// <summary>Data rows seen so far; after the last row, all of them.</summary>
    public int Count { get; private set; }

    /// <summary>Something wrong that shows only when all rows are known, such as a number given twice.</summary>
    public void Error(int row, string key, string kind, string message) =>
        Errors.Add(Sheet.Name, CellAddress.Of(Math.Max(0, Mapping.Of(key)), row), kind, message);

    /// <summary>The reader is one object that moves from row to row: take values out of it, do not keep it.</summary>
    public IEnumerable<RowReader> Rows()
    {
        skipped.Clear();
        Count = 0;
        var reader = new RowReader(this);
        for (var i = Sheet.IndexOf(Mapping.FirstDataRow); i < Sheet.Rows.Count; i++)
        {
            var row = Sheet.Rows[i];
            var reason = kinds.ReasonToSkip(row);
            if (reason is null)
            {
                Count++;
                reader.MoveTo(row);
                yield return reader;
            }
            else if (reason.Length > 0) skipped.Add(new SkippedRow(row.Number, reason));
        }
    }
}

/// <summary>Tells data from what stands around and between it.</summary>
sealed class RowKinds(Sheet sheet, ColumnMapping mapping)
{
    static readonly string[] Totals = ["合计", "总计", "小计", "共计", "累计", "总数", "本页合计", "本页小计"];
    static readonly string[] Footers =
        ["制表", "填表", "填报", "审核", "审批", "批准", "复核", "编制", "备注", "说明", "注", "填写说明", "单位负责人", "部门负责人", "负责人", "日期", "制表日期", "填表日期", "截止日期", "联系电话"];
    static readonly string[] Samples = ["示例", "样例", "例"];

    /// <summary>Null for data, empty for a blank row (not worth a line in a report), else why the row is left out.</summary>
    public string? ReasonToSkip(SheetRow row)
    {
        var (count, first) = Contents(row);
        if (count == 0) return "";
        if (first < 0) return null;
        var text = row[first].ToString();
        if (text.Length > 400) return null;
        var start = CellText.OneLine(text).AsSpan();
        if (IsTotals(start)) return "合计行";
        if (start.Length <= 4 && Is(start, Samples)) return "示例行";
        if (count <= 4 && IsFooter(row, start, count, first)) return "表尾说明";
        return IsRepeatedHeader(row, start) ? "重复的表头" : null;
    }

    /// <summary>Cells that hold something, and the first one with text.</summary>
    static (int Count, int First) Contents(SheetRow row)
    {
        var count = 0;
        var first = -1;
        for (var column = 0; column < row.Width; column++)
        {
            var cell = row[column];
            if (cell.IsBlank || (cell.Kind == CellKind.Text && IsOnlySpace(cell.ToString()))) continue;
            count++;
            if (first < 0 && cell.Kind == CellKind.Text) first = column;
            if (first >= 0 && count > 4) break;
        }
        return (count, first);
    }

    static bool IsOnlySpace(string text)
    {
        foreach (var c in text)
            if (!CellText.IsSpace(c)) return false;
        return true;
    }

    /// <summary>"合 计" alone or with a colon; a text that merely begins so is data.</summary>
    static bool IsTotals(ReadOnlySpan<char> text)
    {
        if (text[0] is not ('合' or '总' or '小' or '共' or '累' or '本')) return false;
        return Is(text.TrimEnd("：: "), Totals);
    }

    bool IsFooter(SheetRow row, ReadOnlySpan<char> start, int count, int first)
    {
        var colon = start.IndexOfAny('：', ':');
        if (colon > 0 && Is(start[..colon], Footers)) return true;
        if (count > 1) return false;
        // A line of its own across three or more columns is a note or a section title, not a record.
        foreach (var merge in sheet.Merges)
            if (merge.Top == row.Number && merge.Left == first && merge.Right - merge.Left >= 2) return true;
        return false;
    }

    /// <summary>Sheets made for printing repeat the header on each page.</summary>
    bool IsRepeatedHeader(SheetRow row, ReadOnlySpan<char> start)
    {
        if (start.Length > 20) return false;
        int same = 0, other = 0;
        foreach (var heading in mapping.Headings)
        {
            var cell = row[heading.Column];
            if (cell.IsBlank) continue;
            if (cell.Kind == CellKind.Text && CellText.OneLine(cell.ToString()) is var text && (text == heading.Title || heading.Group.StartsWith(text, StringComparison.Ordinal))) same++;
            else if (++other > 1) return false;
        }
        return same >= 2;
    }

    static bool Is(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
            if (text.SequenceEqual(word)) return true;
        return false;
    }
}
