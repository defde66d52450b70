using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Ronghe.Platform.Journal;

/// <summary>Rings the bell once a commit has made new rows of the journal visible.</summary>
sealed class JournalNews(JournalBell bell) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData data, int result, CancellationToken cancel = default)
    {
        if (data.Context?.Database.CurrentTransaction is null) Tell(data.Context);
        return new(result);
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData data, CancellationToken cancel = default)
    {
        Tell(data.Context);
        return Task.CompletedTask;
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData data) => Tell(data.Context);

    void Tell(object? context)
    {
        if (context is AppDb db && db.TakeNews()) bell.Ring();
    }
}
