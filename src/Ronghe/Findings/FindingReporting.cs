using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Units;
using Ronghe.Platform;

namespace Ronghe.Findings;

public sealed record NamedPlace(Guid Id, string FullName);

/// <summary>Completes the three fields of a reporter with what the product already knows: the place's words and unit, the reporter, the time.</summary>
public sealed class FindingReporting(AppDb db, Me me, TimeProvider clock)
{
    public async Task<FindingReport> CompleteAsync(
        string description, Guid? placeId, string placeText, bool isUrgent, FindingSource source, DateTimeOffset? foundAt, bool withoutName, CancellationToken cancel = default)
    {
        var place = placeId is null ? null : await db.Places.Where(p => p.Id == placeId && p.CompanyId == me.CompanyId)
            .Select(p => new { p.FullName, p.UnitId }).SingleOrDefaultAsync(cancel) ?? throw new Refusal("没有找到这个地点，请重新选择，或直接写地点。", "PlaceId");
        if (placeText.Length > FindingReport.MaxPlace) throw new Refusal($"地点超过 {FindingReport.MaxPlace} 字，没有保存，文字还在。请写简短些。", "PlaceText");
        var unit = place?.UnitId ?? (withoutName ? await PlantAsync(cancel) : me.UnitId);
        return new FindingReport(description, placeId, place?.FullName ?? placeText, unit)
        {
            IsUrgent = isUrgent, Source = source, FoundAt = foundAt?.ToUniversalTime() ?? clock.GetUtcNow(),
            ReporterId = withoutName ? null : me.Id, ReporterUnitId = withoutName ? null : me.UnitId,
        };
    }

    /// <summary>Without a name not even the reporter's department may show: the plant's safety officers take it from the top.</summary>
    async Task<Guid> PlantAsync(CancellationToken cancel)
    {
        var plant = from c in db.NodeClosure
                    where c.DescendantId == me.UnitId
                    join u in db.Units on c.AncestorId equals u.Id
                    where u.Kind == UnitKind.Plant
                    orderby c.Depth
                    select (Guid?)u.Id;
        return await plant.FirstOrDefaultAsync(cancel) ?? me.CompanyId;
    }

    /// <summary>The place that a picked id, a QR sign's code or typed words name; null when none or more than one does.</summary>
    public async Task<NamedPlace?> PlaceAsync(string? words, CancellationToken cancel = default)
    {
        if (string.IsNullOrWhiteSpace(words)) return null;
        words = words.Trim();
        var places = db.Places.Where(p => p.CompanyId == me.CompanyId && p.IsActive);
        places = Guid.TryParse(words, out var id)
            ? places.Where(p => p.Id == id)
            : places.Where(p => p.Code == words || p.Kks == words || p.FullName == words || p.Name == words);
        return await places.OrderBy(p => p.Code).Select(p => new NamedPlace(p.Id, p.FullName)).Take(2).ToListAsync(cancel) is [var one] ? one : null;
    }
}
