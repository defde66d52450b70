using Ronghe.Platform.Data;

namespace Ronghe.Findings;

/// <summary>Numbers like YH-2026-0381: one unbroken sequence for each company and year.</summary>
public sealed class FindingNumbers(AppDb db)
{
    public async Task<string> NextAsync(Guid companyId, int year, CancellationToken cancel = default) =>
        Format(year, await TakeAsync(companyId, year, 1, cancel));

    /// <summary>Takes several at once; the others wait until the transaction has ended.</summary>
    /// <returns>The first of them.</returns>
    public async Task<int> TakeAsync(Guid companyId, int year, int count, CancellationToken cancel = default)
    {
        var first = await db.PreparedAsync("""
            insert into finding_numbers (company_id, year, last) values ($1, $2, $3)
            on conflict (company_id, year) do update set last = finding_numbers.last + $3
            returning last - $3 + 1
            """, [companyId, year, count], row => row.GetInt32(0), cancel);
        return first[0];
    }

    public static string Format(int year, int number) => $"YH-{year}-{number:0000}";
}
