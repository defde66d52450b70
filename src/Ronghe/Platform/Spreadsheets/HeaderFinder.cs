namespace Ronghe.Platform.Spreadsheets;

/// <summary>
/// Finds the header of a list in a workbook: below title rows, on one to three levels, in any order and under other names,
/// and chooses among several sheets.
/// </summary>
public static class HeaderFinder
{
    const int RowsLookedAt = 30;
    const int Levels = 3;

    /// <summary>Below this a heading is taken for something else.</summary>
    const double Accept = 0.45;

    /// <summary>What the very title or alias reaches, and no resemblance.</summary>
    const double Sure = 0.97;

    /// <summary>Sheets that fit, the best first; empty when none does. Several may belong to one list.</summary>
    public static IReadOnlyList<ColumnMapping> Find(Workbook workbook, SheetSpec spec)
    {
        var names = spec.Columns.Select(column => new ColumnNames(column)).ToArray();
        var found = new List<ColumnMapping>();
        foreach (var sheet in workbook.Sheets)
            if (sheet.Name != ErrorListSheet.Name && FindIn(sheet, spec, names) is { } mapping) found.Add(mapping);
        return [.. found.OrderByDescending(mapping => mapping.Confidence)];
    }

    /// <summary>The one sheet to import, or a refusal that lists what was looked for.</summary>
    public static ColumnMapping FindOne(Workbook workbook, SheetSpec spec)
    {
        if (Find(workbook, spec) is [var best, ..]) return best;
        var wanted = string.Join("、", spec.Columns.Where(column => column.Required).Select(column => column.Title));
        throw new Refusal($"没有找到{spec.Title}的表头（至少要有：{wanted}）。没有导入任何数据。请检查是否选对了文件，或下载模板按模板填写。", SheetRefusals.Field);
    }

    /// <summary>A header that a person pointed at by its first row: of one level, or of two where the row below explains more columns.</summary>
    public static ColumnMapping At(Sheet sheet, SheetSpec spec, int firstRow)
    {
        var (one, two) = (At(sheet, spec, firstRow, firstRow), At(sheet, spec, firstRow, firstRow + 1));
        return IsBetter(two, one) ? two : one;
    }

    /// <summary>Where a header of words that nobody knows most likely stands: the first of the fullest rows, below titles and notes.</summary>
    public static int LikelyRow(Sheet sheet) =>
        sheet.Rows.Take(RowsLookedAt).OrderByDescending(row => Enumerable.Range(0, Math.Min(row.Width, 256)).Count(column => row[column].Kind == CellKind.Text)).First().Number;

    /// <summary>A header of known height.</summary>
    public static ColumnMapping At(Sheet sheet, SheetSpec spec, int firstRow, int lastRow) =>
        Map(sheet, spec, [.. spec.Columns.Select(column => new ColumnNames(column))], firstRow, lastRow);

    /// <summary>A saved mapping moved to where its headings stand in this workbook; null when no sheet has the same headings.</summary>
    public static ColumnMapping? Reuse(Workbook workbook, ColumnMapping saved)
    {
        var levels = saved.LastHeaderRow - saved.FirstHeaderRow;
        foreach (var sheet in workbook.Sheets.OrderBy(sheet => sheet.Name != saved.Sheet))
            foreach (var row in sheet.Rows.Take(RowsLookedAt))
            {
                var headings = Headings.Of(sheet, row.Number, row.Number + levels);
                if (Headings.Fingerprint(headings) != saved.Fingerprint) continue;
                return saved with { Sheet = sheet.Name, FirstHeaderRow = row.Number, LastHeaderRow = row.Number + levels, Headings = headings };
            }
        return null;
    }

    static ColumnMapping? FindIn(Sheet sheet, SheetSpec spec, ColumnNames[] names)
    {
        ColumnMapping? best = null;
        foreach (var row in sheet.Rows.Take(RowsLookedAt))
        {
            // Whatever comes below a header is data.
            if (best is not null && row.Number > best.LastHeaderRow && IsHeader(best, spec) && !best.Missing(spec).Any()) break;
            for (var levels = 1; levels <= Levels; levels++)
            {
                var mapping = Map(sheet, spec, names, row.Number, row.Number + levels - 1);
                if (best is null || IsBetter(mapping, best)) best = mapping;
            }
        }
        return best is not null && IsHeader(best, spec) ? best : null;
    }

