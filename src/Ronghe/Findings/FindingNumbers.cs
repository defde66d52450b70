using Microsoft.EntityFrameworkCore;

namespace Ronghe.Findings;

/// <summary>Numbers like YH-2026-0381: one unbroken sequence for each company and year.</summary>
public sealed class FindingNumbers(AppDb db)
{
    public async Task<string> NextAsync(Guid companyId, int year, CancellationToken cancel = default)
    {
        var next = await db.Database.SqlQuery<int>($"""
            insert into finding_numbers (company_id, year, last) values ({companyId}, {year}, 1)
            on conflict (company_id, year) do update set last = finding_numbers.last + 1
            returning last as "Value"
            """).ToListAsync(cancel);
        return Format(year, next[0]);
    }

    public static string Format(int year, int number) => $"YH-{year}-{number:0000}";
}
