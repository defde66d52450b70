namespace Ronghe.Safety.Zones.Pages;

/// <summary>Zones as they lie on the plan; what the map shows stands in words beside it as well.</summary>
/// <param name="Shown">The zone that the page is about.</param>
public sealed record ZoneMap(PlanView Plan, IReadOnlyList<ZoneRow> Zones, Guid? Shown = null)
{
    public IEnumerable<ZoneRow> Drawn => Zones.Where(zone => zone.Corners.Length > 0);
    public bool IsEmpty => Plan.Href is null && !Drawn.Any();
}
