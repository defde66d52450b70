using Ronghe.Organisation.People;
using Ronghe.Organisation.Places;
using Ronghe.Platform.Search;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation;

/// <summary>What forms choose from, and the organisation's sections of the search page. Both ask the same queries as the pages.</summary>
static class OrganisationPickers
{
    const int MostPicks = 20;

    public static IServiceCollection AddOrganisationPickers(this IServiceCollection services) => services
        .AddSingleton(new PickerSource("people", "人员", async (http, q, cancel) =>
            [.. (await PeopleAsync(http, q, cancel)).Select(row => new Pick(row.Id, row.Name, $"{row.Number} · {row.UnitPath}"))]))
        .AddSingleton(NodePicker("units", "单位", OrganisationTree.Units))
        .AddSingleton(NodePicker("party-organisations", "党组织", OrganisationTree.Party))
        .AddSingleton(NodePicker("nodes", "单位或党组织", null))
        .AddSingleton(new PickerSource("places", "地点", async (http, q, cancel) =>
            [.. (await Ask<PlaceQueries>(http).FindAsync(q, MostPicks, cancel)).Select(row => new Pick(row.Id, row.FullName, $"{row.Level.Title()} · {row.Code}"))]));

    public static IServiceCollection AddOrganisationSearch(this IServiceCollection services) => services
        .AddSingleton(new SearchSource(10, "人员", "users", async (http, q, most, cancel) =>
            [.. (await Ask<PeopleQueries>(http).FindAsync(q, most, cancel)).Select(row => new SearchHit(
                $"/people/{row.Id}", row.Name, string.Join(" · ", new[] { row.Number, row.UnitPath, row.PostTitles is "" ? row.Position : row.PostTitles }.Where(part => part != ""))))])
        { More = q => "/people?q=" + Uri.EscapeDataString(q) })
        .AddSingleton(new SearchSource(20, "单位与党组织", "sitemap", async (http, q, most, cancel) =>
            [.. (await Ask<TreeQueries>(http).FindAsync(null, q, most, cancel)).Select(row => new SearchHit($"/units/{row.Id}", row.Name, row.Detail))]))
        .AddSingleton(new SearchSource(30, "地点与设备", "map-pin", async (http, q, most, cancel) =>
            [.. (await Ask<PlaceQueries>(http).FindAsync(q, most, cancel)).Select(row => new SearchHit(
                $"/places/{row.Id}", row.FullName, row.UnitName is null ? row.Code : $"{row.Code} · {row.UnitName}负责"))])
        { More = q => "/places?q=" + Uri.EscapeDataString(q) });

    /// <summary>With <c>?unit=</c> people of that unit come first; others only when words were typed.</summary>
    static async Task<IEnumerable<PersonRow>> PeopleAsync(HttpContext http, string q, CancellationToken cancel)
    {
        var people = Ask<PeopleQueries>(http);
        if (!Guid.TryParse(http.Request.Query["unit"], out var unit)) return await people.FindAsync(q, MostPicks, cancel);
        var near = (await people.ListAsync(new PeopleFilter { Q = q, Unit = unit, Limit = MostPicks }, cancel)).Rows;
        return near.Count == MostPicks || q is "" ? near : near.Concat(await people.FindAsync(q, MostPicks, cancel)).DistinctBy(row => row.Id).Take(MostPicks);
    }

    static PickerSource NodePicker(string kind, string word, OrganisationTree? tree) => new(kind, word, async (http, q, cancel) =>
        [.. (await Ask<TreeQueries>(http).FindAsync(tree, q, MostPicks, cancel)).Select(row => new Pick(row.Id, row.Name, row.Detail))]);

    static T Ask<T>(HttpContext http) where T : notnull => http.RequestServices.GetRequiredService<T>();
}
