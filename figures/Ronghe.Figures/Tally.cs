using System.Collections.Concurrent;

namespace Ronghe.Figures;

/// <summary>
/// What a figure has done and seen. It fails on the first loss; it is invalid when a fault was not injected or its control, which
/// must fail, did not: then it has shown nothing.
/// </summary>
public sealed class Tally(string id)
{
    const int MostSaid = 25;

    readonly ConcurrentQueue<string> _losses = [], _doubts = [];

    /// <summary>What was done, e.g. <c>1,000 writes × 30</c>.</summary>
    public string Load { get; set; } = "-";
    /// <summary>What was broken on purpose.</summary>
    public string Faults { get; set; } = "-";
    /// <summary>What was sent that must be refused.</summary>
    public string BadInputs { get; set; } = "-";
    /// <summary>What came of it, beside the number of losses: a time, what the control lost.</summary>
    public string Remark { get; set; } = "";

    public int Losses => _losses.Count;
    public Verdict Verdict => !_doubts.IsEmpty ? Verdict.Invalid : _losses.IsEmpty ? Verdict.Pass : Verdict.Fail;

    public string Line =>
        $"{id} | {Load} | {Faults} | {BadInputs} | {Losses}{(Remark.Length > 0 ? $" ({Remark})" : "")} | {Verdict.ToString().ToUpperInvariant()}";

    /// <summary>Something the product promised and did not keep.</summary>
    public void Lost(string what) => Say(_losses, "lost", what);

    /// <summary>The run proves nothing: the fault was not there, or the harness does not see.</summary>
    public void Invalid(string why) => Say(_doubts, "invalid", why);

    public bool Holds(bool isKept, string otherwise)
    {
        if (!isKept) Lost(otherwise);
        return isKept;
    }

    /// <summary>The control broke its promise on purpose; a harness that does not notice is worth nothing.</summary>
    public void MustSee(bool isSeen, string otherwise)
    {
        if (!isSeen) Invalid(otherwise);
    }

    /// <summary>Progress, for whoever watches.</summary>
    public void Say(string words) => Console.Error.WriteLine($"{id}: {words}");

    void Say(ConcurrentQueue<string> list, string kind, string what)
    {
        list.Enqueue(what);
        if (list.Count <= MostSaid) Console.Error.WriteLine($"{id}: {kind}: {what}");
    }
}
