using Ronghe.Duties.Calendar;
using Ronghe.Platform;

namespace Ronghe.Tests.Duties.Calendar;

public class PlanEntryTests
{
    static readonly DateOnly Today = new(2026, 11, 20);
    static readonly Guid Unit = Guid.CreateVersion7(), Me = Guid.CreateVersion7(), Lead = Guid.CreateVersion7(), Other = Guid.CreateVersion7();

    static PlanFacts Facts(PlanTag tag = PlanTag.Production, string title = "安全例会", DateOnly? from = null, DateOnly? to = null) =>
        new(PlanKind.SafetyMeeting, tag, title, Unit, from ?? Today, to ?? from ?? Today, Lead, [Other, Lead, Other]);

    static PlanEntry Planned(PlanTag tag = PlanTag.Production) => new(Guid.CreateVersion7(), Guid.CreateVersion7(), Facts(tag), Me, TestClock.Start, Today);

    static PlanEntry In(PlanState state)
    {
        var plan = Planned();
        if (state == PlanState.Cancelled) plan.Cancel("推迟");
        if (state == PlanState.Joined) Planned(PlanTag.Party).Join(plan);
        return plan;
    }

    static readonly Dictionary<PlanVerb, Action<PlanEntry>> Acts = new()
    {
        [PlanVerb.Restate] = plan => plan.Restate(Facts(title: "改过"), Today),
        [PlanVerb.Join] = plan => plan.Join(Planned(PlanTag.Party)),
        [PlanVerb.Cancel] = plan => plan.Cancel("推迟"),
    };

    [Fact]
    public void In_each_state_the_possible_verbs_work_and_all_others_refuse_and_change_nothing()
    {
        foreach (var state in Enum.GetValues<PlanState>())
            foreach (var (verb, act) in Acts)
            {
                var plan = In(state);
                Assert.Equal(state, plan.State);
                if (plan.Can(verb)) act(plan);
                else
                {
                    Assert.Throws<Refusal>(() => act(plan));
                    Assert.Equal((state, "安全例会"), (plan.State, plan.Title));
                }
            }
    }

    [Fact]
    public void Two_become_one_that_carries_both_tags_and_everybody()
    {
        var (meeting, party) = (Planned(), Planned(PlanTag.Party));
        meeting.Join(party);
        Assert.Equal((PlanTag.Both, PlanState.Planned), (meeting.Tag, meeting.State));
        Assert.Equal((PlanState.Joined, meeting.Id), (party.State, party.JoinedIntoId));
        Assert.Equal([Other], meeting.PeopleIds);
    }

    [Fact]
    public void Two_of_the_same_side_and_one_with_itself_are_refused()
    {
        var (one, other) = (Planned(), Planned());
        Assert.Throws<Refusal>(() => one.Join(other));
        Assert.Throws<Refusal>(() => one.Join(one));
        Assert.Equal((PlanState.Planned, PlanTag.Production), (other.State, one.Tag));
    }

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "", "2026-11-20", "2026-11-20" },
        { new string('长', 61), "2026-11-20", "2026-11-20" },
        { "例会", "2026-11-20", "2026-11-19" },
        { "例会", "2026-11-20", "2027-11-19" },
        { "例会", "2020-11-20", "2020-11-20" },
        { "例会", "2039-11-20", "2039-11-20" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void What_cannot_be_is_refused(string title, string from, string to) =>
        Assert.Throws<Refusal>(() => Facts(title: title, from: DateOnly.Parse(from), to: DateOnly.Parse(to)).Check(Today));
}
