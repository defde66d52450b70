using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Files;
using Ronghe.Platform.Journal;

namespace Ronghe.Findings;

/// <summary>Photos that come after the words: by the reporter while it is open, by the person in charge while it is being rectified.</summary>
public sealed class FindingPhotoActions(AppDb db, Me me, FindingAccess access, PhotoActions photos, TimeProvider clock)
{
    public async Task<int> AddAsync(Guid id, PhotoStage stage, HttpRequest request, CancellationToken cancel = default)
    {
        var finding = await access.Visible().SingleOrDefaultAsync(f => f.Id == id, cancel) ?? throw new NotFound("这条隐患");
        if (stage == PhotoStage.Before && !finding.WasReportedBy(me.Id)) throw new Forbidden("整改前的照片由上报人补充。");
        if (stage == PhotoStage.Before && !finding.IsOpen) throw new Refusal($"现在是“{finding.Status.Title()}”，不能再补充整改前的照片。");
        if (stage == PhotoStage.After && finding.RectifierId != me.PersonId) throw new Forbidden("整改后的照片由整改责任人上传。");
        if (stage == PhotoStage.After && finding.Status != FindingStatus.Assigned) throw new Refusal($"现在是“{finding.Status.Title()}”，整改中才能上传整改后的照片。");
        var added = await photos.AddAsync(request, new FileOwner(FindingActions.Kind, id, finding.CompanyId), cancel);
        if (added.Count == 0) throw new Refusal("没有收到照片，请重新选择。", "photos");
        foreach (var photo in added)
            db.FindingPhotos.Add(FindingPhoto.Of(id, photo, stage, me.PersonId, clock.GetUtcNow()));
        db.Record(finding, FindingActions.Kind, "finding.photographed", me.PersonId, clock.GetUtcNow(), finding.UnitId, new { stage, photos = added.Count });
        await db.SaveChangesAsync(cancel);
        return added.Count;
    }
}
