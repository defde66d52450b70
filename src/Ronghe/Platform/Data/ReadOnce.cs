using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Caching.Memory;
using Ronghe.Platform.Calendar;

namespace Ronghe.Platform.Data;

/// <summary>
/// What the database showed when this request began: its snapshot, as text. Two requests with the same snapshot would read the
/// same rows, for any commit in between changes it. Unknown outside requests and after a write of one's own.
/// </summary>
public sealed class DatabaseState
{
    public string? Snapshot { get; private set; }

    public void Is(string snapshot) => Snapshot = snapshot;

    public void HasChanged() => Snapshot = null;
}

/// <summary>Forgets the state as soon as this scope writes, so that it reads its own writes.</summary>
sealed class OwnWrites : SaveChangesInterceptor
{
    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData data, InterceptionResult<int> result, CancellationToken cancel = default)
    {
        (data.Context as AppDb)?.State.HasChanged();
        return new(result);
    }
}

/// <summary>
/// Reads that many requests repeat, such as the number in the menu, made once for each state of the database. What is
/// remembered is never out of date: after any commit, by whichever process, the state is another one.
/// </summary>
public sealed class ReadOnce(DatabaseState state, ReadOnceMemory memory, TimeProvider clock)
{
    /// <param name="key">Everything that the value depends on besides the database and the day.</param>
    /// <param name="read">Reads the value.</param>
    public async Task<T> GetAsync<T>(object key, Func<Task<T>> read)
    {
        if (state.Snapshot is not { } snapshot) return await read();
        var full = (typeof(T), key, snapshot, clock.Today());
        if (memory.Values.TryGetValue(full, out T? known)) return known!;
        var value = await read();
        memory.Values.Set(full, value, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = ReadOnceMemory.Keep });
        return value;
    }
}

/// <summary>The memory of <see cref="ReadOnce"/>, one for the process.</summary>
public sealed class ReadOnceMemory : IDisposable
{
    /// <summary>Entries; one is a number or a list for a filter.</summary>
    const int Most = 2000;
    public static readonly TimeSpan Keep = TimeSpan.FromMinutes(2);

    public IMemoryCache Values { get; } = new MemoryCache(new MemoryCacheOptions { SizeLimit = Most });

    public void Dispose() => Values.Dispose();
}
