using Ronghe.Platform;
using Ronghe.Safety.ModelPosts;

namespace Ronghe.Tests.Safety.ModelPosts;

/// <summary>The entity alone: which verb is possible when, and who may never do what.</summary>
public class ModelPostTests
{
    static readonly DateTimeOffset Now = new(2026, 11, 16, 1, 12, 0, TimeSpan.Zero);
    static readonly DateOnly Today = new(2026, 11, 16);
    static readonly Guid Holder = Guid.CreateVersion7(), Lead = Guid.CreateVersion7(), Secretary = Guid.CreateVersion7(), Checker = Guid.CreateVersion7(), Office = Guid.CreateVersion7();
    static readonly ModelPostNomination Facts = new(ModelPostKind.Procedure, Holder, "主值班员", Guid.CreateVersion7(), [], "三百张票无差错");
    static readonly ModelPostReading Reading = new(Today.AddYears(-1), Today, 0, new("中共党员", 0, 0, 3, 2, 1, 0, 0, 0, 0, 0), []);

    static ModelPost In(ModelPostState state)
    {
        var post = ModelPost.Nominate(Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Facts, Lead, Now);
        post.Agree(Holder, Now);
        if (state == ModelPostState.Refused) post.Refuse("条件不够", Secretary, Now);
        if (state == ModelPostState.Withdrawn) post.Withdraw("", Holder, Now);
        if (state is ModelPostState.Nominated or ModelPostState.Refused or ModelPostState.Withdrawn) return post;
        post.Recommend("三项各一件事", Secretary, Now);
        if (state == ModelPostState.Recommended) return post;
        post.Check(Reading, "核对无误", Checker, Now);
        if (state == ModelPostState.Checked) return post;
        post.Show(Guid.CreateVersion7(), Office, Now);
        if (state == ModelPostState.Shown) return post;
        post.EndNotice(true, "", Office, Now);
        if (state == ModelPostState.Cleared) return post;
        post.Award(ModelPostTerm.Of(Today, 12, 6), Office, Now);
        if (state == ModelPostState.InTerm) return post;
        if (state == ModelPostState.Reviewed) post.Review(Reading, "做到了", Checker, Now);
        else post.TakeDown("调离岗位", Office, Now);
        return post;
    }

    public static TheoryData<ModelPostState, ModelPostVerb> EveryStateAndVerb() => StateMatrix.Of<ModelPostState, ModelPostVerb>(ModelPostStates.Possible.Keys.Where(verb => verb != ModelPostVerb.Agree));

    static readonly Dictionary<ModelPostState, (ModelPostVerb Verb, ModelPostState To)[]> Expected = new()
    {
        [ModelPostState.Nominated] = [(ModelPostVerb.Recommend, ModelPostState.Recommended), (ModelPostVerb.Refuse, ModelPostState.Refused), (ModelPostVerb.Withdraw, ModelPostState.Withdrawn)],
        [ModelPostState.Recommended] = [(ModelPostVerb.Check, ModelPostState.Checked), (ModelPostVerb.Refuse, ModelPostState.Refused), (ModelPostVerb.Withdraw, ModelPostState.Withdrawn)],
        [ModelPostState.Checked] = [(ModelPostVerb.Show, ModelPostState.Shown), (ModelPostVerb.Refuse, ModelPostState.Refused), (ModelPostVerb.Withdraw, ModelPostState.Withdrawn)],
        [ModelPostState.Shown] = [(ModelPostVerb.Clear, ModelPostState.Cleared), (ModelPostVerb.Fail, ModelPostState.Refused), (ModelPostVerb.TakeBack, ModelPostState.Checked)],
        [ModelPostState.Cleared] = [(ModelPostVerb.Award, ModelPostState.InTerm), (ModelPostVerb.Refuse, ModelPostState.Refused), (ModelPostVerb.Withdraw, ModelPostState.Withdrawn)],
        [ModelPostState.InTerm] = [(ModelPostVerb.AddActivity, ModelPostState.InTerm), (ModelPostVerb.Review, ModelPostState.Reviewed), (ModelPostVerb.TakeDown, ModelPostState.Ended)],
        [ModelPostState.Reviewed] = [(ModelPostVerb.AddActivity, ModelPostState.Reviewed), (ModelPostVerb.Renew, ModelPostState.InTerm), (ModelPostVerb.TakeDown, ModelPostState.Ended)],
        [ModelPostState.Ended] = [], [ModelPostState.Refused] = [], [ModelPostState.Withdrawn] = [],
    };