    /// <summary>The one that explains more headings; of two alike the one with fewer rows, as titles above and data below are no header.</summary>
    static bool IsBetter(ColumnMapping a, ColumnMapping b)
    {
        const double alike = 0.2;
        var more = a.Scores.Values.Sum() - b.Scores.Values.Sum();
        var fewerRows = a.LastHeaderRow - a.FirstHeaderRow < b.LastHeaderRow - b.FirstHeaderRow;
        return more > alike || (fewerRows && more > -alike);
    }

    /// <summary>Most of the required columns, and at least two columns in all unless the list has only one.</summary>
    static bool IsHeader(ColumnMapping mapping, SheetSpec spec)
    {
        var required = spec.Columns.Count(column => column.Required);
        var found = required - mapping.Missing(spec).Count();
        return mapping.Columns.Count >= Math.Min(2, spec.Columns.Count) && found * 2 >= required && mapping.Confidence >= 0.25;
    }

    static ColumnMapping Map(Sheet sheet, SheetSpec spec, ColumnNames[] names, int first, int last)
    {
        var headings = Headings.Of(sheet, first, last);
        var (columns, scores) = Assign(headings, names);
        return new ColumnMapping
        {
            Spec = spec.Key,
            Sheet = sheet.Name,
            FirstHeaderRow = first,
            LastHeaderRow = last,
            Headings = headings,
            Columns = columns,
            Scores = scores,
            Confidence = Confidence(sheet, spec, headings.Count, scores),
            Fingerprint = Headings.Fingerprint(headings),
        };
    }

    /// <summary>The surest pair first; every heading and every key once.</summary>
    static (Dictionary<string, int>, Dictionary<string, double>) Assign(List<Heading> headings, ColumnNames[] names)
    {
        var pairs = new List<(double Fit, string Key, int Column)>();
        foreach (var heading in headings)
        {
            var (title, group) = (Headings.Normal(heading.Title), Headings.Normal(heading.Group));
            foreach (var name in names)
                if (Headings.Fit(name, title, group) is var fit && fit >= (name.Spec.Exact ? Sure : Accept)) pairs.Add((fit, name.Spec.Key, heading.Column));
        }
        var columns = new Dictionary<string, int>();
        var scores = new Dictionary<string, double>();
        var taken = new HashSet<int>();
        foreach (var (fit, key, column) in pairs.OrderByDescending(pair => pair.Fit).ThenBy(pair => pair.Column))
        {
            if (columns.ContainsKey(key) || !taken.Add(column)) continue;
            (columns[key], scores[key]) = (column, fit);
        }
        return (columns, scores);
    }

    /// <summary>Required columns count most; columns that nobody asked for count a little against a sheet.</summary>
    static double Confidence(Sheet sheet, SheetSpec spec, int headings, Dictionary<string, double> scores)
    {
        var required = Share(spec, scores, required: true);
        var optional = Share(spec, scores, required: false);
        var fit = double.IsNaN(required) ? optional : double.IsNaN(optional) ? required : 0.7 * required + 0.3 * optional;
        var strange = headings == 0 ? 1 : (double)(headings - scores.Count) / headings;
        var hinted = spec.NameHints.Any(hint => sheet.Name.Contains(hint, StringComparison.Ordinal));
        return Math.Clamp(0.85 * fit - 0.1 * strange - (sheet.Hidden ? 0.1 : 0) + (hinted ? 0.15 : 0), 0, 1);
    }

    /// <summary>Mean score of the columns of one sort; not a number when there are none.</summary>
    static double Share(SheetSpec spec, Dictionary<string, double> scores, bool required)
    {
        double got = 0, wanted = 0;
        foreach (var column in spec.Columns)
        {
            if (column.Required != required) continue;
            wanted++;
            got += scores.GetValueOrDefault(column.Key);
        }
        return got / wanted;
    }
}
