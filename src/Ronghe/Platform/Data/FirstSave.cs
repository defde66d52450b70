using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Ronghe.Platform.Data;

public static class FirstSave
{
    /// <summary>
    /// Saves records whose ids the caller made. False, with nothing saved, when the same ids were stored at the same moment: the form was
    /// sent twice, and the other one came first.
    /// </summary>
    public static async Task<bool> SaveNewAsync(this AppDb db, CancellationToken cancel = default)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
            return true;
        }
        catch (DbUpdateException fault) when (fault.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            db.ChangeTracker.Clear();
            return false;
        }
    }
}
