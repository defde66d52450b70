using Microsoft.EntityFrameworkCore;

namespace Ronghe.Platform.Data;

public static class Transactions
{
    /// <summary>Runs in the transaction that is already open, or else in one of its own.</summary>
    public static async Task InTransactionAsync(this DbContext db, Func<Task> act, CancellationToken cancel = default)
    {
        if (db.Database.CurrentTransaction is not null)
        {
            await act();
            return;
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await act();
        await transaction.CommitAsync(cancel);
    }
}
