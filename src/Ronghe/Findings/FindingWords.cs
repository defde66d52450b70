using Ronghe.Platform.Calendar;
using Ronghe.Platform.Search;

namespace Ronghe.Findings;

/// <summary>
/// Under which words and for whom a finding is found. Apart from the finding, because a finding is saved at every step
/// and its words never change: a step leaves this row and its index alone.
/// </summary>
public sealed class FindingWords
{
    public Guid FindingId { get; init; }
    /// <summary>Of description, place and number, as <see cref="WordCodes"/>, and the day of the report, as <see cref="DayBlocks"/>.</summary>
    public int[] Words { get; init; } = [];
    /// <summary>The unit and what lies above it, except the company, and whose name is on it. The database keeps it.</summary>
    public Guid[] Scope { get; init; } = [];

    public static FindingWords Of(Finding finding) => Of(new FindingText(finding.Id, finding.Number, finding.Description, finding.PlaceText, finding.ReportedAt));

    internal static FindingWords Of(FindingText text) => new()
    {
        // A sign parts the two, or the last character of one and the first of the other would make a word.
        FindingId = text.Id, Words = [.. DayBlocks.Of(text.ReportedAt.PlantDate()), .. WordCodes.ForText($"{text.Description}，{text.PlaceText}", text.Number)],
    };
}

/// <summary>What a finding says of itself, from the first moment to the last.</summary>
sealed record FindingText(Guid Id, string Number, string Description, string PlaceText, DateTimeOffset ReportedAt);
