using Ronghe.Findings;
using Ronghe.Platform;
using Ronghe.Safety.Risks;

namespace Ronghe.Tests.Safety.Risks;

public class RiskSessionTests
{
    static readonly DateTimeOffset Now = new(2026, 11, 16, 1, 12, 0, TimeSpan.Zero);
    static readonly DateOnly Today = new(2026, 11, 16);
    static readonly Guid Company = Guid.CreateVersion7(), Node = Guid.CreateVersion7(), Chair = Guid.CreateVersion7(), Other = Guid.CreateVersion7(), Risk = Guid.CreateVersion7();
    static readonly RiskSessionInputs Nothing = new(Now, Now, null, [], [], 0, [], [], [], [], [], new(0, 0, 0, 0, 0, 0));
    static readonly StudiedRisk Done = new(Risk, "皮带机绞伤", RiskState.Assessed, RiskLevel.Orange, true, 1, 0);
    static readonly SessionFinding Settled = new(Guid.CreateVersion7(), "YH-2026-0001", "护栏松动", FindingStatus.Assigned, Other, Today);

    static RiskSessionPlan Plan() => new(RiskKind.Safety, "四季度安全风险研判", Node, new(2026, 10, 1), new(2026, 12, 31), Today, Chair, [Other, Chair, Other], "2 号机 C 修");

    static RiskSession In(RiskSessionStatus status)
    {
        var session = RiskSession.Plan(Guid.CreateVersion7(), Company, Plan(), Chair, Now, Today);
        if (status == RiskSessionStatus.Cancelled) session.Cancel("并入月度例会", Now);
        if (status is RiskSessionStatus.Planned or RiskSessionStatus.Cancelled) return session;
        session.Hold(Today, [Chair, Other], Nothing, Now, Today);
        if (status == RiskSessionStatus.Closed) session.Close("盯住输煤", [Done], [Settled], Now);
        return session;
    }

    static void Do(RiskSessionVerb verb, RiskSession session)
    {
        switch (verb)
        {
            case RiskSessionVerb.Take: session.Take([Risk]); break;
            case RiskSessionVerb.Drop: session.Drop(Risk, isStudied: false); break;
            case RiskSessionVerb.Hold: session.Hold(Today, [Chair, Other], Nothing, Now, Today); break;
            case RiskSessionVerb.Report: session.Report(); break;
            case RiskSessionVerb.Close: session.Close("盯住输煤", [Done], [], Now); break;
            default: session.Cancel("不开了", Now); break;
        }
    }

    static readonly Dictionary<RiskSessionStatus, RiskSessionVerb[]> Expected = new()
    {
        [RiskSessionStatus.Planned] = [RiskSessionVerb.Take, RiskSessionVerb.Drop, RiskSessionVerb.Hold, RiskSessionVerb.Cancel],
        [RiskSessionStatus.Held] = [RiskSessionVerb.Take, RiskSessionVerb.Drop, RiskSessionVerb.Report, RiskSessionVerb.Close],
        [RiskSessionStatus.Closed] = [],
        [RiskSessionStatus.Cancelled] = [],
    };

    public static TheoryData<RiskSessionStatus, RiskSessionVerb> EveryStatusAndVerb() => StateMatrix.Of<RiskSessionStatus, RiskSessionVerb>(RiskSession.Possible.Keys);

    [Theory, MemberData(nameof(EveryStatusAndVerb))]
    public void Each_status_allows_its_verbs_and_refuses_every_other_without_a_change(RiskSessionStatus status, RiskSessionVerb verb)
    {
        var session = In(status);
        Assert.Equal(status, session.Status);
        Assert.Equal(Expected[status].Contains(verb), session.Can(verb));
        if (session.Can(verb)) Do(verb, session);
        else
        {
            Assert.NotEmpty(Assert.ThrowsAny<Refusal>(() => Do(verb, session)).Message);
            Assert.Equal(status, session.Status);
        }
    }

    [Fact]
    public void It_ends_only_with_every_risk_rated_every_measure_somebodys_and_every_problem_in_good_hands()
    {
        string Why(StudiedRisk risk, params SessionFinding[] findings) => Assert.Throws<Refusal>(() => In(RiskSessionStatus.Held).Close("盯住输煤", [risk], findings, Now)).Message;
        Assert.Contains("还没有列入", Assert.Throws<Refusal>(() => In(RiskSessionStatus.Held).Close("盯住输煤", [], [], Now)).Message);
        Assert.Contains("还没有在这次会上评级", Why(Done with { IsStudied = false }));
        Assert.Contains("还等另一位领导确认", Why(Done with { State = RiskState.Proposed }));
        Assert.Contains("还没有措施", Why(Done with { Measures = 0 }));
        Assert.Contains("责任人已离岗", Why(Done with { Adrift = 1 }));
        Assert.Contains("YH-2026-0001", Why(Done, Settled with { DueOn = null }));
        Assert.Equal("Conclusion", Assert.Throws<Refusal>(() => In(RiskSessionStatus.Held).Close(" ", [Done], [], Now)).Field);
        In(RiskSessionStatus.Held).Close("盯住输煤", [Done, Done with { Level = RiskLevel.Blue, Measures = 0 }], [Settled], Now);
    }

    [Fact]
    public void It_is_held_by_at_least_two_and_not_before_its_day_comes()
    {
        Assert.Equal("PresentIds", Assert.Throws<Refusal>(() => In(RiskSessionStatus.Planned).Hold(Today, [Chair, Chair], Nothing, Now, Today)).Field);
        Assert.Equal("HeldOn", Assert.Throws<Refusal>(() => In(RiskSessionStatus.Planned).Hold(Today.AddDays(1), [Chair, Other], Nothing, Now, Today)).Field);
        Assert.Equal([Other], In(RiskSessionStatus.Planned).InvitedIds);
        Assert.Equal("RiskIds", Assert.Throws<Refusal>(() => In(RiskSessionStatus.Planned).Take([])).Field);
        Assert.Contains("不能撤下", Assert.Throws<Refusal>(() => In(RiskSessionStatus.Held).Drop(Risk, isStudied: true)).Message);
    }

    [Fact]
    public void A_plan_says_what_when_and_by_whom()
    {
        Assert.Equal("Title", Assert.Throws<Refusal>(() => (Plan() with { Title = "" }).Check(Today)).Field);
        Assert.Equal("To", Assert.Throws<Refusal>(() => (Plan() with { To = new(2026, 9, 30) }).Check(Today)).Field);
        Assert.Equal("From", Assert.Throws<Refusal>(() => (Plan() with { From = DateOnly.MaxValue, To = DateOnly.MaxValue }).Check(Today)).Field);
        Assert.Equal("To", Assert.Throws<Refusal>(() => (Plan() with { To = new(2062, 12, 31) }).Check(Today)).Field);
        Assert.Equal("On", Assert.Throws<Refusal>(() => (Plan() with { On = new(2036, 11, 16) }).Check(Today)).Field);
        Assert.Equal("ChairId", Assert.Throws<Refusal>(() => (Plan() with { ChairId = Guid.Empty }).Check(Today)).Field);
    }
}
