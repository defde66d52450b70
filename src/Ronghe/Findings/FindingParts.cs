using Ronghe.Platform;
using Ronghe.Platform.Files;
using Ronghe.Platform.Journal;

namespace Ronghe.Findings;

/// <summary>What a reporter says: three fields and a photo; the rest is known or has a default.</summary>
public sealed record FindingReport(string Description, Guid? PlaceId, string PlaceText, Guid UnitId)
{
    public const int MaxDescription = 2_000, MaxNote = 2_000, MaxPlace = 200;
    /// <summary>In years; earlier or later is a slip of the pen.</summary>
    public const int LongestAgo = 50, LongestAhead = 10;

    public FindingSource Source { get; init; }
    public bool IsUrgent { get; init; }
    public string? CategoryId { get; init; }
    public Guid? ReporterId { get; init; }
    public Guid? ReporterUnitId { get; init; }
    public Guid[] CoReporterIds { get; init; } = [];
    public DateTimeOffset FoundAt { get; init; }
    /// <summary>The unit that it is about and whose people have no say over it (M14); null for nearly all.</summary>
    public Guid? IndependentOfId { get; init; }

    public void Check(DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(Description)) throw new Refusal("请写下看到了什么，一句话就行。", nameof(Description));
        if (Description.Length > MaxDescription)
            throw new Refusal($"描述超过 {MaxDescription} 字，没有保存，文字还在。请写要点，细节可以放在照片里。", nameof(Description));
        if (PlaceId is null && string.IsNullOrWhiteSpace(PlaceText)) throw new Refusal("请写明在哪里。", nameof(PlaceText));
        if (FoundAt < now.AddYears(-LongestAgo)) throw new Refusal("发现时间太早，请核对年份。", nameof(FoundAt));
        if (FoundAt > now.AddMinutes(5)) throw new Refusal("发现时间晚于现在，请核对。", nameof(FoundAt));
    }
}

/// <summary>When something happened and when it was entered; the two differ for what an old ledger or an offline phone brings.</summary>
public readonly record struct Moment(DateTimeOffset At, DateTimeOffset EnteredAt)
{
    public static implicit operator Moment(DateTimeOffset now) => new(now, now);
}

/// <summary>How serious it is, of what kind, and why.</summary>
public sealed record Grading(FindingGrade Grade, string? CategoryId, string Basis);

/// <summary>五定: person, time, duty (with the unit that bears it), standard, measure (rule YH-13).</summary>
public sealed record FivePoints(Guid PersonId, DateOnly DueOn, Guid UnitId, string Duty, string Standard, string Measure)
{
    public void Check(DateOnly today)
    {
        if (PersonId == Guid.Empty) throw new Refusal("定人员：请选整改责任人。", "RectifierId");
        if (UnitId == Guid.Empty) throw new Refusal("定责任：请选责任单位。", "UnitId");
        if (DueOn < today) throw new Refusal("定时间：整改期限不能早于今天。", "DueOn");
        if (DueOn > today.AddYears(FindingReport.LongestAhead)) throw new Refusal($"定时间：整改期限在 {FindingReport.LongestAhead} 年以后，请核对年份。", "DueOn");
        if (string.IsNullOrWhiteSpace(Standard)) throw new Refusal("定标准：请写改到什么样算好。", "Standard");
        if (string.IsNullOrWhiteSpace(Measure)) throw new Refusal("定措施：请写怎么改、改好前怎么防护。", "Measure");
        if (Duty.Length + Standard.Length + Measure.Length > FindingReport.MaxNote)
            throw new Refusal($"五定文字合计超过 {FindingReport.MaxNote} 字，没有保存，文字还在。请精简后再提交。", "Measure");
    }
}

/// <summary>One step of a finding's history: who did what, when it happened and when it was entered.</summary>
[PartOf(typeof(Finding), "步骤")]
public sealed record FindingStep(
    Guid FindingId, int Version, FindingVerb Verb, FindingStatus From, FindingStatus To, Guid? ById, DateTimeOffset At, DateTimeOffset EnteredAt, string Note)
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
}

public enum PhotoStage { Before, After }

[PartOf(typeof(Finding), "照片")]
public sealed class FindingPhoto
{
    public static FindingPhoto Of(Guid findingId, StoredFile photo, PhotoStage stage, Guid? by, DateTimeOffset at) =>
        new() { FindingId = findingId, FileId = photo.Id, Stage = stage, ById = by, At = at };

    public Guid FindingId { get; init; }
    public Guid FileId { get; init; }
    public PhotoStage Stage { get; init; }
    public Guid? ById { get; init; }
    public DateTimeOffset At { get; init; }
}

/// <summary>The next number of one company and year.</summary>
public sealed class FindingNumber
{
    public Guid CompanyId { get; init; }
    public int Year { get; init; }
    public int Last { get; set; }
}

/// <summary>A closed finding drawn by lot, to be looked at again. Pending → Held or Recurred.</summary>
public sealed class Recheck
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid CompanyId { get; init; }
    public Guid FindingId { get; init; }
    /// <summary>First day of the month whose closures were drawn from.</summary>
    public DateOnly Month { get; init; }
    public DateTimeOffset DrawnAt { get; init; }
    public Guid? CheckerId { get; private set; }
    public DateTimeOffset? CheckedAt { get; private set; }
    public bool? Held { get; private set; }
    public string Note { get; private set; } = "";

    public void Finish(Guid? by, bool held, string note, DateTimeOffset at) => (CheckerId, Held, Note, CheckedAt) = (by, held, note.Trim(), at);
}
