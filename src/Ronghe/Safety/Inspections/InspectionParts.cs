using Ronghe.Findings;
using Ronghe.Platform;
using Ronghe.Platform.Journal;
using Ronghe.Safety.Checklists;

namespace Ronghe.Safety.Inspections;

/// <summary>What is planned: of what kind, where, by whom, when, by which list. A spot check names no unit.</summary>
public sealed record InspectionPlan(InspectionKind Kind, string Title, Guid? UnitId, Guid? ZoneId, Guid LeadId, DateOnly On, IReadOnlyList<TeamMember> Members)
{
    public Guid? ChecklistId { get; init; }
    public int? ChecklistNumber { get; init; }

    public void Check()
    {
        if (string.IsNullOrWhiteSpace(Title)) throw new Refusal("请写检查名称，例如“迎峰度冬专项检查”。", nameof(Title));
        if (Title.Trim().Length > Inspection.LongestTitle) throw new Refusal($"检查名称超过 {Inspection.LongestTitle} 字，没有保存，填写的内容还在。", nameof(Title));
        if (LeadId == Guid.Empty) throw new Refusal("请选带队的人。", nameof(LeadId));
        if (Members.Count > Inspection.MostMembers) throw new Refusal($"成员最多 {Inspection.MostMembers} 人。", nameof(Members));
        if (Kind == InspectionKind.SpotCheck && UnitId is not null) throw new Refusal("四不两直抽查的对象由系统抽取，不能指定。", nameof(UnitId));
        if (Kind != InspectionKind.SpotCheck && UnitId is null) throw new Refusal("请选检查哪个单位。", nameof(UnitId));
    }
}

public sealed record TeamMember(Guid PersonId, TeamRole Role);

[PartOf(typeof(Inspection), "检查组成员")]
public sealed class InspectionMember
{
    public Guid InspectionId { get; init; }
    public Guid PersonId { get; init; }
    public TeamRole Role { get; init; }
}

public enum Verdict { Yes, No, NotApplicable }

/// <summary>What somebody fills in for one item.</summary>
public sealed record InspectionReply(string ItemId, Verdict? Verdict, decimal? Number, string? Note)
{
    public const int LongestNote = 500;

    public bool IsBlank => Verdict is null && Number is null && string.IsNullOrWhiteSpace(Note);

    public void Check(ChecklistItem item)
    {
        if (Note?.Length > LongestNote) throw new Refusal($"“{item.Text}”的说明超过 {LongestNote} 字，没有保存，填写的内容还在。");
        if (Number is { } number && (item.Kind != ChecklistItemKind.Number || Math.Abs(number) >= 1_000_000_000)) throw new Refusal($"“{item.Text}”的数值不对，请核对。没有保存，填写的内容还在。");
    }
}

/// <summary>The answer to one item, as it stands.</summary>
[PartOf(typeof(Inspection), "检查项答案")]
public sealed class InspectionAnswer
{
    public Guid InspectionId { get; init; }
    public required string ItemId { get; init; }
    public Verdict? Verdict { get; private set; }
    public decimal? Number { get; private set; }
    public string Note { get; private set; } = "";
    public Guid? ById { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>A no, or a number beyond its limits.</summary>
    public bool IsFault(ChecklistItem item) => Verdict != Inspections.Verdict.NotApplicable && (item.Kind == ChecklistItemKind.Number
        ? Number is { } number && !item.IsWithin(number)
        : Verdict == Inspections.Verdict.No);

    internal void Take(InspectionReply reply, Guid? by, DateTimeOffset at) =>
        (Verdict, Number, Note, ById, At) = (reply.Verdict ?? Verdict, reply.Verdict == Inspections.Verdict.NotApplicable ? null : reply.Number ?? Number, reply.Note is null ? Note : reply.Note.Trim(), by, at);
}

/// <summary>A photo of an item, made anew from its pixels by the photo store.</summary>
public sealed class InspectionPhoto
{
    public Guid InspectionId { get; init; }
    public required string ItemId { get; init; }
    public Guid FileId { get; init; }
    public Guid? ById { get; init; }
    public DateTimeOffset At { get; init; }
}

/// <summary>A finding that an inspection brought, and how it stands.</summary>
public sealed record InspectionProblem(Guid FindingId, string Number, string Description, FindingStatus Status, Guid? RectifierId, DateOnly? DueOn, string? ItemId)
{
    /// <summary>Gone, or somebody's with a date.</summary>
    public bool IsSettled => Status is FindingStatus.Closed or FindingStatus.Rejected or FindingStatus.Merged || (Status != FindingStatus.Reported && RectifierId is not null && DueOn is not null);
}

public sealed record ExplanationWords(string What, string Why, string Duty, string Measure, DateOnly DueOn)
{
    const int Longest = 500;

    public void Check(DateOnly today)
    {
        Require(What, "什么问题", nameof(What));
        Require(Why, "为什么会这样", nameof(Why));
        Require(Duty, "谁的责任", nameof(Duty));
        Require(Measure, "怎么改", nameof(Measure));
        if (DueOn < today || DueOn > today.AddYears(FindingReport.LongestAhead)) throw new Refusal("整改日期不能早于今天，也不能太远，请核对。没有保存，填写的内容还在。", nameof(DueOn));
    }

    static void Require(string text, string what, string field)
    {
        if (string.IsNullOrWhiteSpace(text)) throw new Refusal($"“{what}”没有写。没有保存，填写的内容还在。", field);
        if (text.Length > Longest) throw new Refusal($"“{what}”超过 {Longest} 字，没有保存，填写的内容还在。请精简。", field);
    }
}

/// <summary>说清楚: pending → accepted, or to be said again.</summary>
[PartOf(typeof(Inspection), "说明")]
public sealed class Explanation
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid InspectionId { get; init; }
    public Guid FindingId { get; init; }
    public string What { get; init; } = "";
    public string Why { get; init; } = "";
    /// <summary>Whose duty it was, as a post.</summary>
    public string Duty { get; init; } = "";
    public string Measure { get; init; } = "";
    public DateOnly DueOn { get; init; }
    public Guid ById { get; init; }
    public DateTimeOffset At { get; init; }
    public Guid? HeardById { get; private set; }
    public DateTimeOffset? HeardAt { get; private set; }
    public bool? IsAccepted { get; private set; }
    public string HeardNote { get; private set; } = "";

    internal void Hear(bool accepted, string note, Guid by, DateTimeOffset at)
    {
        if (IsAccepted is not null) throw new Refusal("这次说明已经听取过了。");
        if (by == ById) throw new Refusal("不能听取自己的说明。");
        if (!accepted && string.IsNullOrWhiteSpace(note)) throw new Refusal("没有说清楚，要写明还差什么。", nameof(HeardNote));
        if (note.Length > InspectionReply.LongestNote) throw new Refusal($"文字超过 {InspectionReply.LongestNote} 字，没有保存，文字还在。", nameof(HeardNote));
        (HeardById, HeardAt, IsAccepted, HeardNote) = (by, at, accepted, note.Trim());
    }
}
