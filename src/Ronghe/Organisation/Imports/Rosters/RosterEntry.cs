using Ronghe.Organisation.People;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Organisation.Imports.Rosters;

/// <summary>One person of a roster, understood: what becomes of the row.</summary>
sealed record RosterEntry(string Number, PersonFacts Facts, MemberFacts? Member, IReadOnlyList<StatedPost> Posts)
{
    /// <summary>Since when the person is gone; such a row is history and changes nobody who is known.</summary>
    public DateOnly? LeftOn { get; init; }
}

/// <summary>Where somebody belongs in the Party, or is trained to join it.</summary>
sealed record MemberFacts(Guid NodeId, PoliticalStatus Kind, DateOnly? JoinedOn, DateOnly? ConfirmedOn);

/// <summary>The Party facts of one row, as far as its sheet has them, with the place of each for what is wrong.</summary>
sealed record PartyFacts
{
    public string Status { get; init; } = "";
    public string Branch { get; init; } = "";
    public string Group { get; init; } = "";
    public string PartyPost { get; init; } = "";
    public PreciseDate? Joined { get; init; }
    public PreciseDate? Confirmed { get; init; }
    /// <summary>The person stands in a sheet of Party members.</summary>
    public bool Listed { get; init; }
    /// <summary>Something in its row of the second sheet is wrong; the person waits for it.</summary>
    public bool IsBad { get; init; }
    /// <summary>Says that something is wrong in the column of this key.</summary>
    public required Action<string, string, string> Fail { get; init; }
    /// <summary>Asks what a word in the column of this key means, with what is known to choose from.</summary>
    public required Action<string, string, IEnumerable<string>> Ask { get; init; }
}