    static void Do(ModelPost post, ModelPostVerb verb)
    {
        switch (verb)
        {
            case ModelPostVerb.Recommend: post.Recommend("三项各一件事", Secretary, Now); break;
            case ModelPostVerb.Check: post.Check(Reading, "核对无误", Checker, Now); break;
            case ModelPostVerb.Show: post.Show(Guid.CreateVersion7(), Office, Now); break;
            case ModelPostVerb.Clear: post.EndNotice(true, "", Office, Now); break;
            case ModelPostVerb.Fail: post.EndNotice(false, "异议成立", Office, Now); break;
            case ModelPostVerb.TakeBack: post.EndNotice(null, "写错了", Office, Now); break;
            case ModelPostVerb.Award: post.Award(ModelPostTerm.Of(Today, 12, 6), Office, Now); break;
            case ModelPostVerb.AddActivity: post.AddActivity(Guid.CreateVersion7(), ActivityKind.Contest, Today, "比武", "两人独立完成", Holder, Now); break;
            case ModelPostVerb.Review: post.Review(Reading, "做到了", Checker, Now); break;
            case ModelPostVerb.Renew: post.Renew(12, 6, "", Office, Now); break;
            case ModelPostVerb.TakeDown: post.TakeDown("调离", Office, Now); break;
            case ModelPostVerb.Refuse: post.Refuse("条件不够", Secretary, Now); break;
            default: post.Withdraw("", Holder, Now); break;
        }
    }

    [Theory, MemberData(nameof(EveryStateAndVerb))]
    public void Each_state_allows_its_verbs_and_refuses_every_other_without_a_change(ModelPostState state, ModelPostVerb verb)
    {
        var post = In(state);
        Assert.Equal(state, post.State);
        var steps = post.Steps.Count;
        if (Expected[state].Any(one => one.Verb == verb))
        {
            Do(post, verb);
            Assert.Equal((Expected[state].Single(one => one.Verb == verb).To, steps + 1), (post.State, post.Steps.Count));
        }
        else
        {
            Assert.NotEmpty(Assert.ThrowsAny<Refusal>(() => Do(post, verb)).Message);
            Assert.Equal((state, steps), (post.State, post.Steps.Count));
        }
    }

    [Fact]
    public void Nobody_decides_about_himself_and_nobody_checks_what_he_put_forward_or_recommended()
    {
        Assert.Throws<Forbidden>(() => In(ModelPostState.Nominated).Recommend("我很好", Holder, Now));
        Assert.Throws<Forbidden>(() => In(ModelPostState.Recommended).Check(Reading, "我很好", Holder, Now));
        Assert.Throws<Forbidden>(() => In(ModelPostState.Recommended).Check(Reading, "我报的", Lead, Now));
        Assert.Throws<Forbidden>(() => In(ModelPostState.Recommended).Check(Reading, "我荐的", Secretary, Now));
        Assert.Throws<Forbidden>(() => In(ModelPostState.Checked).Show(Guid.CreateVersion7(), Holder, Now));
        Assert.Throws<Forbidden>(() => In(ModelPostState.Shown).EndNotice(true, "", Holder, Now));
        Assert.Throws<Forbidden>(() => In(ModelPostState.Cleared).Award(ModelPostTerm.Of(Today, 12, 6), Holder, Now));
        Assert.Throws<Forbidden>(() => In(ModelPostState.InTerm).Review(Reading, "我做到了", Holder, Now));
        Assert.Throws<Forbidden>(() => In(ModelPostState.Reviewed).Renew(12, 6, "", Holder, Now));
        Assert.Throws<Forbidden>(() => In(ModelPostState.Nominated).Withdraw("不是我的事", Checker, Now));
    }

    [Fact]
    public void Whoever_is_put_forward_by_another_is_asked_first()
    {
        var post = ModelPost.Nominate(Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Facts, Lead, Now);
        Assert.Contains("等本人同意", Assert.Throws<Refusal>(() => post.Recommend("好", Secretary, Now)).Message);
        Assert.Throws<Forbidden>(() => post.Agree(Lead, Now));
        post.Agree(Holder, Now);
        Assert.Throws<Refusal>(() => post.Agree(Holder, Now));
        post.Recommend("三项各一件事", Secretary, Now);
        Assert.NotNull(ModelPost.Nominate(Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Facts, Holder, Now).AgreedAt);
    }

