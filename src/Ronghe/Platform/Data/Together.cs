namespace Ronghe.Platform.Data;

/// <summary>
/// Does what arrives at the same time together: while one lot is being done, whatever arrives gathers into the next. Nobody waits for
/// company; whoever comes alone is served alone. When a lot fails, each of it is done by itself, so that the fault meets only its own.
/// </summary>
/// <param name="most">The longest lot.</param>
/// <param name="act">Does all of a lot or nothing; one result for each item, in their order.</param>
public sealed class Together<TItem, TResult>(int most, Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> act)
{
    readonly Queue<Waiting> _waiting = new();
    bool _isBusy;

    sealed record Waiting(TItem Item)
    {
        public TaskCompletionSource<TResult> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public Task<TResult> DoAsync(TItem item)
    {
        var mine = new Waiting(item);
        lock (_waiting)
        {
            _waiting.Enqueue(mine);
            if (_isBusy) return mine.Outcome.Task;
            _isBusy = true;
        }
        // The work belongs to all of them: it must not run in the name of the request that happened to come first.
        using (ExecutionContext.SuppressFlow()) _ = Task.Run(DrainAsync);
        return mine.Outcome.Task;
    }

    async Task DrainAsync()
    {
        while (Take() is { Count: > 0 } lot)
        {
            await DoLotAsync(lot);
            // Those who have just been answered go first: what they bring next belongs to the next lot already.
            await Task.Yield();
        }
    }

    List<Waiting> Take()
    {
        lock (_waiting)
        {
            var lot = new List<Waiting>();
            while (lot.Count < most && _waiting.TryDequeue(out var next)) lot.Add(next);
            _isBusy = lot.Count > 0;
            return lot;
        }
    }

    async Task DoLotAsync(List<Waiting> lot)
    {
        try
        {
            var results = await act([.. lot.Select(waiting => waiting.Item)]);
            for (var i = 0; i < lot.Count; i++) lot[i].Outcome.SetResult(results[i]);
        }
        catch (Exception) when (lot.Count > 1)
        {
            foreach (var waiting in lot) await DoLotAsync([waiting]);
        }
        catch (Exception fault)
        {
            lot[0].Outcome.SetException(fault);
        }
    }
}
