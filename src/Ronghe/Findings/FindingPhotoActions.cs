using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Data;
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
        await db.InTransactionAsync(() => KeepNewAsync(finding, stage, added, cancel), cancel);
        return added.Count;
    }

    /// <summary>An upload whose answer got lost is sent again, also at the same moment: a picture that is there already is not added once more.</summary>
    async Task KeepNewAsync(Finding finding, PhotoStage stage, List<StoredFile> added, CancellationToken cancel)
    {
        await db.Database.ExecuteSqlAsync($"select from findings where id = {finding.Id} for no key update", cancel);
        var there = await (
            from photo in db.FindingPhotos
            where photo.FindingId == finding.Id && photo.Stage == stage
            select db.Files.First(file => file.Id == photo.FileId).Hash).ToHashSetAsync(cancel);
        var (known, fresh) = (added.Where(photo => there.Contains(photo.Hash)).ToList(), added.Where(photo => !there.Contains(photo.Hash)).ToList());
        foreach (var photo in known) db.Entry(photo).State = EntityState.Detached;
        if (fresh.Count == 0) return;
        foreach (var photo in fresh) db.FindingPhotos.Add(FindingPhoto.Of(finding.Id, photo, stage, me.PersonId, clock.GetUtcNow()));
        db.Record(finding, FindingActions.Kind, "finding.photographed", me.PersonId, clock.GetUtcNow(), finding.UnitId, new { stage, photos = fresh.Count });
        await db.SaveChangesAsync(cancel);
    }
}
