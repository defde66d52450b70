using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Units;
using Ronghe.Platform;
using Ronghe.Platform.Journal;

namespace Ronghe.Safety.Inspections;

/// <summary>How recently a department was spot-checked.</summary>
public sealed record SpotCheckCoverage(Guid UnitId, string Unit, DateTimeOffset? LastChecked, int ThisYear);

/// <summary>四不两直: the draw, which only the checker learns before the start, and the coverage that it goes by.</summary>
public sealed class SpotChecks(AppDb db, Me me, TimeProvider clock)
{
    /// <summary>Draws once; a second press keeps the first draw.</summary>
    public async Task DrawAsync(Guid id, int version, CancellationToken cancel = default)
    {
        var inspection = await MineAsync(id, cancel);
        if (await db.SpotCheckDraws.AnyAsync(draw => draw.InspectionId == id, cancel)) return;
        if (inspection.Obstacle(InspectionVerb.Start) is { } obstacle) throw new Refusal(obstacle);
        if (inspection.Version != version) throw new StaleWrite("这次抽查刚刚有了变化，没有抽取。请看过最新情况再抽。");
        var departments = await DepartmentsAsync(cancel);
        if (departments.Count == 0) throw new Refusal("除了您自己的部门，没有别的部门可抽，没有抽取。");
        db.SpotCheckDraws.Add(SpotCheckDraw.Of(id, departments, RandomNumberGenerator.GetBytes(32), clock.GetUtcNow()));
        db.Record(inspection, InspectionActions.Kind, "inspection.drawn", me.PersonId, clock.GetUtcNow(), inspection.CompanyId);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>What was drawn, for the checker alone; null for everybody else, and before the draw.</summary>
    public async Task<string?> TargetAsync(Guid id, CancellationToken cancel = default) => await (
        from inspection in db.Inspections
        where inspection.Id == id && inspection.LeadId == me.PersonId
        join draw in db.SpotCheckDraws on inspection.Id equals draw.InspectionId
        join unit in db.Units on draw.UnitId equals unit.Id
        select unit.Name).SingleOrDefaultAsync(cancel);

    /// <summary>By checks that have started; what others have drawn and not begun does not show.</summary>
    public async Task<IReadOnlyList<SpotCheckCoverage>> CoverageAsync(CancellationToken cancel = default)
    {
        var begun = new DateTimeOffset(clock.GetUtcNow().Year, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var rows = await Departments().Select(unit => new SpotCheckCoverage(unit.Id, unit.Name,
            db.Inspections.Where(i => i.Kind == InspectionKind.SpotCheck && i.UnitId == unit.Id).Max(i => i.StartedAt),
            db.Inspections.Count(i => i.Kind == InspectionKind.SpotCheck && i.UnitId == unit.Id && i.StartedAt >= begun))).ToListAsync(cancel);
        return [.. rows.OrderBy(row => row.LastChecked ?? DateTimeOffset.MinValue).ThenBy(row => row.Unit, StringComparer.Ordinal)];
    }

    /// <summary>Nobody checks the own department, and nobody is told which ones were to choose from.</summary>
    async Task<List<(Guid, DateTimeOffset?)>> DepartmentsAsync(CancellationToken cancel) =>
        (await Departments().Where(unit => !db.NodeClosure.Any(c => c.AncestorId == unit.Id && c.DescendantId == me.UnitId)).Select(unit => new
        {
            unit.Id, LastChecked = db.Inspections.Where(i => i.Kind == InspectionKind.SpotCheck && i.UnitId == unit.Id).Max(i => i.StartedAt),
        }).ToListAsync(cancel)).ConvertAll(unit => (unit.Id, unit.LastChecked));

    /// <summary>Of the checker's plant.</summary>
    IQueryable<Unit> Departments() => db.Units.Where(unit => unit.Kind == UnitKind.Department && unit.ClosedOn == null && unit.CompanyId == me.CompanyId
        && db.NodeClosure.Any(mine => mine.DescendantId == me.UnitId && db.Units.Any(plant => plant.Id == mine.AncestorId && plant.Kind == UnitKind.Plant)
            && db.NodeClosure.Any(c => c.AncestorId == mine.AncestorId && c.DescendantId == unit.Id)));

    async Task<Inspection> MineAsync(Guid id, CancellationToken cancel)
    {
        var inspection = await db.Inspections.SingleOrDefaultAsync(i => i.Id == id && i.CompanyId == me.CompanyId && i.Kind == InspectionKind.SpotCheck
            && (i.LeadId == me.PersonId || i.PlannedById == me.PersonId), cancel) ?? throw new NotFound("这次抽查");
        if (inspection.LeadId != me.PersonId) throw new Forbidden("只有带队的书记能抽取检查对象。");
        return inspection;
    }
}
