using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;

namespace Ronghe.Tests.Platform.Journal;

/// <summary>A follower is given every row once, whatever the order in which transactions begin, write and commit.</summary>
public sealed class FollowingTests : IAsyncLifetime
{
    readonly ConcurrentQueue<(ulong Xid, long Seq)> _seen = new();
    DatabaseAddress _address = null!;
    ServiceProvider _root = null!;
    Follower _follower = null!;

    public async ValueTask InitializeAsync()
    {
        _address = await TestServer.FreshDatabaseAsync();
        _root = new ServiceCollection().AddLogging().AddDatabase(_address.App).AddScoped<Following>().BuildServiceProvider(validateScopes: true);
        _follower = new Follower("witness", "见证", (_, rows, _) =>
        {
            foreach (var row in rows) _seen.Enqueue((row.Xid, row.Seq));
            return Task.CompletedTask;
        });
        await using var scope = _root.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Following>().EnrolAsync(_follower);
    }

    public ValueTask DisposeAsync() => _root.DisposeAsync();

    [Fact]
    public async Task A_row_that_commits_late_holds_back_the_younger_ones_and_is_not_skipped()
    {
        await using var slow = await WriteAsync();
        await (await WriteAsync()).CommitAsync();
        // The younger one is committed, but the older one could still appear before it.
        Assert.Equal(0, await StepAsync());
        await slow.CommitAsync();
        await SettleAsync();
        Assert.Equal(await StoredAsync(), _seen);
        Assert.Equal(2, _seen.Count);
    }

    [Fact]
    public async Task A_transaction_that_is_rolled_back_leaves_nothing_and_holds_up_nobody()
    {
        await using (var undone = await WriteAsync()) await undone.RollbackAsync();
        await (await WriteAsync()).CommitAsync();
        await SettleAsync();
        Assert.Single(_seen);
    }

    [Fact]
    public async Task Many_writers_at_once_and_a_follower_among_them()
    {
        var writers = Enumerable.Range(0, 8).Select(async writer =>
        {
            var dice = new Random(writer);
            for (var at = 0; at < 40; at++)
            {
                await using var transaction = await WriteAsync();
                await Task.Delay(dice.Next(4));
                if (dice.Next(3) == 0) await transaction.WriteAgainAsync();
                if (dice.Next(5) == 0) await transaction.RollbackAsync();
                else await transaction.CommitAsync();
            }
        });
        using var done = new CancellationTokenSource();
        // Two nodes follow; the lock lets one of them at a time.
        var followers = Enumerable.Range(0, 2).Select(async _ =>
        {
            while (!done.IsCancellationRequested) await StepAsync();
        }).ToArray();
        await Task.WhenAll(writers);
        await done.CancelAsync();
        await Task.WhenAll(followers);
        await SettleAsync();
        var stored = await StoredAsync();
        Assert.True(stored.Count > 200, $"only {stored.Count} rows");
        Assert.Equal(stored, _seen);
    }

    [Fact]
    public async Task What_fails_is_handed_over_again_as_a_whole()
    {
        await (await WriteAsync()).CommitAsync();
        var sick = _follower with { Handle = (_, _, _) => throw new InvalidOperationException("不行") };
        await using (var scope = _root.CreateAsyncScope())
            while (true)
                try
                {
                    await scope.ServiceProvider.GetRequiredService<Following>().StepAsync(sick);
                    await Task.Delay(20);
                }
                catch (InvalidOperationException)
                {
                    break;
                }
        Assert.Empty(_seen);
        await SettleAsync();
        Assert.Single(_seen);
    }

    [Fact]
    public async Task What_the_follower_writes_and_its_place_are_committed_together()
    {
        await (await WriteAsync()).CommitAsync();
        var writing = _follower with { Name = "writer", Handle = async (scope, rows, cancel) =>
        {
            var db = scope.GetRequiredService<AppDb>();
            db.Links.Add(new() { FromKind = "test", FromId = rows[0].SubjectId, ToKind = "test", ToId = rows[0].SubjectId, Relation = "seen", At = rows[0].At });
            await db.SaveChangesAsync(cancel);
        } };
        await new[] { writing }.CatchUpAsync(_root);
        await new[] { writing }.CatchUpAsync(_root);
        Assert.Equal(1L, await ScalarAsync("select count(*) from links"));
        Assert.Equal(1L, await ScalarAsync("select handled from journal_followers where name = 'writer'"));
    }

    async Task<int> StepAsync()
    {
        await using var scope = _root.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Following>().StepAsync(_follower);
    }

    Task SettleAsync() => new[] { _follower }.CatchUpAsync(_root);

    async Task<List<(ulong, long)>> StoredAsync()
    {
        await using var connection = new NpgsqlConnection(_address.App);
        await connection.OpenAsync();
        await using var reader = await new NpgsqlCommand("select xid, seq from journal order by xid, seq", connection).ExecuteReaderAsync();
        var rows = new List<(ulong, long)>();
        while (await reader.ReadAsync()) rows.Add((reader.GetFieldValue<ulong>(0), reader.GetInt64(1)));
        return rows;
    }

    async Task<object?> ScalarAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_address.App);
        await connection.OpenAsync();
        return await new NpgsqlCommand(sql, connection).ExecuteScalarAsync();
    }

    async Task<Writing> WriteAsync()
    {
        var connection = new NpgsqlConnection(_address.App);
        await connection.OpenAsync();
        var writing = new Writing(connection, await connection.BeginTransactionAsync());
        await writing.WriteAgainAsync();
        return writing;
    }

    sealed class Writing(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
    {
        public async Task WriteAgainAsync()
        {
            await using var insert = new NpgsqlCommand(
                "insert into journal (at, subject_kind, subject_id, subject_version, event) values (now(), 'test', gen_random_uuid(), 1, 'test.written')", connection, transaction);
            await insert.ExecuteNonQueryAsync();
        }

        public Task CommitAsync() => transaction.CommitAsync();
        public Task RollbackAsync() => transaction.RollbackAsync();

        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
