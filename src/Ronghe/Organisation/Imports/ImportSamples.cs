using System.Globalization;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Organisation.Imports;

/// <summary>A few values of each column, shown beside the choice of what the column is.</summary>
static class ImportSamples
{
    const int Values = 3, Rows = 20;

    public static Dictionary<(string Sheet, int Column), string> Of(Workbook workbook, ImportChoices choices)
    {
        var samples = new Dictionary<(string, int), string>();
        foreach (var mapping in choices.Sheets)
            if (workbook.Named(mapping.Sheet) is { } sheet)
                foreach (var heading in mapping.Headings)
                    samples[(mapping.Sheet, heading.Column)] = string.Join("、", sheet.Rows
                        .Where(row => row.Number >= mapping.FirstDataRow).Take(Rows)
                        .Select(row => Text(row[heading.Column], workbook.Date1904)).Where(text => text.Length > 0).Distinct().Take(Values));
        return samples;
    }

    static string Text(Cell cell, bool date1904) => cell.Kind switch
    {
        CellKind.Text => Short(cell.ToString() ?? ""),
        CellKind.Date => DateTime.FromOADate(cell.Number + (date1904 ? 1462 : 0)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        CellKind.Number => cell.Number.ToString(CultureInfo.InvariantCulture),
        _ => "",
    };

    static string Short(string text) => text.Length <= 16 ? text.Trim() : text[..16].Trim() + "…";
}
