using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;

namespace Ronghe.Safety.ModelPosts;

/// <summary>
/// 党员安全示范岗: a Party member at a post, with a range and a term, put forward, recommended by the branch, checked against the
/// records, shown to everybody, and reviewed. Nominated → Recommended → Checked → Shown → Cleared → InTerm → Reviewed → InTerm (renewed)
/// or Ended; aside: Refused, Withdrawn. Nobody decides about himself.
/// </summary>
public sealed class ModelPost : Aggregate
{
    public const int MaxName = 60, MaxTitle = 100, MaxText = 2_000, MostPlaces = 50, LongestTerm = 36, MostActivities = 200;
    /// <summary>In days: a plate is handed over about when it is written down.</summary>
    const int FarthestStart = 60;

    readonly List<ModelPostPlace> _places = [];
    readonly List<ModelPostStep> _steps = [];
    readonly List<ModelPostActivity> _activities = [];

    ModelPost() { }

    public Guid CompanyId { get; private init; }
    /// <summary>Where the person worked when put forward: rights are asked for here, and effects are counted here.</summary>
    public Guid UnitId { get; private init; }
    public Guid PersonId { get; private init; }
    public Guid NominatorId { get; private init; }
    public ModelPostKind Kind { get; private init; }
    /// <summary>The work: 主值班员.</summary>
    public string Position { get; private init; } = "";
    public Guid? ZoneId { get; private init; }
    public string Statement { get; private init; } = "";
    public DateTimeOffset NominatedAt { get; private init; }
    public ModelPostState State { get; private set; }
    /// <summary>The person wants it: whoever is praised in public is asked first (F6).</summary>
    public DateTimeOffset? AgreedAt { get; private set; }
    public Guid? RecommenderId { get; private set; }
    public ModelPostReading? Checked { get; private set; }
    public Guid? NoticeId { get; private set; }
    public DateOnly? From { get; private set; }
    /// <summary>Last day of the term.</summary>
    public DateOnly? To { get; private set; }
    public DateOnly? ReviewOn { get; private set; }
    public ModelPostReading? Reviewed { get; private set; }
    public DateOnly? EndedOn { get; private set; }
    public int Renewals { get; private set; }
    /// <summary>Why it was taken down, refused or withdrawn.</summary>
    public string Reason { get; private set; } = "";

    public IReadOnlyList<ModelPostPlace> Places => _places;
    public IReadOnlyList<ModelPostStep> Steps => _steps;
    public IReadOnlyList<ModelPostActivity> Activities => _activities;

    public bool IsHeld => ModelPostStates.Held.Contains(State);
    /// <summary>It is held, and its term runs.</summary>
    public bool IsCurrent(DateOnly today) => IsHeld && From <= today && To >= today;

    /// <summary>Null when state and day allow the verb, else the reason in one sentence. Guards, pages and tests ask here.</summary>
    public string? Obstacle(ModelPostVerb verb, DateOnly today)
    {
        if (!ModelPostStates.Possible[verb].Contains(State))
            return State == ModelPostState.Shown && verb is ModelPostVerb.Withdraw or ModelPostVerb.Refuse ? "正在公示。要停下来，请由公示的起草人先撤回公示。"
                : $"现在是“{State.Title()}”，{string.Join("、", ModelPostStates.Possible[verb].Select(state => $"“{state.Title()}”"))}时才能{verb.Title()}。";
        return verb switch
        {
            ModelPostVerb.Agree when AgreedAt is not null => "本人已经同意参评。",
            ModelPostVerb.Recommend when AgreedAt is null => "等本人同意参评。示范岗要公示，先问本人愿不愿意。",
            ModelPostVerb.AddActivity or ModelPostVerb.Review when today < From => $"任期从 {From:yyyy-MM-dd} 开始，还没有到。",
            ModelPostVerb.AddActivity when today > To => $"任期已在 {To:yyyy-MM-dd} 结束，请先复评、续任。",
            _ => null,
        };
    }

    /// <param name="unitId">The unit in which the person works.</param>
    public static ModelPost Nominate(Guid id, Guid companyId, Guid unitId, ModelPostNomination facts, Guid by, DateTimeOffset at)
    {
        facts.Check();
        var post = new ModelPost
        {
            Id = id, CompanyId = companyId, UnitId = unitId, PersonId = facts.PersonId, NominatorId = by, Kind = facts.Kind, Position = facts.Position.Trim(),
            ZoneId = facts.ZoneId, Statement = facts.Statement.Trim(), NominatedAt = at, AgreedAt = by == facts.PersonId ? at : null,
        };
        post._places.AddRange(facts.PlaceIds.Distinct().Select(place => new ModelPostPlace { PostId = id, PlaceId = place }));
        post.MoveTo(ModelPostState.Nominated, ModelPostVerb.Nominate, by, at, "");
        return post;
    }

