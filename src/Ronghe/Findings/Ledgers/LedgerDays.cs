using System.Text.RegularExpressions;
using Ronghe.Platform.Spreadsheets;
using F = Ronghe.Findings.Ledgers.LedgerFaults;
using K = Ronghe.Findings.Ledgers.LedgerSpec;

namespace Ronghe.Findings.Ledgers;

/// <summary>Reads the four dates of a row and checks their order; moves them all when the ledger is shown as another year's.</summary>
sealed class LedgerDays(DateOnly today, int shift)
{
    /// <summary>A date that stands in the cell but cannot be read is there all the same: it has its own error already.</summary>
    public sealed record OfRow(DateOnly? Found, DateOnly? Due, DateOnly? Done, DateOnly? Verified, bool HasDue, bool HasDone);

    public OfRow Read(RowReader row)
    {
        if (row.Cell(K.Found).IsBlank) row.Error(K.Found, F.MissingDate, "排查日期没有填写。请补上后重新导入。");
        var found = Past(row, K.Found, "排查日期");
        var due = Moved(row.Date(K.Due));
        var done = Past(row, K.Done, "完成日期");
        var verified = Past(row, K.Verified, "复查日期");
        if (due < found) row.Error(K.Due, F.DueBeforeFound, $"整改期限 {due:yyyy-MM-dd} 早于排查日期 {found:yyyy-MM-dd}。请核对两个日期。");
        if (done < found) row.Error(K.Done, F.CompletedBeforeFound, $"完成日期 {done:yyyy-MM-dd} 早于排查日期 {found:yyyy-MM-dd}。请核对两个日期。");
        if (verified < (done ?? found)) row.Error(K.Verified, F.VerifiedBeforeCompleted, $"复查日期 {verified:yyyy-MM-dd} 早于完成日期 {done ?? found:yyyy-MM-dd}。请核对两个日期。");
        return new(found, due, done, verified, IsFilled(row, K.Due), IsFilled(row, K.Done));
    }

    DateOnly? Past(RowReader row, string key, string title)
    {
        if (Moved(row.Date(key)) is not { } date) return null;
        if (date <= today) return date;
        row.Error(key, F.ImpossibleDate, $"{title} {date:yyyy-MM-dd} 还没有到。请核对年份。");
        return null;
    }

    DateOnly? Moved(PreciseDate? date) => date?.Value.AddDays(shift);

    static bool IsFilled(RowReader row, string key) => row.Cell(key) is { IsBlank: false } cell && !CellText.IsNothing(CellText.Trim(cell.ToString()));
}

/// <summary>A ledger's number: YH-2025-001 is the first of 2025.</summary>
static partial class LedgerNumber
{
    /// <summary>The same number in another year.</summary>
    public static string InYear(string number, int? year) =>
        year is { } known && Form().Match(number) is { Success: true } match
            ? string.Concat(number.AsSpan(0, match.Groups["year"].Index), known.ToString("0000", null), number.AsSpan(match.Groups["year"].Index + 4)) : number;

    /// <summary>Year and place in the year; null for numbers of another form.</summary>
    public static (int Year, int Place)? Read(string number) =>
        Form().Match(number) is { Success: true } match && int.TryParse(match.Groups["place"].Value, out var place)
            ? (int.Parse(match.Groups["year"].Value, null), place) : null;

    [GeneratedRegex(@"^[A-Za-z]+-?(?<year>20\d{2})-(?<place>\d{1,6})$")]
    private static partial Regex Form();
}
