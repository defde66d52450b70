using System.Text.Json;
using Ronghe.Platform;
using Ronghe.Platform.Rules;
using Ronghe.Safety.Risks;

namespace Ronghe.Tests.Safety.Risks;

public class RiskTests
{
    static readonly DateTimeOffset Now = new(2026, 11, 16, 1, 12, 0, TimeSpan.Zero);
    static readonly DateOnly Today = new(2026, 11, 16);
    static readonly Guid Company = Guid.CreateVersion7(), Unit = Guid.CreateVersion7(), Assessor = Guid.CreateVersion7(), Leader = Guid.CreateVersion7(), Owner = Guid.CreateVersion7();
    static readonly RiskPack Pack = RiskPack.Load(Program.ContentFolder, RuleBook.Load(Program.ContentFolder));
    static readonly RiskEdition Default = new(0, Pack.Rules);

    static readonly decimal[] Red = [3, 6, 40], Orange = [1, 6, 40], Yellow = [1, 6, 15], Blue = [0.5m, 6, 15];

    static Risk Identified(RiskKind kind = RiskKind.Safety) =>
        Risk.Identify(Guid.CreateVersion7(), Company, kind, new RiskFacts("皮带机绞伤", "清煤时被卷入", Unit, null, "2 号皮带机", "机械致害", Owner), Assessor, Now);

    static RiskAssessment Assess(Risk risk, decimal[] values, string note = "重新看过现场", int day = 0) =>
        risk.Assess(Default.Rate(RiskMethod.Lec, values), new(note, Leader), Assessor, Now.AddDays(day), Today.AddDays(day));

    /// <summary>A risk that was led to the state by its own verbs.</summary>
    static Risk In(RiskState state)
    {
        var risk = Identified();
        if (state == RiskState.Identified) return risk;
        Assess(risk, state == RiskState.Proposed ? Red : Orange);
        if (state is RiskState.Proposed or RiskState.Assessed) return risk;
        risk.Control(measures: 1);
        if (state == RiskState.Controlled) return risk;
        Assess(risk, Yellow, day: 1);
        if (state == RiskState.Closed) risk.Close("已改为封闭输煤", 0, Now.AddDays(2));
        return risk;
    }

    static void Do(RiskVerb verb, Risk risk)
    {
        switch (verb)
        {
            case RiskVerb.Restate: risk.Restate(new RiskFacts("皮带机绞伤", "清煤、调偏时被卷入", Unit, null, "", "", Owner)); break;
            case RiskVerb.Assess: Assess(risk, Blue, day: 3); break;
            case RiskVerb.Confirm: risk.Confirm("", Leader, Now, Today); break;
            case RiskVerb.SendBack: risk.SendBack("没有看现场", Leader, Now); break;
            case RiskVerb.AddMeasure: risk.AddMeasure(); break;
            case RiskVerb.Control: risk.Control(1); break;
            default: risk.Close("已消除", 0, Now); break;
        }
    }

    /// <summary>For each state what can be done, written out by hand, so that a slip in the table shows.</summary>
    static readonly Dictionary<RiskState, RiskVerb[]> Expected = new()
    {
        [RiskState.Identified] = [RiskVerb.Restate, RiskVerb.Assess, RiskVerb.Close],
        [RiskState.Proposed] = [RiskVerb.Restate, RiskVerb.Assess, RiskVerb.Confirm, RiskVerb.SendBack, RiskVerb.AddMeasure],
        [RiskState.Assessed] = [RiskVerb.Restate, RiskVerb.Assess, RiskVerb.AddMeasure, RiskVerb.Control],
        [RiskState.Controlled] = [RiskVerb.Restate, RiskVerb.Assess, RiskVerb.AddMeasure, RiskVerb.Close],
        [RiskState.Lowered] = [RiskVerb.Restate, RiskVerb.Assess, RiskVerb.AddMeasure, RiskVerb.Close],
        [RiskState.Closed] = [RiskVerb.Assess],
    };

    public static TheoryData<RiskState, RiskVerb> EveryStateAndVerb() => StateMatrix.Of<RiskState, RiskVerb>(RiskStates.Possible.Keys);

