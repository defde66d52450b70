using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Units;
using Ronghe.Platform;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;

namespace Ronghe.Safety.Risks;

/// <summary>The typical risks that come with the product, as the start of a register. Loaded on somebody's wish and not rated: their points are examples.</summary>
public sealed class RiskRegister(AppDb db, Me me, RiskPack pack, TimeProvider clock)
{
    /// <summary>Whether loading would add anything for this company, and I may.</summary>
    public async Task<bool> MayLoadAsync(CancellationToken cancel = default) =>
        me.May(RiskPermissions.Configure) && !await db.Risks.AnyAsync(risk => risk.CompanyId == me.CompanyId && risk.ContentId != null, cancel);

    /// <returns>How many were added; what was loaded before stays as people left it.</returns>
    public async Task<int> LoadAsync(CancellationToken cancel = default)
    {
        if (!me.May(RiskPermissions.Configure)) throw new Forbidden("您没有载入默认风险清单的权限。需要的话，请联系安全监察部门。");
        var (company, at) = (me.CompanyId, clock.GetUtcNow());
        var known = await db.Risks.Where(risk => risk.CompanyId == company && risk.ContentId != null).Select(risk => risk.ContentId!).ToListAsync(cancel);
        var places = await db.Places.Where(place => place.CompanyId == company && place.ContentId != null && place.IsActive).ToDictionaryAsync(place => place.ContentId!, place => new { place.Id, place.FullName }, cancel);
        var units = await db.Units.Where(unit => unit.CompanyId == company && unit.ClosedOn == null && (unit.Kind == UnitKind.Department || unit.Kind == UnitKind.Plant)).OrderBy(unit => unit.Code)
            .Select(unit => new { unit.Id, unit.Name, unit.Kind }).ToListAsync(cancel);
        var plant = units.FirstOrDefault(unit => unit.Kind == UnitKind.Plant)?.Id ?? company;
        var missing = pack.Samples.Where(sample => !known.Contains(sample.Id)).ToList();
        foreach (var sample in missing)
        {
            var place = places.GetValueOrDefault(sample.PlaceId);
            var facts = new RiskFacts(sample.Name, sample.Scenario, units.FirstOrDefault(unit => unit.Kind == UnitKind.Department && unit.Name == sample.Department)?.Id ?? plant, place?.Id, place?.FullName ?? "", sample.AccidentType, null);
            var risk = Risk.Identify(Guid.CreateVersion7(), company, sample.Kind, facts, by: null, at, sample.Id);
            db.Risks.Add(risk);
            db.Record(risk, RiskActions.Kind, RiskActions.Kind + ".loaded", me.PersonId, at, risk.UnitId, new { sample.Id });
        }
        return await db.SaveNewAsync(cancel) ? missing.Count : 0;
    }
}
