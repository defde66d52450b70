namespace Ronghe.Figures;

public enum Verdict { Pass, Fail, Invalid }

/// <summary>What a figure has to run with: the plant it starts from, the words after its name, and whether seconds count.</summary>
public sealed record Run(Plant Plant, IReadOnlyList<string> Words, bool IsShort, CancellationToken Cancel)
{
    /// <summary>The number of rounds or records asked for, else the usual one.</summary>
    public int CountOr(int usual) => Words is [var first, ..] && int.TryParse(first, out var count) && count > 0 ? count : usual;
}

/// <summary>One claim about what the product survives, its attack, and the one line that it prints.</summary>
/// <param name="id">e.g. R-07.</param>
/// <param name="isShort">Takes seconds, so that ./test runs it too.</param>
public abstract class Figure(string id, bool isShort = false)
{
    public string Id => id;
    public bool IsShort => isShort;

    protected abstract Task RunAsync(Run run, Tally tally);

    /// <summary>The line goes to standard output; what was wrong, one sentence each, to standard error.</summary>
    public async Task<Verdict> PrintAsync(Run run)
    {
        var tally = new Tally(id);
        try
        {
            await RunAsync(run, tally);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !run.Cancel.IsCancellationRequested)
        {
            tally.Invalid($"it broke off: {fault}");
        }
        catch (OperationCanceledException)
        {
            tally.Invalid("interrupted");
        }
        Console.WriteLine(tally.Line);
        return tally.Verdict;
    }
}
