namespace Ronghe.Platform.Files;

/// <summary>
/// Takes photos in. The file is safely on disk when the row is handed back; the row is saved by the caller together with the
/// record that it belongs to. A process killed in between leaves a file without a row, which is collected, never the reverse.
/// </summary>
public sealed class PhotoActions(AppDb db, FileStore store, PhotoSandbox sandbox, TimeProvider clock)
{
    /// <summary>Refuses what is not a photo, too large or broken, in words for the person who sent it.</summary>
    public async Task<StoredFile> AddAsync(Stream content, string name, FileOwner owner, CancellationToken cancel = default) =>
        await AddAsync(await sandbox.MakeSafeAsync(content, name, cancel), name, owner, cancel);

    public async Task<StoredFile> AddAsync(SafePhoto photo, string name, FileOwner owner, CancellationToken cancel = default)
    {
        var thumb = await store.PutAsync(new MemoryStream(photo.Thumbnail), cancel);
        var picture = await store.PutAsync(new MemoryStream(photo.Picture), cancel);
        var file = new StoredFile
        {
            CompanyId = owner.CompanyId, OwnerKind = owner.Kind, OwnerId = owner.Id,
            Hash = picture.Hash, ThumbHash = thumb.Hash, MediaType = "image/jpeg", Bytes = picture.Bytes,
            Width = photo.Width, Height = photo.Height, Name = FileName.Tidy(name, "照片.jpg"), CreatedAt = clock.GetUtcNow(),
        };
        db.Files.Add(file);
        return file;
    }
}
