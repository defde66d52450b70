using System.Text.RegularExpressions;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Organisation.Imports;

/// <summary>Reads the lines above the header: 截止日期：2025年10月31日.</summary>
static partial class SheetTitles
{
    public static DateOnly? AsOf(SheetReading reading)
    {
        foreach (var row in reading.Sheet.Rows.TakeWhile(row => row.Number < reading.Mapping.FirstHeaderRow))
            for (var column = 0; column < row.Width; column++)
                if (row[column] is { Kind: CellKind.Text } cell && Dated().Match(CellText.HalfWidth(cell.ToString())) is { Success: true } match
                    && CellDate.Read(match.Groups["date"].Value).Date is { Precision: DatePrecision.Day } date)
                    return date.Value;
        return null;
    }

    [GeneratedRegex("(?:截止|截至|统计|填报|制表)(?:日期|时间)?\\s*:?\\s*(?<date>\\d{4}\\s*[年./-]\\s*\\d{1,2}\\s*[月./-]\\s*\\d{1,2}\\s*日?)")]
    private static partial Regex Dated();
}

/// <summary>Says which rows were taken for totals or footers, so that nobody has to wonder.</summary>
public static class SkippedRows
{
    public static IEnumerable<string> Notes(IEnumerable<SheetReading> readings) =>
        from reading in readings
        from same in reading.Skipped.GroupBy(row => row.Reason)
        select $"“{reading.Sheet.Name}”第 {string.Join("、", same.Take(10).Select(row => row.Row))}{(same.Count() > 10 ? " 等" : "")} 行是{same.Key}，没有当作数据。";
}
