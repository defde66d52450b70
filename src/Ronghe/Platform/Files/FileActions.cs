using Microsoft.EntityFrameworkCore;

namespace Ronghe.Platform.Files;

/// <summary>Keeps files that are not photos, such as workbooks, and tidies the store.</summary>
public sealed class FileActions(AppDb db, FileStore store, TimeProvider clock)
{
    /// <summary>What was stored without being referred to for so long was left by a refusal or a killed process.</summary>
    static readonly TimeSpan OrphanAge = TimeSpan.FromDays(1);

    /// <summary>The content is stored as it is, so the caller has checked it; it is only ever offered for saving, never shown.</summary>
    public async Task<StoredFile> AddAsync(Stream content, string name, string mediaType, FileOwner owner, CancellationToken cancel = default)
    {
        var stored = await store.PutAsync(content, cancel);
        var file = new StoredFile
        {
            CompanyId = owner.CompanyId, OwnerKind = owner.Kind, OwnerId = owner.Id,
            Hash = stored.Hash, MediaType = mediaType, Bytes = stored.Bytes, Name = FileName.Tidy(name, "文件"), CreatedAt = clock.GetUtcNow(),
        };
        db.Files.Add(file);
        return file;
    }

    /// <summary>Returns how many files were removed.</summary>
    public Task<int> CollectOrphansAsync(CancellationToken cancel = default) =>
        store.CollectOrphansAsync(hashes => ReferredToAsync(hashes, cancel), clock.GetUtcNow() - OrphanAge, cancel);

    async Task<IReadOnlySet<string>> ReferredToAsync(IReadOnlyCollection<string> hashes, CancellationToken cancel) =>
        await db.Files.Where(file => hashes.Contains(file.Hash)).Select(file => file.Hash)
            .Concat(db.Files.Where(file => hashes.Contains(file.ThumbHash!)).Select(file => file.ThumbHash!))
            .ToHashSetAsync(cancel);
}
