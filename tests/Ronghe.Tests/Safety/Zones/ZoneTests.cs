using Ronghe.Platform;
using Ronghe.Safety.Zones;

namespace Ronghe.Tests.Safety.Zones;

public class ZoneTests
{
    static readonly DateOnly Day = new(2026, 11, 20);
    static readonly Guid Place = Guid.CreateVersion7(), Wang = Guid.CreateVersion7(), Chen = Guid.CreateVersion7();

    static ZoneFacts Facts(string name = "锅炉责任区", string corners = "", params Guid[] places) =>
        new(name, null, null, ["CK01"], "每周 1 次", Outline.Parse(corners), places.Length == 0 && corners == "" ? [Place] : places);

    static Zone AZone() => new(Guid.CreateVersion7(), Facts());

    [Fact]
    public void A_new_lead_ends_the_term_of_the_one_before()
    {
        var zone = AZone();
        zone.Appoint(Wang, ZoneRole.Lead, Day.AddDays(-30), null);
        zone.Appoint(Chen, ZoneRole.Lead, Day, null);
        Assert.Equal(Chen, zone.Current(ZoneRole.Lead, Day)!.PersonId);
        Assert.Equal(Wang, zone.Current(ZoneRole.Lead, Day.AddDays(-1))!.PersonId);
        Assert.Equal(Day.AddDays(-1), zone.Leads[0].To);
    }

    [Fact]
    public void Nobody_is_lead_and_deputy_at_once_or_from_before_the_present_lead()
    {
        var zone = AZone();
        zone.Appoint(Wang, ZoneRole.Lead, Day, null);
        Assert.Throws<Refusal>(() => zone.Appoint(Wang, ZoneRole.Deputy, Day, null));
        Assert.Throws<Refusal>(() => zone.Appoint(Chen, ZoneRole.Lead, Day, null));
        Assert.Throws<Refusal>(() => zone.Appoint(Chen, ZoneRole.Deputy, Day, Day.AddDays(-1)));
        Assert.Single(zone.Leads);
    }

    [Fact]
    public void A_term_that_is_over_leaves_a_gap()
    {
        var zone = AZone();
        var lead = zone.Appoint(Wang, ZoneRole.Lead, Day.AddDays(-10), null);
        zone.EndTerm(lead.Id, Day);
        Assert.NotNull(zone.Current(ZoneRole.Lead, Day));
        Assert.Null(zone.Current(ZoneRole.Lead, Day.AddDays(1)));
        Assert.Throws<Refusal>(() => zone.EndTerm(lead.Id, Day));
    }

    [Fact]
    public void A_retired_zone_gives_up_its_places_and_changes_no_more()
    {
        var zone = AZone();
        zone.Retire();
        Assert.Empty(zone.Places);
        Assert.Throws<Refusal>(() => zone.Restate(Facts()));
        Assert.Throws<Refusal>(() => zone.Appoint(Wang, ZoneRole.Lead, Day, null));
        Assert.Throws<Refusal>(zone.Retire);
    }

    [Theory]
    [InlineData("10,10\n20,10", "三个顶点")]
    [InlineData("10,10\n20", "不是一个顶点")]
    [InlineData("10,10\nx,3\n4,4", "不是一个顶点")]
    [InlineData("-1,10\n20,10\n20,20", "外面")]
    [InlineData("0,0\n100,100\n100,0\n0,100", "交叉")]
    public void A_shape_that_is_none_is_refused(string corners, string word) =>
        Assert.Contains(word, Assert.Throws<Refusal>(() => Facts(corners: corners).Check()).Message);

    [Fact]
    public void A_shape_keeps_its_place_on_a_plan_of_another_size()
    {
        var shape = Outline.Parse("0,0；1600，1000\n 800 1000");
        shape.Check();
        Assert.Equal("0,0 800,2000 400,2000", shape.Scale(new(1600, 1000), new(800, 2000)).ToString());
        Assert.Throws<Refusal>(() => shape.CheckOn(new(1599, 1000)));
    }

    [Fact]
    public void A_zone_is_somewhere_and_has_a_name()
    {
        Assert.Throws<Refusal>(() => new ZoneFacts("区", null, null, [], "", Outline.None, []).Check());
        Assert.Throws<Refusal>(() => Facts(" ").Check());
        Assert.Throws<Refusal>(() => Facts(new string('长', 41)).Check());
    }
}
