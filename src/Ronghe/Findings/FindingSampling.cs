using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Journal;

namespace Ronghe.Findings;

/// <summary>回头看: a lot decides which closed findings are looked at again. The same seed draws the same sample, so that it can be checked.</summary>
public sealed class FindingSampling(AppDb db, Me me, FindingRulebook rulebook, TimeProvider clock)
{
    const int Most = 200;

    /// <summary>Draws from what was closed in a month and was not drawn before; at least one when anything was closed.</summary>
    public async Task<int> DrawAsync(int year, int month, CancellationToken cancel = default)
    {
        if (month is < 1 or > 12 || year is < 2000 or > 2100) throw new Refusal("请选择有效的月份。", "Month");
        var first = new DateOnly(year, month, 1);
        var (from, to) = (first.At(TimeOnly.MinValue), first.AddMonths(1).At(TimeOnly.MinValue));
        if (await db.Rechecks.AnyAsync(r => r.CompanyId == me.CompanyId && r.Month == first, cancel)) throw new Refusal($"{year} 年 {month} 月的回头看已经抽过，没有再抽。", "Month");
        var closed = await db.Findings
            .Where(f => f.CompanyId == me.CompanyId && f.Status == FindingStatus.Closed && f.ClosedAt >= from && f.ClosedAt < to && !db.Rechecks.Any(r => r.FindingId == f.Id))
            .OrderBy(f => f.Id).Select(f => f.Id).ToListAsync(cancel);
        var rules = await rulebook.ForAsync(me.CompanyId, cancel);
        var wanted = (int)Math.Ceiling(closed.Count * rules.RecheckPercent / 100.0);
        var lots = closed.ToArray();
        new Random(year * 100 + month).Shuffle(lots);
        foreach (var id in lots.Take(wanted))
            db.Rechecks.Add(new Recheck { CompanyId = me.CompanyId, FindingId = id, Month = first, DrawnAt = clock.GetUtcNow() });
        Record(first, closed.Count, wanted);
        await db.SaveChangesAsync(cancel);
        return wanted;
    }

    void Record(DateOnly month, int closed, int drawn) => db.Journal.Add(new JournalRow
    {
        At = clock.GetUtcNow(), ActorId = me.PersonId, NodeId = me.CompanyId, SubjectKind = "finding-recheck", SubjectId = me.CompanyId, Event = "finding-recheck.drawn",
        Data = JsonSerializer.Serialize(new { month, closed, drawn }, Recording.Format),
    });

    /// <summary>Drawn and not yet looked at, oldest first; then what was found, newest first.</summary>
    public Task<List<RecheckLine>> PendingAsync(CancellationToken cancel = default) =>
        Lines(db.Rechecks.Where(r => r.CheckedAt == null).OrderBy(r => r.DrawnAt)).Take(Most).ToListAsync(cancel);

    public Task<List<RecheckLine>> ResultsAsync(CancellationToken cancel = default) =>
        Lines(db.Rechecks.Where(r => r.CheckedAt != null).OrderByDescending(r => r.CheckedAt)).Take(Most).ToListAsync(cancel);

    IQueryable<RecheckLine> Lines(IQueryable<Recheck> rechecks)
    {
        var reach = me.ReachOf(FindingPermissions.Close);
        return from recheck in rechecks
               where recheck.CompanyId == me.CompanyId
               join f in db.Findings on recheck.FindingId equals f.Id
               where db.NodeClosure.Any(c => c.DescendantId == f.UnitId && reach.Contains(c.AncestorId))
               select new RecheckLine(f.Id, f.Number, f.Description, f.PlaceText, db.Units.First(u => u.Id == f.UnitId).Name, f.ClosedAt, recheck.DrawnAt,
                   recheck.CheckedAt, recheck.Held, recheck.Note, db.People.Where(p => p.Id == recheck.CheckerId).Select(p => p.Name).FirstOrDefault());
    }
}

/// <summary>A drawn finding and what became of it.</summary>
public sealed record RecheckLine(
    Guid FindingId, string Number, string Description, string PlaceText, string UnitName, DateTimeOffset? ClosedAt, DateTimeOffset DrawnAt,
    DateTimeOffset? CheckedAt, bool? Held, string Note, string? Checker);
