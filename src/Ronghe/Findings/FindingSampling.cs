using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;
using Ronghe.Platform;

namespace Ronghe.Findings;

/// <summary>回头看: a lot decides which closed findings are looked at again. The same seed draws the same sample, so that it can be checked.</summary>
public sealed class FindingSampling(AppDb db, Me me, FindingRulebook rulebook, TimeProvider clock)
{
    /// <summary>Draws from what was closed in a month and was not drawn before; at least one when anything was closed.</summary>
    public async Task<int> DrawAsync(int year, int month, CancellationToken cancel = default)
    {
        if (month is < 1 or > 12 || year is < 2000 or > 2100) throw new Refusal("请选择有效的月份。", "Month");
        var first = new DateOnly(year, month, 1);
        var (from, to) = (first.At(TimeOnly.MinValue), first.AddMonths(1).At(TimeOnly.MinValue));
        var closed = await db.Findings
            .Where(f => f.CompanyId == me.CompanyId && f.Status == FindingStatus.Closed && f.ClosedAt >= from && f.ClosedAt < to && !db.Rechecks.Any(r => r.FindingId == f.Id))
            .OrderBy(f => f.Id).Select(f => f.Id).ToListAsync(cancel);
        var rules = await rulebook.ForAsync(me.CompanyId, cancel);
        var wanted = (int)Math.Ceiling(closed.Count * rules.RecheckPercent / 100.0);
        foreach (var id in new Random(year * 100 + month).GetItems(closed.ToArray(), closed.Count == 0 ? 0 : wanted).Distinct())
            db.Rechecks.Add(new Recheck { CompanyId = me.CompanyId, FindingId = id, DrawnAt = clock.GetUtcNow() });
        return await db.SaveChangesAsync(cancel);
    }
}
