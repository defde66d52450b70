namespace Ronghe.Safety.ModelPosts;

/// <summary>安全操作规程执行, 安全技能提升, 安全隐患排查 (M02).</summary>
public enum ModelPostKind { Procedure, Skill, Hazard }

public enum ModelPostState { Nominated, Recommended, Checked, Shown, Cleared, InTerm, Reviewed, Ended, Refused, Withdrawn }

/// <summary>Everything that can happen to a model post, in the order of its life. Clear, Fail and TakeBack follow from the public notice.</summary>
public enum ModelPostVerb
{
    Nominate, Agree, Recommend, Check, Show, Clear, Fail, TakeBack, Award, AddActivity, Review, Renew, TakeDown, Refuse, Withdraw,
}

/// <summary>The words users read, and the one table that says which verb is possible in which state.</summary>
public static class ModelPostStates
{
    /// <summary>Somebody holds it.</summary>
    public static readonly ModelPostState[] Held = [ModelPostState.InTerm, ModelPostState.Reviewed];

    /// <summary>What everybody of the company may know: it is or was public.</summary>
    public static readonly ModelPostState[] Public = [ModelPostState.Shown, ModelPostState.Cleared, .. Held, ModelPostState.Ended];

    public static readonly IReadOnlyDictionary<ModelPostVerb, ModelPostState[]> Possible = new Dictionary<ModelPostVerb, ModelPostState[]>
    {
        [ModelPostVerb.Agree] = [ModelPostState.Nominated],
        [ModelPostVerb.Recommend] = [ModelPostState.Nominated],
        [ModelPostVerb.Check] = [ModelPostState.Recommended],
        [ModelPostVerb.Show] = [ModelPostState.Checked],
        [ModelPostVerb.Clear] = [ModelPostState.Shown],
        [ModelPostVerb.Fail] = [ModelPostState.Shown],
        [ModelPostVerb.TakeBack] = [ModelPostState.Shown],
        [ModelPostVerb.Award] = [ModelPostState.Cleared],
        [ModelPostVerb.AddActivity] = Held,
        [ModelPostVerb.Review] = [ModelPostState.InTerm],
        [ModelPostVerb.Renew] = [ModelPostState.Reviewed],
        [ModelPostVerb.TakeDown] = Held,
        [ModelPostVerb.Refuse] = [ModelPostState.Nominated, ModelPostState.Recommended, ModelPostState.Checked, ModelPostState.Cleared],
        [ModelPostVerb.Withdraw] = [ModelPostState.Nominated, ModelPostState.Recommended, ModelPostState.Checked, ModelPostState.Cleared],
    };

    /// <summary>Done by people on the post itself; the rest follows from its public notice.</summary>
    public static readonly ModelPostVerb[] Acts =
        [.. Possible.Keys.Except([ModelPostVerb.Clear, ModelPostVerb.Fail, ModelPostVerb.TakeBack])];

    public static string Title(this ModelPostKind kind) => kind switch
    {
        ModelPostKind.Procedure => "安全操作规程执行", ModelPostKind.Skill => "安全技能提升", _ => "安全隐患排查",
    };

    public static string Title(this ModelPostState state) => state switch
    {
        ModelPostState.Nominated => "已申报", ModelPostState.Recommended => "待审核", ModelPostState.Checked => "待公示", ModelPostState.Shown => "公示中",
        ModelPostState.Cleared => "待授牌", ModelPostState.InTerm => "任期中", ModelPostState.Reviewed => "已复评", ModelPostState.Ended => "已摘牌",
        ModelPostState.Refused => "未通过", _ => "已撤回",
    };

    public static string Title(this ModelPostVerb verb) => verb switch
    {
        ModelPostVerb.Nominate => "申报", ModelPostVerb.Agree => "同意参评", ModelPostVerb.Recommend => "支部推荐", ModelPostVerb.Check => "审核通过",
        ModelPostVerb.Show => "公示", ModelPostVerb.Clear => "公示通过", ModelPostVerb.Fail => "公示未通过", ModelPostVerb.TakeBack => "公示撤回",
        ModelPostVerb.Award => "授牌", ModelPostVerb.AddActivity => "记活动", ModelPostVerb.Review => "复评", ModelPostVerb.Renew => "续任",
        ModelPostVerb.TakeDown => "摘牌", ModelPostVerb.Refuse => "不予通过", _ => "撤回申报",
    };
}
