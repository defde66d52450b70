using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Ronghe.Platform.Data;

/// <summary>Counts the database round trips of one scope, so that a test can hold a page to its budget.</summary>
public sealed class RoundTrips
{
    public int Count { get; private set; }
    public void Add() => Count++;
}

/// <summary>Feeds <see cref="RoundTrips"/>: every command and batch that is sent counts once.</summary>
sealed class RoundTripCounter : DbCommandInterceptor
{
    static void Add(CommandEventData data) => (data.Context as AppDb)?.Trips.Add();


    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData data, InterceptionResult<DbDataReader> result, CancellationToken cancel = default)
    {
        Add(data);
        return new(result);
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData data, InterceptionResult<DbDataReader> result)
    {
        Add(data);
        return result;
    }

    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData data, InterceptionResult<object> result)
    {
        Add(data);
        return result;
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData data, InterceptionResult<int> result)
    {
        Add(data);
        return result;
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData data, InterceptionResult<object> result, CancellationToken cancel = default)
    {
        Add(data);
        return new(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData data, InterceptionResult<int> result, CancellationToken cancel = default)
    {
        Add(data);
        return new(result);
    }
}
