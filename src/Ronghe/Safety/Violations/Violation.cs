using Ronghe.Platform;
using Ronghe.Platform.Data;

namespace Ronghe.Safety.Violations;

public enum ViolationState { Noted, Heard, Confirmed, Dropped }

/// <summary>Everything that can be done to a violation, in the order of its life.</summary>
public enum ViolationVerb { Note, Hear, Confirm, Drop }

/// <summary>
/// Somebody worked against the rules, as another saw it. It counts only after the person was heard and a second person agreed:
/// Noted → Heard → Confirmed; aside: Dropped.
/// </summary>
public sealed class Violation : Aggregate
{
    public const int MaxText = 2_000, MaxPlace = 200, MaxName = 60;
    /// <summary>In days; what lies further back is no longer heard fairly.</summary>
    public const int LongestAgo = 90;

    Violation() { }

    public Guid CompanyId { get; private init; }
    public string KindId { get; private init; } = "";
    /// <summary>The unit that answers for the person: his own, or the one that brought the contractor.</summary>
    public Guid UnitId { get; private init; }
    /// <summary>Null for a contractor's worker.</summary>
    public Guid? PersonId { get; private init; }
    /// <summary>A contractor's firm and worker, in words.</summary>
    public string PersonText { get; private init; } = "";
    public Guid? PlaceId { get; private init; }
    public string PlaceText { get; private init; } = "";
    public DateOnly On { get; private init; }
    /// <summary>What was seen, and how it can be known.</summary>
    public string Evidence { get; private init; } = "";
    public Guid NotedById { get; private init; }
    public DateTimeOffset NotedAt { get; private init; }
    public ViolationState State { get; private set; }
    /// <summary>What the person said.</summary>
    public string Hearing { get; private set; } = "";
    public Guid? HeardById { get; private set; }
    public DateTimeOffset? HeardAt { get; private set; }
    public Guid? DecidedById { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public string Reason { get; private set; } = "";

    public static readonly IReadOnlyDictionary<ViolationVerb, ViolationState[]> Possible = new Dictionary<ViolationVerb, ViolationState[]>
    {
        [ViolationVerb.Hear] = [ViolationState.Noted],
        [ViolationVerb.Confirm] = [ViolationState.Heard],
        [ViolationVerb.Drop] = [ViolationState.Noted, ViolationState.Heard],
    };

    /// <summary>Null when the state allows the verb, else the reason in one sentence.</summary>
    public string? Obstacle(ViolationVerb verb) => Possible[verb].Contains(State) ? null
        : verb == ViolationVerb.Confirm && State == ViolationState.Noted ? "先听本人说明，再认定。"
        : $"现在是“{State.Title()}”，{string.Join("、", Possible[verb].Select(state => $"“{state.Title()}”"))}时才能{verb.Title()}。";

    public bool Can(ViolationVerb verb) => Obstacle(verb) is null;

    public static Violation Note(Guid id, Guid companyId, ViolationNote note, Guid by, DateTimeOffset at, DateOnly today)
    {
        note.Check(today);
        if (note.PersonId == by) throw new Refusal("不能记自己。自己发现的问题，请报隐患或未遂，不扣分。", nameof(note.PersonId));
        var violation = new Violation
        {
            Id = id, CompanyId = companyId, KindId = note.KindId, UnitId = note.UnitId, PersonId = note.PersonId, PersonText = note.PersonText.Trim(),
            PlaceId = note.PlaceId, PlaceText = note.PlaceText.Trim(), On = note.On, Evidence = note.Evidence.Trim(), NotedById = by, NotedAt = at,
        };
        violation.MoveTo(ViolationState.Noted);
        return violation;
    }

    /// <summary>What the person said; written by himself, or by whoever listened to him.</summary>
    public void Hear(string said, Guid by, DateTimeOffset at)
    {
        Guard(ViolationVerb.Hear);
        Require(said, "Note", "请写下本人怎么说；本人没有意见，就写“无异议”。");
        (Hearing, HeardById, HeardAt) = (said.Trim(), by, at);
        MoveTo(ViolationState.Heard);
    }

    /// <summary>From here on it counts. By a second person, after the hearing.</summary>
    public void Confirm(string reason, Guid by, DateTimeOffset at)
    {
        Guard(ViolationVerb.Confirm);
        GuardSecond(by, "认定");
        CheckLength(reason, "Note");
        Decide(ViolationState.Confirmed, reason, by, at);
    }

    /// <summary>It was none, or cannot be known. Whoever noted it may take it back only as long as nobody was heard.</summary>
    public void Drop(string reason, Guid by, DateTimeOffset at)
    {
        Guard(ViolationVerb.Drop);
        if (by == PersonId || State == ViolationState.Heard) GuardSecond(by, "撤销");
        Require(reason, "Note", "撤销要写明理由，本人会看到。");
        Decide(ViolationState.Dropped, reason, by, at);
    }

    void Decide(ViolationState state, string reason, Guid by, DateTimeOffset at)
    {
        (Reason, DecidedById, DecidedAt) = (reason.Trim(), by, at);
        MoveTo(state);
    }

    void Guard(ViolationVerb verb)
    {
        if (Obstacle(verb) is { } obstacle) throw new Refusal(obstacle);
    }

    void GuardSecond(Guid by, string what)
    {
        if (by == PersonId) throw new Forbidden($"不能{what}自己的违章。");
        if (by == NotedById) throw new Forbidden($"记录的人不能一个人{what}，请由另一位有权的同事{what}。");
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

    void MoveTo(ViolationState state)
    {
        State = state;
        Acted();
    }
}

/// <summary>What somebody saw: who (or which contractor's worker), where, when, of what kind, and how it can be known.</summary>
public sealed record ViolationNote(string KindId, Guid UnitId, Guid? PersonId, string PersonText, Guid? PlaceId, string PlaceText, DateOnly On, string Evidence)
{
    public void Check(DateOnly today)
    {
        if (string.IsNullOrWhiteSpace(KindId)) throw new Refusal("请选是哪种违章。", nameof(KindId));
        if (PersonId is null && string.IsNullOrWhiteSpace(PersonText)) throw new Refusal("请选违章人；外委人员写单位和姓名。", nameof(PersonId));
        if (PersonText.Length > Violation.MaxName) throw new Refusal($"外委人员超过 {Violation.MaxName} 字，没有保存，文字还在。", nameof(PersonText));
        if (PlaceId is null && string.IsNullOrWhiteSpace(PlaceText)) throw new Refusal("请写明在哪里。", nameof(PlaceText));
        if (PlaceText.Length > Violation.MaxPlace) throw new Refusal($"地点超过 {Violation.MaxPlace} 字，没有保存，文字还在。", nameof(PlaceText));
        if (On > today) throw new Refusal("日期晚于今天，请核对。", nameof(On));
        if (On < today.AddDays(-Violation.LongestAgo)) throw new Refusal($"只记 {Violation.LongestAgo} 天以内的；更早的本人难以说明，请核对日期。", nameof(On));
        if (string.IsNullOrWhiteSpace(Evidence)) throw new Refusal("请写看到了什么、凭什么认定（照片、票、录像、在场的人）。", nameof(Evidence));
        if (Evidence.Length > Violation.MaxText) throw new Refusal($"经过超过 {Violation.MaxText} 字，没有保存，文字还在。请精简。", nameof(Evidence));
    }
}

public static class ViolationTitles
{
    public static string Title(this ViolationState state) => state switch
    {
        ViolationState.Noted => "待说明", ViolationState.Heard => "待认定", ViolationState.Confirmed => "已认定", _ => "已撤销",
    };

    public static string Title(this ViolationVerb verb) => verb switch
    {
        ViolationVerb.Note => "记录违章", ViolationVerb.Hear => "听取说明", ViolationVerb.Confirm => "认定", _ => "撤销",
    };
}
