using Ronghe.Organisation.Work;

namespace Ronghe.Layout.Pages;

/// <summary>What waits, as a list on a page.</summary>
public sealed record WaitingList(IReadOnlyList<WaitingLine> Lines, DateOnly Today)
{
    public static readonly WaitingList Nothing = new([], default);
}
