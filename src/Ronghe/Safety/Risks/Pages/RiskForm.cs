using Ronghe.Findings;
using Ronghe.Platform.Web;

namespace Ronghe.Safety.Risks.Pages;

/// <summary>What somebody fills in about a risk, when it is new and when it is changed.</summary>
public sealed class RiskForm
{
    public Guid Id { get; set; }
    public RiskKind Kind { get; set; }
    public string? Title { get; set; }
    public string? Scenario { get; set; }
    [Picked("units")] public Guid? UnitId { get; set; }
    public string? PlaceText { get; set; }
    public string? AccidentType { get; set; }
    [Picked("people")] public Guid? OwnerId { get; set; }

    /// <param name="place">The known place that the words name; null leaves them as they are.</param>
    public RiskFacts ToFacts(NamedPlace? place) => new(Title ?? "", Scenario ?? "", UnitId ?? Guid.Empty, place?.Id, place is null ? PlaceText ?? "" : "", AccidentType ?? "", OwnerId);

    public static RiskForm Of(RiskDetail detail) => new()
    {
        Kind = detail.Row.Kind, Title = detail.Row.Title, Scenario = detail.Scenario, UnitId = detail.UnitId, PlaceText = detail.PlaceId?.ToString() ?? detail.Row.Place, AccidentType = detail.Row.AccidentType, OwnerId = detail.OwnerId,
    };
}
