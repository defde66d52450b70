using System.Diagnostics;
using System.Globalization;

namespace Ronghe.Figures.Content;

/// <summary>Watches how much memory a process holds, and remembers the most.</summary>
sealed class Watch : IAsyncDisposable
{
    readonly CancellationTokenSource _over = new();
    readonly Task _watching;
    readonly int _processId;
    long _most;

    public Watch(int processId)
    {
        (_processId, Before) = (processId, Resident(processId));
        _most = Before;
        _watching = LookAsync();
    }

    public long Before { get; }
    public double RiseInMegabytes => (Interlocked.Read(ref _most) - Before) / 1048576.0;

    public static async Task<(T Result, TimeSpan Took)> TimedAsync<T>(Func<Task<T>> act)
    {
        var began = Stopwatch.GetTimestamp();
        var result = await act();
        return (result, Stopwatch.GetElapsedTime(began));
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _watching;
        _over.Dispose();
    }

    async Task LookAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            var now = Resident(_processId);
            if (now > Interlocked.Read(ref _most)) Interlocked.Exchange(ref _most, now);
            await Task.Delay(4);
        }
    }

    static long Resident(int processId)
    {
        try
        {
            var line = File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1].Split('\t')[^1], CultureInfo.InvariantCulture) * 1024;
        }
        catch (Exception gone) when (gone is IOException or InvalidOperationException)
        {
            return 0;
        }
    }
}
