namespace Ronghe.Platform.Spreadsheets;

/// <summary>
/// Builds the import template of one or more lists: a sheet to fill in with a sample row, drop-downs and text-formatted
/// codes, and a sheet that explains every column. The sample row is marked 示例 and is passed over by the import.
/// </summary>
public static class TemplateWriter
{
    const int HeaderRow = 3;
    const int LastChoiceRow = 20_000;
    const string ChoiceSheet = "选项";
    const string Sample = "示例";

    public static void Write(Stream output, params IReadOnlyList<SheetSpec> lists)
    {
        using var spool = new MemoryStream();
        using (var file = new XlsxFile(spool))
        {
            var longLists = new List<ColumnSpec>();
            foreach (var list in lists) WriteList(file, list, longLists);
            WriteExplanation(file, lists);
            WriteChoices(file, longLists);
        }
        spool.WriteTo(output);
    }

    static void WriteList(XlsxFile file, SheetSpec list, List<ColumnSpec> longLists)
    {
        var frame = new SheetFrame
        {
            Columns = [(8, 0), .. list.Columns.Select(column => (Width(column), (int)StyleOf(column.Kind)))],
            FrozenRows = HeaderRow,
            Landscape = true,
        };
        var part = file.AddSheet(list.Title, frame);
        Banner(part, 1, list.Title + "（导入模板）", CellStyle.Title, list.Columns.Count, 30);
        Banner(part, 2, "红色表头为必填。标有“示例”的行导入时自动跳过，可以留着或删去。各列怎么填见“填写说明”。", CellStyle.Note, list.Columns.Count, 18);
        part.Row(HeaderRow, 24);
        part.Text(0, "序号", (int)CellStyle.Header);
        for (var i = 0; i < list.Columns.Count; i++)
            part.Text(i + 1, list.Columns[i].Title + (list.Columns[i].Required ? "*" : ""), (int)(list.Columns[i].Required ? CellStyle.RequiredHeader : CellStyle.Header));
        part.Row(HeaderRow + 1);
        part.Text(0, Sample, (int)CellStyle.Sample);
        for (var i = 0; i < list.Columns.Count; i++) part.Text(i + 1, list.Columns[i].Example, (int)CellStyle.Sample);
        for (var i = 0; i < list.Columns.Count; i++)
            if (list.Columns[i].Options.Count > 0) part.Choices.Add(Choice(list.Columns[i], i + 1, longLists));
    }

    /// <summary>Short lists stand in the cell rule itself (255 characters at most), longer ones on a hidden sheet.</summary>
    static ChoiceList Choice(ColumnSpec column, int at, List<ColumnSpec> longLists)
    {
        var cells = new CellRange(at, HeaderRow + 1, at, LastChoiceRow);
        var inline = string.Join(',', column.Options);
        if (inline.Length <= 250 && !column.Options.Any(option => option.AsSpan().ContainsAny(',', '"'))) return new ChoiceList(cells, $"\"{inline}\"", column.Title);
        longLists.Add(column);
        var letters = CellAddress.Letters(longLists.Count - 1);
        return new ChoiceList(cells, $"{SheetNames.Quoted(ChoiceSheet)}!${letters}$1:${letters}${column.Options.Count}", column.Title);
    }

    static void WriteExplanation(XlsxFile file, IReadOnlyList<SheetSpec> lists)
    {
        (string Title, double Width)[] columns = [("工作表", 18), ("列名", 18), ("是否必填", 10), ("怎么填", 60), ("示例", 24), ("也认得这些表头", 40)];
        var part = file.AddSheet("填写说明", new SheetFrame { Columns = [.. columns.Select(column => (column.Width, 0))], FrozenRows = 1, Landscape = true });
        part.Row(1, 24);
        for (var i = 0; i < columns.Length; i++) part.Text(i, columns[i].Title, (int)CellStyle.Header);
        var row = 1;
        foreach (var list in lists)
            foreach (var column in list.Columns)
            {
                part.Row(++row);
                string[] texts = [list.Title, column.Title, column.Required ? "必填" : "选填", Explained(column), column.Example, string.Join("、", column.Aliases)];
                for (var i = 0; i < texts.Length; i++) part.Text(i, texts[i], (int)CellStyle.GuardedLong, columns[i].Width);
            }
    }

    static string Explained(ColumnSpec column)
    {
        var options = column.Options.Count > 0 ? $"从下拉列表选择：{string.Join("、", column.Options.Take(30))}{(column.Options.Count > 30 ? " 等" : "")}。" : "";
        var kind = column.Kind switch
        {
            ColumnKind.Date => "日期，写成 2012-06-28；2012.06.28、20120628、2012年6月28日也可以。",
            ColumnKind.Month => "年月，写成 2012-06；2012.06、2012年6月也可以，写到日也可以。",
            ColumnKind.Code => "按文本填写，开头的 0 要保留。",
            ColumnKind.Phone => "11 位手机号，或带区号的固定电话。",
            ColumnKind.Person => "姓名；有重名时写成 张三（000123）。几个人之间用顿号隔开。",
            _ => "",
        };
        return column.Explanation + options + kind;
    }

    static void WriteChoices(XlsxFile file, List<ColumnSpec> lists)
    {
        if (lists.Count == 0) return;
        var part = file.AddSheet(ChoiceSheet, new SheetFrame(), hidden: true);
        for (var row = 0; row < lists.Max(list => list.Options.Count); row++)
        {
            part.Row(row + 1);
            for (var column = 0; column < lists.Count; column++)
                if (row < lists[column].Options.Count) part.Text(column, lists[column].Options[row], (int)CellStyle.Guarded);
        }
    }

    static void Banner(SheetPart part, int row, string text, CellStyle style, int lastColumn, double height)
    {
        part.Row(row, height);
        part.Text(0, text, (int)style);
        part.Merges.Add(new CellRange(0, row, lastColumn, row));
    }

    /// <summary>Only amounts and dates are typed; everything else is text, so that Excel changes nothing that is entered.</summary>
    static CellStyle StyleOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Number => CellStyle.Text,
        ColumnKind.Date => CellStyle.Date,
        ColumnKind.Month => CellStyle.Month,
        _ => CellStyle.Code,
    };

    static double Width(ColumnSpec column) => column.Width > 0 ? column.Width : Math.Max(column.Title.Length * 2 + 4, column.Kind == ColumnKind.Text ? 16 : 14);
}
