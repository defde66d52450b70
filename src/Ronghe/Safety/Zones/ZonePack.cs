using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Organisation.Units;
using Ronghe.Platform;
using Ronghe.Platform.Journal;

namespace Ronghe.Safety.Zones;

/// <summary>The suggested zones that come with the product's places. Loaded on somebody's wish; what people changed stays as they left it.</summary>
public sealed class ZonePack(AppDb db, Me me, TimeProvider clock)
{
    sealed record Pack(Entry[] Zones);
    sealed record Entry(string Id, string Name, string Department, string SuggestedBranch, int[][] Polygon, string[] PlaceIds, string[] ChecklistIds, Cadence SuggestedCadence);
    sealed record Cadence(string Every, int Times);

    static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Whether loading would add anything for this company.</summary>
    public async Task<bool> FitsAsync(Guid companyId, CancellationToken cancel = default) =>
        await db.Places.AnyAsync(place => place.CompanyId == companyId && place.ContentId != null, cancel)
        && !await db.Zones.AnyAsync(zone => zone.CompanyId == companyId && zone.ContentId != null, cancel);

    /// <returns>How many zones were added.</returns>
    public async Task<int> LoadAsync(CancellationToken cancel = default)
    {
        if (!me.May(ZonePermissions.Plan)) throw new Forbidden("您没有载入建议划分的权限。需要的话，请联系安全监察部门。");
        var company = me.CompanyId;
        var places = await db.Places.Where(place => place.CompanyId == company && place.ContentId != null && place.IsActive && !db.ZonePlaces.Any(held => held.PlaceId == place.Id))
            .ToDictionaryAsync(place => place.ContentId!, place => place.Id, cancel);
        var known = await db.Zones.Where(zone => zone.CompanyId == company).Select(zone => new { zone.ContentId, zone.Name }).ToListAsync(cancel);
        var departments = await NamesAsync(db.Units.Where(unit => unit.Kind == UnitKind.Department && unit.CompanyId == company && unit.ClosedOn == null), cancel);
        var branches = await NamesAsync(db.PartyOrganisations.Where(party => party.CompanyId == company && party.ClosedOn == null && party.Kind != PartyOrganisationKind.Group), cancel);
        var added = 0;
        foreach (var entry in (await ReadAsync(cancel)).Zones.Where(entry => known.All(zone => zone.ContentId != entry.Id && zone.Name != entry.Name)))
        {
            var facts = new ZoneFacts(entry.Name, departments.TryGetValue(entry.Department, out var unit) ? unit : null, branches.TryGetValue(entry.SuggestedBranch, out var branch) ? branch : null,
                entry.ChecklistIds, $"每{entry.SuggestedCadence.Every} {entry.SuggestedCadence.Times} 次", new Outline([.. entry.Polygon.SelectMany(corner => corner)]),
                [.. entry.PlaceIds.Where(places.ContainsKey).Select(id => places[id])]);
            var zone = new Zone(company, facts) { ContentId = entry.Id };
            db.Zones.Add(zone);
            db.Record(zone, ZoneActions.Kind, "zone.pack-loaded", me.PersonId, clock.GetUtcNow(), zone.UnitId ?? company, new { name = zone.Name });
            added++;
        }
        await db.SaveChangesAsync(cancel);
        return added;
    }

    static async Task<Dictionary<string, Guid>> NamesAsync(IQueryable<Organisation.OrganisationNode> nodes, CancellationToken cancel) =>
        (await nodes.Select(node => new { node.Name, node.Id }).ToListAsync(cancel)).GroupBy(node => node.Name).ToDictionary(group => group.Key, group => group.First().Id);

    static async Task<Pack> ReadAsync(CancellationToken cancel)
    {
        await using var file = File.OpenRead(Path.Combine(Program.ContentFolder, "safety", "zones.json"));
        return await JsonSerializer.DeserializeAsync<Pack>(file, Json, cancel) ?? throw new InvalidDataException("Content file zones.json is empty.");
    }
}