    [Fact]
    public void A_term_has_an_end_and_nothing_is_noted_after_it()
    {
        var post = In(ModelPostState.InTerm);
        Assert.Equal((Today, new DateOnly(2027, 11, 15), new DateOnly(2027, 5, 15)), (post.From, post.To, post.ReviewOn));
        Assert.True(post.IsCurrent(new(2027, 11, 15)));
        Assert.False(post.IsCurrent(new(2027, 11, 16)));
        Assert.Contains("任期已在", Assert.Throws<Refusal>(() => post.AddActivity(Guid.CreateVersion7(), ActivityKind.Contest, Today, "比武", "好", Holder, Now.AddYears(2))).Message);
        Assert.Equal("On", Assert.Throws<Refusal>(() => post.AddActivity(Guid.CreateVersion7(), ActivityKind.Contest, Today.AddDays(1), "比武", "好", Holder, Now)).Field);
        post.Review(Reading, "做到了", Checker, Now.AddYears(1));
        Assert.Contains("也已经过去", Assert.Throws<Refusal>(() => post.Renew(1, 1, "", Office, Now.AddYears(3))).Message);
        post.Renew(12, 6, "", Office, Now.AddYears(1));
        Assert.Equal((new DateOnly(2028, 11, 15), 1), (post.To, post.Renewals));
    }

    [Fact]
    public void An_activity_sent_twice_is_noted_once_and_the_words_are_asked_for()
    {
        var (post, id) = (In(ModelPostState.InTerm), Guid.CreateVersion7());
        Assert.True(post.AddActivity(id, ActivityKind.Exchange, Today, "讲一次", "三人学会", Holder, Now));
        Assert.False(post.AddActivity(id, ActivityKind.Exchange, Today, "讲一次", "三人学会", Holder, Now));
        Assert.Single(post.Activities);
        Assert.Equal("Outcome", Assert.Throws<Refusal>(() => post.AddActivity(Guid.CreateVersion7(), ActivityKind.Exchange, Today, "讲一次", " ", Holder, Now)).Field);
        Assert.Equal("Note", Assert.Throws<Refusal>(() => post.TakeDown("", Office, Now)).Field);
        Assert.Equal("ZoneId", Assert.Throws<Refusal>(() => (Facts with { ZoneId = null }).Check()).Field);
        Assert.Equal("Months", Assert.Throws<Refusal>(() => ModelPostTerm.Of(Today, 37, 6)).Field);
        Assert.Equal("From", Assert.Throws<Refusal>(() => In(ModelPostState.Cleared).Award(ModelPostTerm.Of(Today.AddDays(90), 12, 6), Office, Now)).Field);
    }

    [Fact]
    public void Criteria_are_restated_switched_and_added_and_one_always_stays()
    {
        var pack = CriteriaPack.Load(Program.ContentFolder);
        Assert.Equal([5, 5, 5], pack.Sheets.Values.Select(sheet => sheet.Criteria.Length));
        Assert.Equal(CriterionMeasure.SevereViolations, pack.Sheets[ModelPostKind.Procedure].Criteria[0].Measure);
        var criteria = new ModelPostCriteria(Guid.CreateVersion7(), pack.Sheets[ModelPostKind.Hazard]);
        criteria.Restate("MP-03-03", new("按期整改", "隐患台账", "不少于 95 %", "本单位规定"));
        criteria.Add(new("本厂加的", "巡检记录", "", "本单位规定"));
        Assert.Equal(("不少于 95 %", "本厂-01"), (criteria.Sheet.Criteria[2].Threshold, criteria.Sheet.Criteria[^1].Id));
        Assert.Throws<NotFound>(() => criteria.Restate("MP-01-01", new("x", "y", "", "z")));
        Assert.Equal("Source", Assert.Throws<Refusal>(() => criteria.Add(new("没有出处", "看材料", "", ""))).Field);
        foreach (var one in criteria.Sheet.Criteria.Skip(1)) criteria.Switch(one.Id, on: false);
        Assert.Contains("至少要留一条", Assert.Throws<Refusal>(() => criteria.Switch(criteria.Sheet.Criteria[0].Id, on: false)).Message);
    }
}
