using Microsoft.EntityFrameworkCore;

namespace Ronghe.Platform.Files;

/// <summary>Whether whoever acts in the scope may see the files of one record, as its capability decides.</summary>
public delegate Task<bool> MaySeeFiles(IServiceProvider scope, Guid ownerId, CancellationToken cancel);

/// <summary>Each capability that owns files says who may see them; files of a kind that nobody speaks for are seen by nobody.</summary>
public sealed record FileViewers(string OwnerKind, MaySeeFiles MaySee);

/// <summary>Finds files for those who may see the record that they belong to.</summary>
public sealed class FileQueries(AppDb db, IEnumerable<FileViewers> viewers, IServiceProvider scope)
{
    /// <summary>Null when there is no such file, or it is not for this person: both look the same from outside.</summary>
    public async Task<StoredFile?> VisibleAsync(Guid id, CancellationToken cancel = default)
    {
        var file = await db.Files.AsNoTracking().SingleOrDefaultAsync(file => file.Id == id, cancel);
        if (file is null || viewers.SingleOrDefault(candidate => candidate.OwnerKind == file.OwnerKind) is not { } kind) return null;
        return await kind.MaySee(scope, file.OwnerId, cancel) ? file : null;
    }
}