    public void Agree(Guid by, DateTimeOffset at)
    {
        Guard(ModelPostVerb.Agree, at);
        if (by != PersonId) throw new Forbidden("愿不愿意参评由本人说。");
        AgreedAt = at;
        MoveTo(State, ModelPostVerb.Agree, by, at, "");
    }

    /// <summary>The branch says why: one fact each for 政治素质, 业务素质, 安全意识.</summary>
    public void Recommend(string opinion, Guid by, DateTimeOffset at)
    {
        Guard(ModelPostVerb.Recommend, at);
        GuardOther(by, "推荐");
        Require(opinion, "Note", "请写推荐意见：政治素质、业务素质、安全意识各一件事。");
        RecommenderId = by;
        MoveTo(ModelPostState.Recommended, ModelPostVerb.Recommend, by, at, opinion);
    }

    /// <summary>Against the records, by somebody who neither put it forward nor recommended it.</summary>
    public void Check(ModelPostReading reading, string opinion, Guid by, DateTimeOffset at)
    {
        Guard(ModelPostVerb.Check, at);
        GuardOther(by, "审核");
        if (by == NominatorId) throw new Forbidden("申报的人不能审核自己的申报，请由别人审核。");
        if (by == RecommenderId) throw new Forbidden("推荐的人不能再审核，请由别人审核。");
        Require(opinion, "Note", "请写审核意见：核对了哪些记录，结论是什么。");
        Checked = reading;
        MoveTo(ModelPostState.Checked, ModelPostVerb.Check, by, at, opinion);
    }

    /// <summary>The notice is open; from here on it decides how the post goes on.</summary>
    public void Show(Guid noticeId, Guid by, DateTimeOffset at)
    {
        Guard(ModelPostVerb.Show, at);
        GuardOther(by, "公示");
        NoticeId = noticeId;
        MoveTo(ModelPostState.Shown, ModelPostVerb.Show, by, at, "");
    }

    /// <param name="held">The outcome; null when the notice was withdrawn, and the post waits for another one.</param>
    public void EndNotice(bool? held, string reason, Guid? by, DateTimeOffset at)
    {
        var verb = held switch { true => ModelPostVerb.Clear, false => ModelPostVerb.Fail, _ => ModelPostVerb.TakeBack };
        Guard(verb, at);
        if (by == PersonId) throw new Forbidden("公示的结果不能由本人宣布，请由别人办理。");
        if (held == false) Reason = reason.Trim();
        MoveTo(held switch { true => ModelPostState.Cleared, false => ModelPostState.Refused, _ => ModelPostState.Checked }, verb, by, at, reason);
    }

    public void Award(ModelPostTerm term, Guid by, DateTimeOffset at)
    {
        Guard(ModelPostVerb.Award, at);
        GuardOther(by, "授牌");
        var today = at.PlantDate();
        if (Math.Abs(term.From.DayNumber - today.DayNumber) > FarthestStart) throw new Refusal($"任期开始应在今天前后 {FarthestStart} 天以内，请核对日期。", nameof(term.From));
        (From, To, ReviewOn) = (term.From, term.To, term.ReviewOn);
        MoveTo(ModelPostState.InTerm, ModelPostVerb.Award, by, at, $"任期 {term.From:yyyy-MM-dd} 至 {term.To:yyyy-MM-dd}");
    }

    /// <summary>With an id made by the caller: sent twice, it is noted once.</summary>
    /// <returns>False when it was noted already.</returns>
    public bool AddActivity(Guid id, ActivityKind kind, DateOnly on, string title, string outcome, Guid by, DateTimeOffset at)
    {
        if (_activities.Any(one => one.Id == id)) return false;
        Guard(ModelPostVerb.AddActivity, at);
        if (on < From || on > at.PlantDate()) throw new Refusal($"活动日期应在任期开始（{From:yyyy-MM-dd}）以后、今天以前，请核对。", "On");
        if (string.IsNullOrWhiteSpace(title)) throw new Refusal("请写活动是什么。", "Title");
        if (title.Trim().Length > MaxTitle) throw new Refusal($"活动名称超过 {MaxTitle} 字，没有保存，文字还在。", "Title");
        Require(outcome, "Outcome", "请写有什么结果：谁会了什么、改了什么、成绩多少。没有结果也照实写。");
        if (_activities.Count >= MostActivities) throw new Refusal($"一个示范岗最多记 {MostActivities} 项活动，请把小的并在一起。");
        _activities.Add(new(id, Id, kind, on, title.Trim(), outcome.Trim(), by, at));
        MoveTo(State, ModelPostVerb.AddActivity, by, at, title);
        return true;
    }

