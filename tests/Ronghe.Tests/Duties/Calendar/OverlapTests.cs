using Ronghe.Duties.Calendar;

namespace Ronghe.Tests.Duties.Calendar;

/// <summary>How two lines meet, told by their days, units and people.</summary>
public class OverlapTests
{
    static readonly Guid Crew = Guid.CreateVersion7(), Department = Guid.CreateVersion7(), Elsewhere = Guid.CreateVersion7(), Zhang = Guid.CreateVersion7(), Li = Guid.CreateVersion7();
    static readonly HashSet<(Guid, Guid)> Above = [(Crew, Department)];

    static CalendarEntry Line(PlanTag tag, int from, int to, Guid unit, bool binding = false, params Guid[] people) =>
        new("plan", Guid.CreateVersion7(), "事", new(2026, 11, from), new(2026, 11, to), tag, "/", binding ? "检修" : "例会") { Work = new([unit], people) { IsBinding = binding } };

    static OverlapKind? Compare(CalendarEntry party, CalendarEntry production) => CalendarOverlaps.Compare(party, production, Above)?.Kind;

    [Fact]
    public void The_same_unit_on_the_same_day_can_be_one_activity()
    {
        var party = Line(PlanTag.Party, 24, 24, Crew);
        Assert.Equal(OverlapKind.SameDay, Compare(party, Line(PlanTag.Production, 24, 24, Crew)));
        // A department's meeting is its crews' too.
        Assert.Equal(OverlapKind.SameDay, Compare(party, Line(PlanTag.Production, 23, 25, Department)));
        Assert.Equal(OverlapKind.SameDay, Compare(Line(PlanTag.Party, 24, 24, Department), Line(PlanTag.Production, 24, 24, Crew)));
        Assert.Null(Compare(party, Line(PlanTag.Production, 24, 24, Elsewhere)));
    }

    [Fact]
    public void The_same_week_can_be_moved_together_and_the_next_one_is_another_matter()
    {
        // 23 November 2026 is a Monday.
        Assert.Equal(OverlapKind.SameWeek, Compare(Line(PlanTag.Party, 23, 23, Crew), Line(PlanTag.Production, 27, 27, Crew)));
        Assert.Null(Compare(Line(PlanTag.Party, 22, 22, Crew), Line(PlanTag.Production, 23, 23, Crew)));
        Assert.Null(Compare(Line(PlanTag.Party, 23, 23, Crew), Line(PlanTag.Production, 26, 27, Crew, binding: true)));
    }

    [Fact]
    public void The_same_people_on_the_same_day_are_a_clash_wherever_it_is()
    {
        Assert.Equal(OverlapKind.Clash, Compare(Line(PlanTag.Party, 24, 24, Crew, false, Zhang, Li), Line(PlanTag.Production, 24, 24, Elsewhere, false, Li)));
        Assert.Null(Compare(Line(PlanTag.Party, 24, 24, Crew, false, Zhang), Line(PlanTag.Production, 24, 24, Elsewhere, false, Li)));
        Assert.Null(Compare(Line(PlanTag.Party, 24, 24, Crew, false, Li), Line(PlanTag.Production, 25, 25, Elsewhere, false, Li)));
    }

    [Fact]
    public void An_overhaul_ties_people_down() =>
        Assert.Equal(OverlapKind.Clash, Compare(Line(PlanTag.Party, 24, 24, Crew), Line(PlanTag.Production, 20, 30, Department, binding: true)));
}
