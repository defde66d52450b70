using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Journal;

namespace Ronghe.Findings;

/// <summary>An overdue finding goes up: to the crew, the department, the plant; by hand, or by working days overdue.</summary>
public sealed class FindingEscalation(AppDb db, Me me, FindingActions actions, FindingRulebook rulebook, TimeProvider clock)
{
    const int Batch = 200;

    /// <summary>Posts that answer for each level, lowest first. A level without anybody in post passes to the next.</summary>
    static readonly string[][] Levels = [[Posts.CrewLead], [Posts.DepartmentHead], [Posts.PlantHead]];

    public static string LevelTitle(int level) => level switch { 1 => "班组", 2 => "部门", 3 => "厂级", _ => "" };

    public async Task EscalateAsync(Guid id, int version, string reason, CancellationToken cancel = default)
    {
        var (finding, path) = await actions.LoadAsync(id, version, FindingVerb.Escalate, cancel);
        var (level, to) = await NextAsync(path, finding.EscalationLevel, cancel);
        finding.Escalate(level, to, reason, me.PersonId, clock.GetUtcNow());
        Record(finding);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Every overdue finding whose days have reached the next level goes up by one; returns how many did.</summary>
    public async Task<int> EscalateOverdueAsync(CancellationToken cancel = default)
    {
        var today = clock.Today();
        var count = 0;
        foreach (var companyId in await db.Findings.Where(f => f.Status == FindingStatus.Assigned && f.DueOn < today).Select(f => f.CompanyId).Distinct().ToListAsync(cancel))
        {
            var rules = await rulebook.ForAsync(companyId, cancel);
            for (var level = 0; level < Finding.TopEscalationLevel; level++)
                count += await EscalateFromAsync(companyId, level, rules.EscalateAfter[level], cancel);
        }
        return count;
    }

    async Task<int> EscalateFromAsync(Guid companyId, int level, int workdays, CancellationToken cancel)
    {
        var lastDue = WorkCalendar.China.AddWorkdays(clock.Today(), -workdays);
        var count = 0;
        while (true)
        {
            var batch = await db.Findings
                .Where(f => f.CompanyId == companyId && f.Status == FindingStatus.Assigned && f.EscalationLevel == level && f.DueOn <= lastDue)
                .OrderBy(f => f.DueOn).ThenBy(f => f.Id).Take(Batch)
                .Select(f => new { Finding = f, Path = db.NodeClosure.Where(c => c.DescendantId == f.UnitId).Select(c => c.AncestorId).ToArray() })
                .ToListAsync(cancel);
            foreach (var row in batch)
            {
                var (next, to) = await NextAsync(row.Path, level, cancel);
                row.Finding.Escalate(next, to, $"超期 {workdays} 个工作日，自动升级到{LevelTitle(next)}。", me.PersonId, clock.GetUtcNow());
                Record(row.Finding);
            }
            await db.SaveChangesAsync(cancel);
            db.ChangeTracker.Clear();
            count += batch.Count;
            if (batch.Count < Batch) return count;
        }
    }

    async Task<(int Level, Guid? To)> NextAsync(Guid[] path, int from, CancellationToken cancel)
    {
        var today = clock.Today();
        var held = await db.Appointments
            .Where(a => path.Contains(a.NodeId) && a.From <= today && (a.To == null || a.To >= today))
            .Select(a => new { a.Post, a.PersonId, a.From }).ToListAsync(cancel);
        for (var level = from; level < Levels.Length; level++)
            if (held.Where(h => Levels[level].Contains(h.Post)).OrderBy(h => h.From).FirstOrDefault() is { } holder)
                return (level + 1, holder.PersonId);
        return (Finding.TopEscalationLevel, null);
    }

    void Record(Finding finding) => db.Record(finding, FindingActions.Kind, "finding.escalated", me.PersonId, clock.GetUtcNow(), finding.UnitId,
        new { finding.EscalationLevel, finding.EscalatedToId });
}
