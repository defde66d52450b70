using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Organisation.Places;
using Ronghe.Organisation.Units;
using Ronghe.Platform;

namespace Ronghe.Tests.Organisation;

public class PlaceTests
{
    [Fact]
    public async Task The_pack_fills_the_plant_whose_name_it_carries_once()
    {
        await using var office = await Office.OpenAsync();
        var fuel = await office.UnitAsync("燃料部");
        Assert.True(await office.AskAsync<PlacePack, bool>(Me.System, pack => pack.FitsAsync(office.Company)));
        var added = await office.AskAsync<PlacePack, int>(Me.System, pack => pack.LoadAsync(office.Company));
        Assert.True(added > 100);
        Assert.Equal(0, await office.AskAsync<PlacePack, int>(Me.System, pack => pack.LoadAsync(office.Company)));
        Assert.Equal(added, await office.ReadAsync(db => db.Places.CountAsync()));
        var hopper = await office.ReadAsync(db => db.Places.SingleAsync(place => place.ContentId == "P-A05-01"));
        Assert.Equal(fuel, hopper.UnitId);
        Assert.StartsWith("燃料区域 · ", hopper.FullName);
        Assert.False(await office.AskAsync<PlacePack, bool>(Me.System, pack => pack.FitsAsync(office.Company)));
    }

    [Fact]
    public async Task Another_plant_gets_none_of_them()
    {
        await using var office = await Office.OpenAsync();
        var other = await office.AskAsync<UnitActions, Guid>(Me.System, units => units.CreateAsync(new(UnitKind.Plant, "别的热电厂", "20", null)));
        Assert.Equal(0, await office.AskAsync<PlacePack, int>(Me.System, pack => pack.LoadAsync(other)));
    }

    [Fact]
    public async Task Ledger_words_lead_to_places_and_can_be_pointed_anew()
    {
        await using var office = await Office.OpenAsync();
        await office.AsAsync<PlacePack>(Me.System, pack => pack.LoadAsync(office.Company));
        var words = await office.AskAsync<PlaceWords, PlaceWordMap>(Me.System, all => all.MapAsync(office.Company));
        Assert.Equal(155 + 160, words.Count);
        var turnstile = await office.ReadAsync(db => db.Places.SingleAsync(place => place.ContentId == "P-A14-02"));
        Assert.Equal(turnstile.Id, words.Find(PlaceWordKind.Location, " 保卫门岗 "));
        Assert.Null(words.Find(PlaceWordKind.Location, "月球背面"));

        var elsewhere = await office.ReadAsync(db => db.Places.SingleAsync(place => place.ContentId == "P-A14-01"));
        await office.AsAsync<PlaceWords>(Me.System, all => all.SetAsync(PlaceWordKind.Location, "保卫门岗", elsewhere.Id));
        await office.AsAsync<PlacePack>(Me.System, pack => pack.LoadAsync(office.Company));
        words = await office.AskAsync<PlaceWords, PlaceWordMap>(Me.System, all => all.MapAsync(office.Company));
        Assert.Equal(elsewhere.Id, words.Find("保卫门岗", "没有这种设备"));
    }

    [Theory]
    [InlineData("给煤机")]
    [InlineData("12.6m")]
    [InlineData("10HFB10")]
    [InlineData("CL-GL-04")]
    public async Task Equipment_is_found_by_name_other_name_code_and_kks(string typed)
    {
        await using var office = await Office.OpenAsync();
        await office.AsAsync<PlacePack>(Me.System, pack => pack.LoadAsync(office.Company));
        var found = await office.AskAsync<PlaceQueries, IReadOnlyList<PlaceRow>>(Me.System, places => places.FindAsync(typed, 50));
        Assert.Contains(found, place => place.FullName == "锅炉房 · #1炉给煤机（12.6m层）");
        Assert.True(found.Count < 20);
    }

    [Fact]
    public async Task A_renamed_area_renames_what_stands_in_it()
    {
        await using var office = await Office.OpenAsync();
        var (_, area, pump) = await SmallSiteAsync(office);
        await office.AsAsync<PlaceActions>(Me.System, places => places.RenameAsync(area, "水泵楼", 1));
        Assert.Equal("水泵楼 · 1号泵", await office.ReadAsync(db => db.Places.Where(place => place.Id == pump).Select(place => place.FullName).SingleAsync()));
        Assert.Single(await office.AskAsync<PlaceQueries, IReadOnlyList<PlaceRow>>(Me.System, places => places.FindAsync("水泵楼1号", 5)));
    }

    [Fact]
    public async Task A_place_is_retired_after_what_stands_in_it()
    {
        await using var office = await Office.OpenAsync();
        var (_, area, pump) = await SmallSiteAsync(office);
        await Assert.ThrowsAsync<Refusal>(() => office.AsAsync<PlaceActions>(Me.System, places => places.RetireAsync(area, 1)));
        await office.AsAsync<PlaceActions>(Me.System, places => places.RetireAsync(pump, 1));
        await office.AsAsync<PlaceActions>(Me.System, places => places.RetireAsync(area, 1));
        await Assert.ThrowsAsync<Refusal>(() => office.AsAsync<PlaceActions>(Me.System, places => places.RenameAsync(area, "别名", 2)));
    }

    [Fact]
    public async Task Places_are_kept_by_the_system_administrator()
    {
        await using var office = await Office.OpenAsync();
        var (site, _, _) = await SmallSiteAsync(office);
        var worker = await office.MeAsync(await office.PersonAsync("000001", "王磊", office.Company));
        await Assert.ThrowsAsync<Forbidden>(() => office.AsAsync<PlaceActions>(worker, places => places.RenameAsync(site, "改名", 1)));
        var person = await office.PersonAsync("000002", "孙丽萍", office.Company);
        await office.AppointAsync(person, office.Company, Posts.SystemAdministrator);
        await office.AsAsync<PlaceActions>(await office.MeAsync(person), async places => await places.RenameAsync(site, "改名", 1));
        var detail = await office.AskAsync<PlaceQueries, PlaceDetail>(worker, places => places.DetailAsync(site));
        Assert.Equal(("改名", true), (detail.Name, detail.Acts.IsEmpty));
    }

    static async Task<(Guid Site, Guid Area, Guid Pump)> SmallSiteAsync(Office office)
    {
        var site = await CreateAsync(office, PlaceLevel.Site, "厂区", "S", null);
        var area = await CreateAsync(office, PlaceLevel.Area, "水泵房", "S-1", site);
        return (site, area, await CreateAsync(office, PlaceLevel.Equipment, "1号泵", "S-1-1", area));
    }

    static Task<Guid> CreateAsync(Office office, PlaceLevel level, string name, string code, Guid? parent) => office.AskAsync<PlaceActions, Guid>(
        Me.System, places => places.CreateAsync(new(level, name, code, parent) { CompanyId = office.Company }));
}