    [Theory, MemberData(nameof(EveryStateAndVerb))]
    public void Each_state_allows_its_verbs_and_refuses_every_other_without_a_change(RiskState state, RiskVerb verb)
    {
        var risk = In(state);
        Assert.Equal(state, risk.State);
        Assert.Equal(Expected[state].Contains(verb), risk.Can(verb));
        if (risk.Can(verb)) Do(verb, risk);
        else
        {
            Assert.NotEmpty(Assert.ThrowsAny<Refusal>(() => Do(verb, risk)).Message);
            Assert.Equal(state, risk.State);
        }
    }

    [Theory]
    [InlineData(RiskMethod.Lec, RiskLevel.Red, 3.0, 6.0, 40.0)] // 720
    [InlineData(RiskMethod.Lec, RiskLevel.Orange, 0.5, 6.0, 100.0)] // 300
    [InlineData(RiskMethod.Lec, RiskLevel.Yellow, 3.0, 3.0, 15.0)] // 135
    [InlineData(RiskMethod.Lec, RiskLevel.Yellow, 10.0, 1.0, 7.0)] // 70
    [InlineData(RiskMethod.Lec, RiskLevel.Blue, 3.0, 3.0, 7.0)] // 63
    [InlineData(RiskMethod.Matrix, RiskLevel.Red, 4.0, 5.0)] // 20
    [InlineData(RiskMethod.Matrix, RiskLevel.Orange, 4.0, 4.0)] // 16
    [InlineData(RiskMethod.Matrix, RiskLevel.Orange, 3.0, 5.0)] // 15
    [InlineData(RiskMethod.Matrix, RiskLevel.Yellow, 3.0, 4.0)] // 12
    [InlineData(RiskMethod.Matrix, RiskLevel.Yellow, 3.0, 3.0)] // 9
    [InlineData(RiskMethod.Matrix, RiskLevel.Blue, 2.0, 4.0)] // 8
    public void Points_come_to_the_level_of_the_sourced_bounds(RiskMethod method, RiskLevel level, params double[] values) =>
        Assert.Equal(level, Default.Rate(method, [.. values.Select(value => (decimal)value)]).Level);

    [Theory]
    [InlineData(320.01, RiskLevel.Red)]
    [InlineData(320, RiskLevel.Orange)]
    [InlineData(160, RiskLevel.Orange)]
    [InlineData(159.99, RiskLevel.Yellow)]
    [InlineData(70, RiskLevel.Yellow)]
    [InlineData(69.99, RiskLevel.Blue)]
    public void A_bound_lies_on_the_side_that_the_rules_say(double score, RiskLevel level)
    {
        var bands = Pack.Rules.Of(RiskMethod.Lec).Bands;
        Assert.Equal(level, bands.Where(band => band.Holds((decimal)score)).Select(band => (RiskLevel?)band.Level).Max() ?? RiskLevel.Blue);
    }

