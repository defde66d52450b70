namespace Ronghe.Platform.Journal;

/// <summary>
/// Something that follows the journal: it is given every row once, in the order of <see cref="Following"/>, and what it writes is
/// committed together with the note of how far it came.
/// </summary>
/// <param name="Name">Key of its place in the journal; a new name starts at the first row.</param>
/// <param name="Title">For the administrator's page.</param>
/// <param name="Handle">Handles a batch inside the transaction that moves its place. Throwing leaves both as they were.</param>
public sealed record Follower(string Name, string Title, FollowerAct Handle)
{
    /// <summary>Rows handed over at once.</summary>
    public int Most { get; init; } = 1000;

    /// <summary>How long it lets rows gather after a batch that was not full: it is woken at once after quiet, yet a busy hour costs ten batches a second and not one for each commit.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(100);
}

/// <param name="scope">Of the batch, with the open transaction in its <see cref="AppDb"/>.</param>
/// <param name="rows">At least one.</param>
/// <param name="cancel">The node is stopping.</param>
public delegate Task FollowerAct(IServiceProvider scope, IReadOnlyList<JournalRow> rows, CancellationToken cancel);
