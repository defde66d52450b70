using Microsoft.EntityFrameworkCore;

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
        var first = await db.Database.SqlQuery<int>($"""
            insert into finding_numbers (company_id, year, last) values ({companyId}, {year}, {count})
            on conflict (company_id, year) do update set last = finding_numbers.last + {count}
            returning last - {count} + 1 as "Value"
            """).ToListAsync(cancel);
        return first[0];
    }

    public static string Format(int year, int number) => $"YH-{year}-{number:0000}";
}
