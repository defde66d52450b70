using Ronghe.Platform.Calendar;
using Ronghe.Platform.Web;

namespace Ronghe.Safety.Zones;

/// <summary>What stands on the sign of a zone. Whoever scans it comes to a report with the place filled in.</summary>
public sealed record ZoneSign(string Name, string Lead, string Deputy, string? Branch, string? Unit, string Cadence, string Qr, IReadOnlyList<PlaceSign> Places);

/// <param name="Qr">A picture as a data address.</param>
public sealed record PlaceSign(string Name, string Code, string Qr);

/// <summary>Makes the signs 亮身份 to print: names of the leads stand on them, as on the boards in the plant.</summary>
public sealed class ZoneSigns(ZoneQueries zones, TimeProvider clock)
{
    public async Task<ZoneSign> OfAsync(Guid id, Uri product, CancellationToken cancel = default)
    {
        var detail = await zones.DetailAsync(id, cancel);
        var places = detail.Places.Select(place => new PlaceSign(place.Name, place.Code, QrPicture.Of(new(product, $"/findings/report?place={Uri.EscapeDataString(place.Code)}"))));
        return Of(detail.Zone, product) with { Places = [.. places], Lead = Say(detail, ZoneRole.Lead), Deputy = Say(detail, ZoneRole.Deputy) };
    }

    public async Task<IReadOnlyList<ZoneSign>> AllAsync(Uri product, CancellationToken cancel = default) =>
        [.. (await zones.BoardAsync(cancel)).Zones.Select(zone => Of(zone, product))];

    static ZoneSign Of(ZoneRow zone, Uri product) =>
        new(zone.Name, zone.Lead.Name ?? "", zone.Deputy ?? "", zone.Branch, zone.Unit, zone.Cadence, QrPicture.Of(new(product, $"/zones/{zone.Id}")), []);

    /// <summary>With the unit, so that people know where to find them.</summary>
    string Say(ZoneDetail zone, ZoneRole role) =>
        zone.Holder(role, clock.Today()) is { LeftOn: null } term ? $"{term.Person}{(term.PersonUnit is { } unit ? $"（{unit}）" : "")}" : "";
}
