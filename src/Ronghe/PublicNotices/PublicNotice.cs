using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;

namespace Ronghe.PublicNotices;

public enum PublicNoticeState { Draft, Open, Closed, Withdrawn }

/// <summary>Everything that can be done to a notice, in the order of its life.</summary>
public enum PublicNoticeVerb { Draft, Restate, Open, Object, Answer, Close, Withdraw }

/// <summary>
/// 公示: something is shown to people for some working days before it counts, so that they can object; each objection is answered by
/// somebody who did not write the notice. Draft → Open → Closed; aside: Withdrawn.
/// </summary>
public sealed class PublicNotice : Aggregate
{
    public const int MaxTitle = 200, MaxText = 5_000, MostWorkdays = 60, UsualWorkdays = 5;

    readonly List<Objection> _objections = [];

    PublicNotice() { }

    public Guid CompanyId { get; private init; }
    /// <summary>Whose notice it is: rights are asked for here.</summary>
    public Guid UnitId { get; private init; }
    public Guid AuthorId { get; private init; }
    public string Title { get; private set; } = "";
    public string Text { get; private set; } = "";
    /// <summary>Shown to everybody in these units and below.</summary>
    public Guid[] ShownTo { get; private set; } = [];
    public int Workdays { get; private set; }
    public PublicNoticeState State { get; private set; }
    public DateTimeOffset DraftedAt { get; private init; }
    public DateOnly? From { get; private set; }
    /// <summary>The last day on which one can object. The day of opening does not count.</summary>
    public DateOnly? Until { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    /// <summary>Whether what was shown stands.</summary>
    public bool? Held { get; private set; }
    /// <summary>Of the outcome or of the withdrawal.</summary>
    public string Reason { get; private set; } = "";

    public IReadOnlyList<Objection> Objections => _objections;

    public static readonly IReadOnlyDictionary<PublicNoticeVerb, PublicNoticeState[]> Possible = new Dictionary<PublicNoticeVerb, PublicNoticeState[]>
    {
        [PublicNoticeVerb.Restate] = [PublicNoticeState.Draft],
        [PublicNoticeVerb.Open] = [PublicNoticeState.Draft],
        [PublicNoticeVerb.Object] = [PublicNoticeState.Open],
        [PublicNoticeVerb.Answer] = [PublicNoticeState.Open],
        [PublicNoticeVerb.Close] = [PublicNoticeState.Open],
        [PublicNoticeVerb.Withdraw] = [PublicNoticeState.Draft, PublicNoticeState.Open],
    };

    /// <summary>Null when state and day allow the verb, else the reason in one sentence.</summary>
    public string? Obstacle(PublicNoticeVerb verb, DateOnly today)
    {
        if (!Possible[verb].Contains(State)) return $"现在是“{State.Title()}”，{string.Join("、", Possible[verb].Select(state => $"“{state.Title()}”"))}时才能{verb.Title()}。";
        return verb switch
        {
            PublicNoticeVerb.Object when today > Until => $"公示期已在 {Until:yyyy-MM-dd} 结束，不能再提异议。有新情况请向本单位或纪检反映。",
            PublicNoticeVerb.Close when today <= Until => $"公示期到 {Until:yyyy-MM-dd}，期满后才能宣布结果。",
            PublicNoticeVerb.Close when _objections.Any(objection => !objection.IsAnswered) => "还有异议没有答复，答复完才能宣布结果。",
            PublicNoticeVerb.Answer when _objections.All(objection => objection.IsAnswered) => "没有等答复的异议。",
            _ => null,
        };
    }

    public static PublicNotice Draft(Guid id, Guid companyId, Guid unitId, PublicNoticeWords words, Guid by, DateTimeOffset at)
    {
        words.Check();
        var notice = new PublicNotice { Id = id, CompanyId = companyId, UnitId = unitId, AuthorId = by, DraftedAt = at };
        notice.Take(words);
        notice.MoveTo(PublicNoticeState.Draft);
        return notice;
    }

    public void Restate(PublicNoticeWords words, DateOnly today)
    {
        Guard(PublicNoticeVerb.Restate, today);
        words.Check();
        Take(words);
        MoveTo(State);
    }

    public void Open(DateOnly today)
    {
        Guard(PublicNoticeVerb.Open, today);
        (From, Until) = (today, WorkCalendar.China.AddWorkdays(today, Workdays));
        MoveTo(PublicNoticeState.Open);
    }

    /// <param name="id">Of the objection.</param>
    /// <param name="by">Null without a name: then nobody, not even the database, knows who it was.</param>
    public void Object(Guid id, string text, Guid? by, DateOnly today)
    {
        Guard(PublicNoticeVerb.Object, today);
        Require(text, "Text", "请写明不同意什么、为什么。");
        _objections.Add(Objection.Of(id, Id, text.Trim(), by, today));
        MoveTo(State);
    }

    /// <summary>By somebody who neither wrote the notice nor the objection.</summary>
    public void Answer(Guid objectionId, bool upheld, string text, Guid by, DateTimeOffset at)
    {
        Guard(PublicNoticeVerb.Answer, at.PlantDate());
        var objection = _objections.SingleOrDefault(one => one.Id == objectionId) ?? throw new NotFound("这条异议");
        if (by == AuthorId) throw new Forbidden("写公示的人不能答复对它的异议，请由别人答复。");
        if (by == objection.ById) throw new Forbidden("不能答复自己的异议，请由别人答复。");
        if (objection.IsAnswered) throw new Refusal("这条异议已经答复过。");
        Require(text, "Answer", "请写明核实的情况和理由，提出异议的人会看到。");
        objection.Take(upheld, text.Trim(), by, at);
        MoveTo(State);
    }

    /// <summary>After the last day, with every objection answered: it holds, or it does not.</summary>
    public void Close(bool held, string reason, DateTimeOffset at)
    {
        Guard(PublicNoticeVerb.Close, at.PlantDate());
        if (!held || _objections.Any(objection => objection.Upheld == true)) Require(reason, "Reason", held ? "有异议成立，仍然通过要写明理由。" : "不通过要写明理由。");
        CheckLength(reason, "Reason");
        (Held, Reason, ClosedAt) = (held, reason.Trim(), at);
        MoveTo(PublicNoticeState.Closed);
    }

    public void Withdraw(string reason, DateOnly today)
    {
        Guard(PublicNoticeVerb.Withdraw, today);
        Require(reason, "Reason", "撤回要写明原因。");
        Reason = reason.Trim();
        MoveTo(PublicNoticeState.Withdrawn);
    }

    void Take(PublicNoticeWords words) => (Title, Text, ShownTo, Workdays) = (words.Title.Trim(), words.Text.Trim(), [.. words.ShownTo.Distinct()], words.Workdays);

    void Guard(PublicNoticeVerb verb, DateOnly today)
    {
        if (Obstacle(verb, today) is { } obstacle) throw new Refusal(obstacle);
    }

    static void Require(string text, string field, string message)
    {
        if (string.IsNullOrWhiteSpace(text)) throw new Refusal(message, field);
        CheckLength(text, field);
    }

    static void CheckLength(string text, string field)
    {
        if (text.Length > MaxText) throw new Refusal($"文字超过 {MaxText} 字，没有保存，文字还在。请精简后再提交。", field);
    }

    void MoveTo(PublicNoticeState state)
    {
        State = state;
        Acted();
    }
}

/// <summary>What is shown, to whom, for how many working days.</summary>
public sealed record PublicNoticeWords(string Title, string Text, Guid[] ShownTo, int Workdays)
{
    public void Check()
    {
        if (string.IsNullOrWhiteSpace(Title)) throw new Refusal("请写公示的标题。", nameof(Title));
        if (Title.Length > PublicNotice.MaxTitle) throw new Refusal($"标题超过 {PublicNotice.MaxTitle} 字，没有保存，文字还在。", nameof(Title));
        if (string.IsNullOrWhiteSpace(Text)) throw new Refusal("请写公示的内容：对象、理由、依据。", nameof(Text));
        if (Text.Length > PublicNotice.MaxText) throw new Refusal($"内容超过 {PublicNotice.MaxText} 字，没有保存，文字还在。请精简。", nameof(Text));
        if (ShownTo.Length == 0 || ShownTo.Contains(Guid.Empty)) throw new Refusal("请选给哪个单位看。", nameof(ShownTo));
        if (Workdays is < 1 or > PublicNotice.MostWorkdays) throw new Refusal($"公示期应在 1—{PublicNotice.MostWorkdays} 个工作日之间。", nameof(Workdays));
    }
}

/// <summary>Somebody does not agree, under a name or without one, and the answer.</summary>
[PartOf(typeof(PublicNotice), "异议")]
public sealed class Objection
{
    public Guid Id { get; private init; }
    public Guid NoticeId { get; private init; }
    public string Text { get; private init; } = "";
    public Guid? ById { get; private init; }
    public DateOnly On { get; private init; }
    public bool? Upheld { get; private set; }
    public string Answer { get; private set; } = "";
    public Guid? AnswererId { get; private set; }
    public DateTimeOffset? AnsweredAt { get; private set; }

    public bool IsAnswered => AnsweredAt is not null;

    internal static Objection Of(Guid id, Guid noticeId, string text, Guid? by, DateOnly on) => new() { Id = id, NoticeId = noticeId, Text = text, ById = by, On = on };

    internal void Take(bool upheld, string answer, Guid by, DateTimeOffset at) => (Upheld, Answer, AnswererId, AnsweredAt) = (upheld, answer, by, at);
}

public static class PublicNoticeTitles
{
    public static string Title(this PublicNoticeState state) => state switch
    {
        PublicNoticeState.Draft => "草稿", PublicNoticeState.Open => "公示中", PublicNoticeState.Closed => "已结束", _ => "已撤回",
    };

    public static string Title(this PublicNoticeVerb verb) => verb switch
    {
        PublicNoticeVerb.Draft => "起草", PublicNoticeVerb.Restate => "修改", PublicNoticeVerb.Open => "开始公示", PublicNoticeVerb.Object => "提出异议",
        PublicNoticeVerb.Answer => "答复异议", PublicNoticeVerb.Close => "宣布结果", _ => "撤回",
    };
}
