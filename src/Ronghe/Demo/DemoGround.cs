using Microsoft.EntityFrameworkCore;
using Npgsql;
using Ronghe.Platform;
using Ronghe.Platform.Data;
using Ronghe.Platform.Hosting;

namespace Ronghe.Demo;

/// <summary>What a demo plant finds in a database.</summary>
public enum GroundState
{
    Empty,
    /// <summary>A load was begun here and broken off.</summary>
    HalfBuilt,
    Built,
    /// <summary>Somebody's own data, which the demo never touches.</summary>
    RealData,
}

/// <summary>The database in which a demo plant stands or is to stand: marks its beginning and its end, and clears what a broken-off load has left.</summary>
public sealed class DemoGround(AppDb db, DatabaseAddress address)
{
    public async Task<GroundState> StateAsync(CancellationToken cancel = default)
    {
        if (await db.DemoMarks.AsNoTracking().SingleOrDefaultAsync(cancel) is { } mark) return mark.IsFinished ? GroundState.Built : GroundState.HalfBuilt;
        // Rows without an actor tell only that the defaults came.
        var isUsed = await db.Nodes.AnyAsync(cancel) || await db.People.AnyAsync(cancel) || await db.Users.AnyAsync(cancel) || await db.Journal.AnyAsync(row => row.ActorId != null, cancel);
        return isUsed ? GroundState.RealData : GroundState.Empty;
    }

    /// <summary>Builds between the two marks on empty ground, or on half-built ground once it is cleared; leaves any other alone.</summary>
    /// <returns>What was found.</returns>
    /// <exception cref="Refusal">Another process is building here, or people have already used what is half built.</exception>
    public async Task<GroundState> BuildAsync(Func<Task> build, CancellationToken cancel = default)
    {
        await db.Database.OpenConnectionAsync(cancel);
        var mine = await db.Database.SqlQuery<bool>($"""select pg_try_advisory_lock(hashtextextended('demo', 0)) as "Value" """).ToListAsync(cancel);
        if (!mine[0]) throw new Refusal("另一个进程正在这里装入演示电厂，没有做任何改动。请等它装完再启动。");
        try
        {
            var found = await StateAsync(cancel);
            if (found is GroundState.Built or GroundState.RealData) return found;
            if (found is GroundState.HalfBuilt) await ClearAsync(cancel);
            else db.DemoMarks.Add(new DemoMark(TimeProvider.System.GetUtcNow()));
            await db.SaveChangesAsync(cancel);
            await build();
            (await db.DemoMarks.SingleAsync(cancel)).Finish(TimeProvider.System.GetUtcNow());
            await db.SaveChangesAsync(cancel);
            return found;
        }
        finally
        {
            await LetGoAsync();
        }
    }

    /// <summary>Empties every table of the product but the mark's, all at once or not at all. Only the owner may: the journal cannot be emptied otherwise.</summary>
    async Task ClearAsync(CancellationToken cancel)
    {
        // Before the second mark nobody is let in, so whoever has signed in did not meet a demo.
        if (await db.SignInSessions.AnyAsync(cancel))
            throw new Refusal("这里的演示电厂没有装完，却已经有人登录使用过，没有清除，也没有做任何改动。请用 --data 换一个空的数据文件夹。");
        var tables = db.Model.GetEntityTypes().Where(type => type.ClrType != typeof(DemoMark)).Select(type => type.GetTableName()).OfType<string>().Distinct();
        await using var owner = new NpgsqlConnection(address.Owner);
        await owner.OpenAsync(cancel);
        await using var command = new NpgsqlCommand($"truncate {string.Join(", ", tables)} restart identity", owner);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>A connection that broke has let go by itself.</summary>
    async Task LetGoAsync()
    {
        try
        {
            await db.Database.ExecuteSqlAsync($"select pg_advisory_unlock(hashtextextended('demo', 0))", CancellationToken.None);
            await db.Database.CloseConnectionAsync();
        }
        catch (NpgsqlException)
        {
            // What broke it is on its way to whoever called.
        }
    }
}
