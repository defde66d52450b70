using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;

namespace Ronghe.Findings;

/// <summary>Completes the three fields of a reporter with what the product already knows: the place's words and unit, the reporter, the time.</summary>
public sealed class FindingReporting(AppDb db, Me me, TimeProvider clock)
{
    public async Task<FindingReport> CompleteAsync(
        string description, Guid? placeId, string placeText, bool isUrgent, FindingSource source, DateTimeOffset? foundAt, bool withoutName, CancellationToken cancel = default)
    {
        var place = placeId is null ? null : await db.Places.Where(p => p.Id == placeId && p.CompanyId == me.CompanyId)
            .Select(p => new { p.FullName, p.UnitId }).SingleOrDefaultAsync(cancel) ?? throw new Refusal("没有找到这个地点，请重新选择，或直接写地点。", "PlaceId");
        if (placeText.Length > FindingReport.MaxPlace) throw new Refusal($"地点超过 {FindingReport.MaxPlace} 字，没有保存，文字还在。请写简短些。", "PlaceText");
        // Without a name not even the reporter's unit may show: the plant's safety officers take it from the top.
        var unit = place?.UnitId ?? (withoutName ? me.CompanyId : me.UnitId);
        return new FindingReport(description, placeId, place?.FullName ?? placeText, unit)
        {
            IsUrgent = isUrgent, Source = source, FoundAt = foundAt?.ToUniversalTime() ?? clock.GetUtcNow(),
            ReporterId = withoutName ? null : me.Id, ReporterUnitId = withoutName ? null : me.UnitId,
        };
    }
}