    /// <summary>What happened in the term, as the records tell it, and what is said to it.</summary>
    public void Review(ModelPostReading reading, string opinion, Guid by, DateTimeOffset at)
    {
        Guard(ModelPostVerb.Review, at);
        GuardOther(by, "复评");
        Require(opinion, "Note", "请写复评意见：任期里发生了什么，和任期前比怎样，哪里没做到。");
        Reviewed = reading;
        MoveTo(ModelPostState.Reviewed, ModelPostVerb.Review, by, at, opinion);
    }

    /// <summary>Another term right after this one.</summary>
    public void Renew(int months, int reviewMonths, string note, Guid by, DateTimeOffset at)
    {
        Guard(ModelPostVerb.Renew, at);
        GuardOther(by, "续任");
        CheckLength(note, "Note");
        var term = ModelPostTerm.Of(To!.Value.AddDays(1), months, reviewMonths);
        if (term.To < at.PlantDate()) throw new Refusal($"任期 {To:yyyy-MM-dd} 就满了，续到 {term.To:yyyy-MM-dd} 也已经过去。请摘牌后重新申报。", "Months");
        (To, ReviewOn, Renewals) = (term.To, term.ReviewOn, Renewals + 1);
        MoveTo(ModelPostState.InTerm, ModelPostVerb.Renew, by, at, $"续任到 {term.To:yyyy-MM-dd}。{note.Trim()}");
    }

    public void TakeDown(string reason, Guid by, DateTimeOffset at)
    {
        Guard(ModelPostVerb.TakeDown, at);
        GuardOther(by, "摘牌");
        Require(reason, "Note", "摘牌要写明理由，本人会看到。");
        (EndedOn, Reason) = (at.PlantDate(), reason.Trim());
        MoveTo(ModelPostState.Ended, ModelPostVerb.TakeDown, by, at, reason);
    }

    public void Refuse(string reason, Guid by, DateTimeOffset at)
    {
        Guard(ModelPostVerb.Refuse, at);
        GuardOther(by, "否决");
        Require(reason, "Note", "不予通过要写明理由，本人会看到。");
        Reason = reason.Trim();
        MoveTo(ModelPostState.Refused, ModelPostVerb.Refuse, by, at, reason);
    }

    /// <summary>By the person or whoever put it forward; no reason is owed.</summary>
    public void Withdraw(string reason, Guid by, DateTimeOffset at)
    {
        Guard(ModelPostVerb.Withdraw, at);
        if (by != PersonId && by != NominatorId) throw new Forbidden("只有本人和申报的人能撤回。");
        CheckLength(reason, "Note");
        Reason = reason.Trim();
        MoveTo(ModelPostState.Withdrawn, ModelPostVerb.Withdraw, by, at, reason);
    }

    void Guard(ModelPostVerb verb, DateTimeOffset at)
    {
        if (Obstacle(verb, at.PlantDate()) is { } obstacle) throw new Refusal(obstacle);
    }

    void GuardOther(Guid by, string what)
    {
        if (by == PersonId) throw new Forbidden($"不能给自己{what}，请由别人办理。");
    }

    internal static void Require(string text, string field, string message)
    {
        if (string.IsNullOrWhiteSpace(text)) throw new Refusal(message, field);
        CheckLength(text, field);
    }

    static void CheckLength(string text, string field)
    {
        if (text.Length > MaxText) throw new Refusal($"文字超过 {MaxText} 字，没有保存，文字还在。请精简后再提交。", field);
    }

    void MoveTo(ModelPostState state, ModelPostVerb verb, Guid? by, DateTimeOffset at, string note)
    {
        _steps.Add(new ModelPostStep(Id, Version + (verb == ModelPostVerb.Nominate ? 0 : 1), verb, state, by, at, note.Trim()));
        State = state;
        Acted();
    }
}

/// <summary>From when to when, and when it is looked at again.</summary>
public sealed record ModelPostTerm(DateOnly From, DateOnly To, DateOnly ReviewOn)
{
    public static ModelPostTerm Of(DateOnly from, int months, int reviewMonths)
    {
        Check(months, reviewMonths);
        if (from.Year is < 2000 or > 2200) throw new Refusal("任期开始的日期不对，请核对年份。", nameof(From));
        return new(from, from.AddMonths(months).AddDays(-1), from.AddMonths(reviewMonths).AddDays(-1));
    }

    public static void Check(int months, int reviewMonths)
    {
        if (months is < 1 or > ModelPost.LongestTerm) throw new Refusal($"任期应在 1—{ModelPost.LongestTerm} 个月之间。", "Months");
        if (reviewMonths < 1 || reviewMonths > months) throw new Refusal("复评应在任期之内。", "ReviewMonths");
    }
}
