using Npgsql;

namespace Ronghe.Platform.Jobs;

/// <summary>
/// The right to run a job just now, held by one node at a time for as long as its connection lives. The cluster already hands a
/// job to one node only; but a node that slept past its check-in (a suspended machine) is taken for dead while it still works.
/// </summary>
sealed class JobTurn : IAsyncDisposable
{
    readonly NpgsqlConnection connection;
    readonly NpgsqlTransaction transaction;

    JobTurn(NpgsqlConnection connection, NpgsqlTransaction transaction) => (this.connection, this.transaction) = (connection, transaction);

    /// <summary>Null while another node is at it. The lock goes with the transaction, which writes nothing and so holds nobody up.</summary>
    public static async Task<JobTurn?> TakeAsync(NpgsqlDataSource database, string job, CancellationToken cancel)
    {
        var connection = await database.OpenConnectionAsync(cancel);
        var turn = new JobTurn(connection, await connection.BeginTransactionAsync(cancel));
        await using var command = new NpgsqlCommand("select pg_try_advisory_xact_lock(hashtextextended('job:' || $1, 0))", connection)
        {
            Parameters = { new() { Value = job } },
        };
        if (await command.ExecuteScalarAsync(cancel) is true) return turn;
        await turn.DisposeAsync();
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}
