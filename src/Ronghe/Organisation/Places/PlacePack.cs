using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Units;

namespace Ronghe.Organisation.Places;

/// <summary>
/// The places and ledger words of a plant that come as content with the product. They belong to the plant whose name they carry:
/// loading them for any other company loads nothing.
/// </summary>
public sealed class PlacePack(AppDb db, OrganisationAccess access, OrganisationJournal journal)
{
    static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    static readonly string Folder = Path.Combine(Program.ContentFolder, "safety");

    sealed record PlacesFile(Entry Site);
    sealed record Entry(string Id, string Level, string Name, string Code, string? Kks, string? Department, string[]? Aliases, Entry[]? Children);
    sealed record WordsFile(Dictionary<string, string> Locations, Dictionary<string, string> Equipment);

    /// <summary>Drawing of the site, shown with the places; null when the content has none.</summary>
    public static string? SitePlan => Path.Combine(Folder, "site-plan.svg") is var file && File.Exists(file) ? file : null;

    /// <summary>The name that a company or plant must have for the pack to be its own.</summary>
    public static async Task<string> PlantNameAsync(CancellationToken cancel = default) => (await ReadAsync<PlacesFile>("places.json", cancel)).Site.Name;

    /// <summary>Whether loading would add anything for this company.</summary>
    public async Task<bool> FitsAsync(Guid companyId, CancellationToken cancel = default) =>
        await PlantAsync(companyId, await PlantNameAsync(cancel), cancel) is not null && !await db.Places.AnyAsync(place => place.CompanyId == companyId && place.ContentId != null, cancel);

    /// <summary>
    /// Adds the places and words that are not there yet; what people changed stays as they left it. Part of the import of an
    /// organisation, whose right is asked for there.
    /// </summary>
    /// <returns>How many places were added.</returns>
    public async Task<int> LoadAsync(Guid companyId, CancellationToken cancel = default)
    {
        var site = (await ReadAsync<PlacesFile>("places.json", cancel)).Site;
        if (await PlantAsync(companyId, site.Name, cancel) is not { } plant) return 0;
        var known = await db.Places.Where(place => place.CompanyId == companyId && place.ContentId != null).ToDictionaryAsync(place => place.ContentId!, cancel);
        var departments = await DepartmentsAsync(plant.Id, cancel);
        var added = Add(site, null, 0, companyId, known, departments).ToList();
        await AddWordsAsync(companyId, known, cancel);
        foreach (var place in added) journal.Write(place, OrganisationEvents.Place, OrganisationEvents.PlacesLoaded, plant.Id);
        await db.SaveChangesAsync(cancel);
        return added.Count;
    }

    /// <summary>The same on somebody's own wish, who must be allowed to keep places.</summary>
    public async Task<int> LoadByHandAsync(Guid companyId, CancellationToken cancel = default)
    {
        await access.RequireAsync(OrganisationPermissions.ManagePlaces, companyId, cancel);
        return await LoadAsync(companyId, cancel);
    }

    Task<Unit?> PlantAsync(Guid companyId, string name, CancellationToken cancel) =>
        db.Units.AsNoTracking().FirstOrDefaultAsync(unit => unit.CompanyId == companyId && unit.Name == name && unit.ClosedOn == null && unit.Kind <= UnitKind.Plant, cancel);

    /// <summary>Departments by name; crews repeat each other's names and do not look after places in the pack.</summary>
    async Task<Dictionary<string, Guid>> DepartmentsAsync(Guid plantId, CancellationToken cancel) => (await (
        from pair in db.NodeClosure
        where pair.AncestorId == plantId
        join unit in db.Units on pair.DescendantId equals unit.Id
        where unit.Kind == UnitKind.Department && unit.ClosedOn == null
        select new { unit.Name, unit.Id }).ToListAsync(cancel)).GroupBy(unit => unit.Name).ToDictionary(group => group.Key, group => group.First().Id);

    /// <summary>The entry and everything below it, as far as it is missing; adds what it makes to the known places.</summary>
    IEnumerable<Place> Add(Entry entry, Place? parent, int position, Guid companyId, Dictionary<string, Place> known, Dictionary<string, Guid> departments)
    {
        if (!known.TryGetValue(entry.Id, out var place))
        {
            place = new Place(companyId, Enum.Parse<PlaceLevel>(entry.Level, ignoreCase: true), entry.Name, entry.Code, parent) { ContentId = entry.Id, Position = position };
            Guid? unit = entry.Department is not null && departments.TryGetValue(entry.Department, out var found) ? found : null;
            place.Describe(entry.Kks ?? "", unit, entry.Aliases ?? []);
            known[entry.Id] = place;
            db.Places.Add(place);
            yield return place;
        }
        foreach (var (index, child) in (entry.Children ?? []).Index())
            foreach (var below in Add(child, place, index, companyId, known, departments))
                yield return below;
    }

    async Task AddWordsAsync(Guid companyId, Dictionary<string, Place> known, CancellationToken cancel)
    {
        var file = await ReadAsync<WordsFile>("ledger-place-map.json", cancel);
        var words = (await db.PlaceWords.Where(word => word.CompanyId == companyId).Select(word => new { word.Kind, word.Word }).ToListAsync(cancel))
            .Select(word => (word.Kind, word.Word)).ToHashSet();
        var wanted = file.Locations.Select(pair => (Kind: PlaceWordKind.Location, Word: pair.Key.Trim(), Place: pair.Value))
            .Concat(file.Equipment.Select(pair => (Kind: PlaceWordKind.Equipment, Word: pair.Key.Trim(), Place: pair.Value)));
        foreach (var (kind, word, place) in wanted)
            if (words.Add((kind, word))) db.PlaceWords.Add(new PlaceWord(companyId, kind, word, known[place].Id));
    }

    static async Task<T> ReadAsync<T>(string name, CancellationToken cancel)
    {
        await using var file = File.OpenRead(Path.Combine(Folder, name));
        return await JsonSerializer.DeserializeAsync<T>(file, Json, cancel) ?? throw new InvalidDataException($"Content file {name} is empty.");
    }
}