    [Fact]
    public void Every_example_of_the_content_comes_to_the_colour_that_the_content_says_and_scales_have_their_words()
    {
        using var content = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Program.ContentFolder, "safety", "risks.json")));
        foreach (var item in content.RootElement.GetProperty("items").EnumerateArray())
        {
            var sample = Pack.Find(item.GetProperty("id").GetString())!;
            Assert.Equal(item.GetProperty("initial").GetProperty("colour").GetString(), Default.Rate(sample.Method, sample.Initial).Level.Colour());
            Assert.Equal(item.GetProperty("residual").GetProperty("colour").GetString(), Default.Rate(sample.Method, sample.Expected).Level.Colour());
        }
        Assert.Equal(30, Pack.Samples.Count);
        Assert.Equal("L=0.5 很不可能，E=6 每天工作时间，C=100 大灾难许多人死亡", Pack.Rules.Of(RiskMethod.Lec).Say([0.5m, 6, 100]));
        Assert.Equal([7, 6, 6], Pack.Rules.Of(RiskMethod.Lec).Factors.Select(factor => factor.Steps.Count));
        Assert.Equal([5, 4, 3, 2, 1], Pack.Rules.Of(RiskMethod.Matrix).Factors[1].Steps.Select(step => step.Value));
    }

    [Fact]
    public void Points_that_are_not_on_the_scale_are_refused()
    {
        Assert.Contains("没有 2 这一档", Assert.Throws<Refusal>(() => Default.Rate(RiskMethod.Lec, [2, 6, 15])).Message);
        Assert.Equal("Values", Assert.Throws<Refusal>(() => Default.Rate(RiskMethod.Matrix, [2, 3, 4])).Field);
        Assert.Equal("Method", Assert.Throws<Refusal>(() => Assess(Identified(RiskKind.Business), Yellow)).Field);
    }

    [Fact]
    public void Red_counts_at_once_but_waits_for_a_second_person()
    {
        var risk = In(RiskState.Proposed);
        Assert.Equal((RiskLevel.Red, (RiskLevel?)null), (risk.Level, risk.Agreed));
        Assert.Throws<Forbidden>(() => risk.Confirm("", Assessor, Now, Today));
        Assert.Throws<Forbidden>(() => risk.SendBack("不同意", Assessor, Now));
        Assert.Equal(RiskState.Proposed, risk.State);
        risk.Confirm("停机整改", Leader, Now, Today);
        Assert.Equal((RiskState.Assessed, RiskLevel.Red, Today.AddDays(30)), (risk.State, risk.Level, risk.ReviewOn));
        var alone = Identified();
        Assert.Equal("ConfirmerId", Assert.Throws<Refusal>(() => alone.Assess(Default.Rate(RiskMethod.Lec, Red), new("", null), Assessor, Now, Today)).Field);
        Assert.Equal("ConfirmerId", Assert.Throws<Refusal>(() => alone.Assess(Default.Rate(RiskMethod.Lec, Red), new("", Assessor), Assessor, Now, Today)).Field);
        Assert.Empty(alone.Assessments);
    }

    [Fact]
    public void Leaving_red_needs_a_second_person_too_and_sent_back_it_stays_red()
    {
        var risk = In(RiskState.Proposed);
        risk.Confirm("", Leader, Now, Today);
        risk.Control(2);
        Assess(risk, Blue, day: 10);
        Assert.Equal((RiskState.Proposed, RiskLevel.Red), (risk.State, risk.Level));
        risk.SendBack("措施还没有验收", Leader, Now.AddDays(11));
        Assert.Equal((RiskState.Controlled, RiskLevel.Red, Today.AddDays(30)), (risk.State, risk.Level, risk.ReviewOn));
        Assert.Contains("不能直接关闭", Assert.Throws<Refusal>(() => risk.Close("没有了", 0, Now)).Message);
        Assess(risk, Blue, day: 20);
        risk.Confirm("验收过了", Leader, Now.AddDays(21), Today.AddDays(21));
        Assert.Equal((RiskState.Lowered, RiskLevel.Blue, Today.AddDays(21 + 365)), (risk.State, risk.Level, risk.ReviewOn));
        Assert.Equal([AssessmentStage.Initial, AssessmentStage.Residual, AssessmentStage.Residual], risk.Assessments.Select(one => one.Stage));
    }

    [Fact]
    public void A_later_proposal_replaces_the_earlier_one()
    {
        var risk = In(RiskState.Proposed);
        Assess(risk, Yellow, day: 1);
        Assert.Equal((RiskState.Assessed, RiskLevel.Yellow, (RiskAssessment?)null), (risk.State, risk.Level, risk.Proposed));
        Assert.Equal([AssessmentStanding.Replaced, AssessmentStanding.Counts], risk.Assessments.Select(one => one.Standing));
    }

    [Fact]
    public void A_review_keeps_lowers_or_takes_back_to_measures()
    {
        var risk = In(RiskState.Controlled);
        Assess(risk, Orange, "", day: 5);
        Assert.Equal((RiskState.Controlled, Today.AddDays(5 + 90)), (risk.State, risk.ReviewOn));
        Assert.Equal("Note", Assert.Throws<Refusal>(() => Assess(risk, Yellow, "", day: 6)).Field);
        Assess(risk, Yellow, day: 6);
        Assert.Equal(RiskState.Lowered, risk.State);
        Assess(risk, Orange, day: 7);
        Assert.Equal(RiskState.Assessed, risk.State);
    }

    [Fact]
    public void It_is_under_control_with_measures_and_an_owner_and_closed_once_they_are_done()
    {
        var risk = In(RiskState.Assessed);
        Assert.Contains("还没有措施", Assert.Throws<Refusal>(() => risk.Control(0)).Message);
        risk.Restate(new RiskFacts("皮带机绞伤", "清煤时被卷入", Unit, null, "", "", null));
        Assert.Contains("管控责任人", Assert.Throws<Refusal>(() => risk.Control(1)).Message);
        var light = Identified();
        Assess(light, Blue);
        light.Control(0);
        Assert.Contains("还有 2 条措施", Assert.Throws<Refusal>(() => light.Close("没有了", 2, Now)).Message);
        Assert.Equal("Note", Assert.Throws<Refusal>(() => light.Close(" ", 0, Now)).Field);
        light.Close("封闭输煤", 0, Now);
        Assert.Null(light.ReviewOn);
        Assess(light, Yellow, day: 9);
        Assert.Equal((RiskState.Assessed, "", (DateTimeOffset?)null), (light.State, light.Reason, light.ClosedAt));
    }

    [Fact]
    public void Rules_that_nobody_could_rate_by_are_refused()
    {
        RiskRuleSet With(Func<RiskScale, RiskScale> change) => Pack.Rules with { Scales = [change(Pack.Rules.Scales[0]), Pack.Rules.Scales[1]] };
        Pack.Rules.Check();
        Assert.Throws<Refusal>(() => With(scale => scale with { Bands = [.. scale.Bands.Take(2)] }).Check());
        Assert.Throws<Refusal>(() => With(scale => scale with { Bands = RiskRuleText.Bands("红 ＞ 100\n橙 ≥ 160\n黄 ≥ 70", "界线") }).Check());
        Assert.Throws<Refusal>(() => With(scale => scale with { Bands = RiskRuleText.Bands("红 ＞ 20000\n橙 ≥ 160\n黄 ≥ 70", "界线") }).Check());
        Assert.Throws<Refusal>(() => (Pack.Rules with { ReviewDays = RiskRuleText.Days("红 90\n橙 30\n黄 180\n蓝 365") }).Check());
        Assert.Throws<Refusal>(() => (Pack.Rules with { ReviewDays = RiskRuleText.Days("红 30") }).Check());
        Assert.Contains("看不懂", Assert.Throws<Refusal>(() => RiskRuleText.Bands("红色 320", "界线")).Message);
        foreach (var scale in Pack.Rules.Scales)
        {
            Assert.Equal(scale.Bands.OrderByDescending(band => band.Level), RiskRuleText.Bands(RiskRuleText.Say(scale.Bands), ""));
            Assert.All(scale.Factors, factor => Assert.Equal(factor.Steps, RiskRuleText.Steps(RiskRuleText.Say(factor.Steps), "")));
        }
        Assert.Equal(Pack.Rules.Seasons, RiskRuleText.Seasons(RiskRuleText.Say(Pack.Rules.Seasons)));
        Assert.Equal(Pack.Rules.ReviewDays, RiskRuleText.Days(RiskRuleText.Say(Pack.Rules.ReviewDays)));
    }

    [Theory]
    [InlineData(11, 2, "2026-12-20", "2027-01-10", true)]
    [InlineData(11, 2, "2027-01-05", "2027-01-06", true)]
    [InlineData(6, 8, "2026-10-01", "2026-12-31", false)]
    [InlineData(10, 11, "2026-11-30", "2026-12-31", true)]
    public void A_season_touches_the_period_also_over_the_turn_of_the_year(int from, int to, string first, string last, bool touches) =>
        Assert.Equal(touches, new RiskSeason(from, to, "季节", "").Touches(DateOnly.Parse(first, null), DateOnly.Parse(last, null)));
}
