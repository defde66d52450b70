using Microsoft.EntityFrameworkCore;

namespace Ronghe.Platform.Files;

/// <summary>Each capability that owns files registers one under its kind: <c>AddKeyedScoped&lt;IFileAccess, FindingFileAccess&gt;("finding")</c>.</summary>
public interface IFileAccess
{
    /// <summary>Whether whoever acts in this scope may see the files of this record.</summary>
    Task<bool> MaySeeAsync(Guid ownerId, CancellationToken cancel);
}

/// <summary>Finds files for those who may see the record that they belong to.</summary>
public sealed class FileQueries(AppDb db, IServiceProvider services)
{
    /// <summary>Null when there is no such file, or it is not for this person: both look the same from outside.</summary>
    public async Task<StoredFile?> VisibleAsync(Guid id, CancellationToken cancel = default)
    {
        var file = await db.Files.AsNoTracking().SingleOrDefaultAsync(file => file.Id == id, cancel);
        if (file is null || services.GetKeyedService<IFileAccess>(file.OwnerKind) is not { } access) return null;
        return await access.MaySeeAsync(file.OwnerId, cancel) ? file : null;
    }
}
