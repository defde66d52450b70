using Ronghe.Platform;
using Ronghe.Platform.Data;

namespace Ronghe.Findings;

/// <summary>
/// A hazard or problem on its way through the one closed loop, wherever it was found:
/// Reported → Assigned → Rectified → Verified → Closed; aside: Rejected, Merged. A dispute or a failed re-check leads back to Assigned.
/// </summary>
public sealed class Finding : Aggregate
{
    readonly List<FindingStep> _steps = [];

    Finding() { }

    Finding(Guid id, Guid companyId, string number, FindingReport report, Moment at)
    {
        Id = id;
        (CompanyId, Number, UnitId) = (companyId, number, report.UnitId);
        (Description, Source, IsUrgent, CategoryId) = (report.Description.Trim(), report.Source, report.IsUrgent, report.CategoryId);
        (PlaceId, PlaceText) = (report.PlaceId, report.PlaceText.Trim());
        (ReporterId, ReporterUnitId, CoReporterIds) = (report.ReporterId, report.ReporterUnitId, report.CoReporterIds);
        (FoundAt, ReportedAt, IndependentOfId) = (report.FoundAt, at.At, report.IndependentOfId);
    }

    public Guid CompanyId { get; private init; }
    /// <summary>e.g. YH-2026-0381; one sequence for each company and year.</summary>
    public string Number { get; private init; } = "";
    public string Description { get; private init; } = "";
    public FindingSource Source { get; private init; }
    /// <summary>The reporter saw immediate danger.</summary>
    public bool IsUrgent { get; private init; }
    public string? CategoryId { get; private set; }
    public Guid? PlaceId { get; private init; }
    /// <summary>The place in words: a known place's full name, or what the reporter wrote.</summary>
    public string PlaceText { get; private init; } = "";
    public DateTimeOffset FoundAt { get; private init; }
    public DateTimeOffset ReportedAt { get; private init; }
    /// <summary>Null when the reporter gave no name; then nobody, not even the database, knows who it was.</summary>
    public Guid? ReporterId { get; private init; }
    public Guid? ReporterUnitId { get; private init; }
    public Guid[] CoReporterIds { get; private init; } = [];
    /// <summary>
    /// A patrol over a department found it there: that department's people may put it right, but neither grade, hand out, reject, verify
    /// nor close it; whoever found it may verify and close (M14).
    /// </summary>
    public Guid? IndependentOfId { get; private init; }

    /// <summary>The unit that has to put it right; before assignment the unit that looks after the place.</summary>
    public Guid UnitId { get; private set; }
    public FindingStatus Status { get; private set; }
    public FindingGrade? Grade { get; private set; }
    public string GradeBasis { get; private set; } = "";

    // 五定 (rule YH-13): person, time, duty, standard, measure.
    public Guid? RectifierId { get; private set; }
    public DateOnly? DueOn { get; private set; }
    public string Duty { get; private set; } = "";
    public string Standard { get; private set; } = "";
    public string Measure { get; private set; } = "";

    /// <summary>Who assigned it and answers for its course.</summary>
    public Guid? AssignerId { get; private set; }
    /// <summary>Who was asked to verify; others with the right may as well, the rectifier never.</summary>
    public Guid? VerifierId { get; private set; }
    public DateTimeOffset? RectifiedAt { get; private set; }
    public DateTimeOffset? VerifiedAt { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public DateTimeOffset? ConfirmedAt { get; private set; }
    public int Extensions { get; private set; }
    /// <summary>0 not escalated, 1 crew, 2 department, 3 plant.</summary>
    public int EscalationLevel { get; private set; }
    public Guid? EscalatedToId { get; private set; }
    public DateTimeOffset? SupervisedAt { get; private set; }
    public Guid? MergedIntoId { get; private set; }
    public int Reopenings { get; private set; }

    public IReadOnlyList<FindingStep> Steps => _steps;

    public const int TopEscalationLevel = 3;

    public bool IsOpen => Status is FindingStatus.Reported or FindingStatus.Assigned or FindingStatus.Rectified or FindingStatus.Verified;
    public bool IsOverdue(DateOnly today) => Status == FindingStatus.Assigned && DueOn < today;
    public bool IsUnderSupervision => SupervisedAt is not null && IsOpen;
    public bool WasReportedBy(Guid personId) => ReporterId == personId || CoReporterIds.Contains(personId);

    /// <summary>Null when the state allows the verb, else the reason in one sentence. Guards, pages and tests ask here.</summary>
    public string? Obstacle(FindingVerb verb)
    {
        if (!FindingStates.Possible[verb].Contains(Status))
            return $"现在是“{Status.Title()}”，{WhenPossible(verb)}才能{verb.Title()}。";
        return verb switch
        {
            FindingVerb.Assign when Grade is null => "先定级，再派发。",
            FindingVerb.Confirm or FindingVerb.Dispute when ReporterId is null => "这条没有署名，不需要上报人确认。",
            FindingVerb.Confirm or FindingVerb.Dispute when ConfirmedAt is not null => "上报人已经确认过关闭。",
            FindingVerb.Escalate when EscalationLevel >= TopEscalationLevel => "已经升级到最高一级。",
            FindingVerb.ListForSupervision when SupervisedAt is not null => "已经挂牌督办。",
            _ => null,
        };
    }

    public bool Can(FindingVerb verb) => Obstacle(verb) is null;

    public static Finding Report(Guid id, Guid companyId, string number, FindingReport report, Moment at)
    {
        report.Check(at.At);
        var finding = new Finding(id, companyId, number, report, at);
        finding.MoveTo(FindingStatus.Reported, FindingVerb.Report, report.ReporterId, at with { At = report.FoundAt }, "");
        return finding;
    }

    /// <summary>General or major, with the reason (rules YH-02, YH-03, YH-15).</summary>
    public void GradeAs(FindingGrade grade, string? categoryId, string basis, Guid? by, Moment at)
    {
        Guard(FindingVerb.Grade);
        if (grade == FindingGrade.Major && string.IsNullOrWhiteSpace(basis))
            throw new Refusal("定为重大隐患要写明判定依据。", nameof(GradeBasis));
        CheckLength(basis, nameof(GradeBasis));
        (Grade, CategoryId, GradeBasis) = (grade, categoryId ?? CategoryId, basis.Trim());
        MoveTo(Status, FindingVerb.Grade, by, at, Joined(grade.Title(), basis));
    }

    /// <summary>Gives it to a person with the five points 五定. In the state Assigned it hands over to another.</summary>
    public void Assign(FivePoints points, Guid? verifierId, Guid? by, Moment at, DateOnly today)
    {
        Guard(FindingVerb.Assign);
        points.Check(today);
        if (verifierId == points.PersonId) throw new Refusal("整改人不能复核自己的整改，请另选复核人。", nameof(VerifierId));
        (RectifierId, DueOn, UnitId) = (points.PersonId, points.DueOn, points.UnitId);
        (Duty, Standard, Measure) = (points.Duty.Trim(), points.Standard.Trim(), points.Measure.Trim());
        (AssignerId, VerifierId) = (by, verifierId);
        MoveTo(FindingStatus.Assigned, FindingVerb.Assign, by, at, $"期限 {points.DueOn:yyyy-MM-dd}");
    }

    public void Rectify(string note, Guid? by, Moment at)
    {
        Guard(FindingVerb.Rectify);
        CheckRectification(note);
        RectifiedAt = at.At;
        MoveTo(FindingStatus.Rectified, FindingVerb.Rectify, by, at, note);
    }

    public static void CheckRectification(string note)
    {
        if (string.IsNullOrWhiteSpace(note)) throw new Refusal("请写一句做了什么，例如“已更换密封，试运行无渗漏”。", "Note");
        CheckLength(note, "Note");
    }

    public void SendBack(string reason, Guid? by, Moment at)
    {
        Guard(FindingVerb.SendBack);
        RequireReason(reason, "退回要写明哪里没有改好。");
        (RectifiedAt, VerifiedAt) = (null, null);
        MoveTo(FindingStatus.Assigned, FindingVerb.SendBack, by, at, reason);
    }

    /// <summary>A later date with a reason, at most <paramref name="most"/> times.</summary>
    public void Extend(DateOnly until, string reason, int most, Guid? by, Moment at)
    {
        Guard(FindingVerb.Extend);
        RequireReason(reason, "延期要写明原因和期间的防护措施。");
        if (Extensions >= most) throw new Refusal($"已延期 {Extensions} 次，达到上限。请升级或挂牌督办。");
        if (until <= DueOn) throw new Refusal($"新期限要晚于现在的期限 {DueOn:yyyy-MM-dd}。", nameof(DueOn));
        if (until > DueOn?.AddYears(FindingReport.LongestAhead)) throw new Refusal("新期限太远，请核对年份。", nameof(DueOn));
        (DueOn, Extensions) = (until, Extensions + 1);
        MoveTo(Status, FindingVerb.Extend, by, at, $"延至 {until:yyyy-MM-dd}。{reason.Trim()}");
    }

    public void Escalate(int level, Guid? toId, string reason, Guid? by, Moment at)
    {
        Guard(FindingVerb.Escalate);
        RequireReason(reason, "升级要写明原因。");
        if (level <= EscalationLevel || level > TopEscalationLevel) throw new Refusal("只能升到更高一级。");
        (EscalationLevel, EscalatedToId) = (level, toId);
        MoveTo(Status, FindingVerb.Escalate, by, at, reason);
    }

    public void ListForSupervision(string reason, Guid? by, Moment at)
    {
        Guard(FindingVerb.ListForSupervision);
        RequireReason(reason, "挂牌督办要写明要求。");
        SupervisedAt = at.At;
        MoveTo(Status, FindingVerb.ListForSupervision, by, at, reason);
    }

    public void Verify(string note, Guid? by, Moment at)
    {
        Guard(FindingVerb.Verify);
        if (by is not null && by == RectifierId) throw new Refusal("整改人不能复核自己的整改，请由别人复核。");
        CheckLength(note, "Note");
        VerifiedAt = at.At;
        MoveTo(FindingStatus.Verified, FindingVerb.Verify, by, at, note);
    }

    public void Close(string note, Guid? by, Moment at)
    {
        Guard(FindingVerb.Close);
        if (by is not null && by == RectifierId) throw new Refusal("整改人不能关闭自己整改的隐患，请由别人关闭。");
        CheckLength(note, "Note");
        ClosedAt = at.At;
        MoveTo(FindingStatus.Closed, FindingVerb.Close, by, at, note);
    }

    /// <summary>The reporter agrees that it is gone.</summary>
    public void Confirm(string note, Guid by, Moment at)
    {
        Guard(FindingVerb.Confirm);
        GuardReporter(by);
        CheckLength(note, "Note");
        ConfirmedAt = at.At;
        MoveTo(Status, FindingVerb.Confirm, by, at, note);
    }

    /// <summary>The reporter says it is not gone: it goes back to the person in charge.</summary>
    public void Dispute(string reason, Guid by, Moment at)
    {
        Guard(FindingVerb.Dispute);
        GuardReporter(by);
        RequireReason(reason, "请写明哪里还没有改好。");
        Reopen(FindingVerb.Dispute, reason, by, at);
    }

    public void Reject(string reason, Guid? by, Moment at)
    {
        Guard(FindingVerb.Reject);
        RequireReason(reason, "不予受理要写明理由，上报人会看到。");
        MoveTo(FindingStatus.Rejected, FindingVerb.Reject, by, at, reason);
    }

    public void MergeInto(Finding other, string reason, Guid? by, Moment at)
    {
        Guard(FindingVerb.Merge);
        if (other.Id == Id) throw new Refusal("不能合并到自己。", nameof(MergedIntoId));
        if (other.Status is FindingStatus.Merged or FindingStatus.Rejected) throw new Refusal($"{other.Number} 是“{other.Status.Title()}”，不能并入。", nameof(MergedIntoId));
        CheckLength(reason, "Reason");
        MergedIntoId = other.Id;
        MoveTo(FindingStatus.Merged, FindingVerb.Merge, by, at, Joined($"并入 {other.Number}", reason));
    }

    /// <summary>Somebody looked again after closing: it held, or it goes back.</summary>
    public void NoteRecheck(bool held, string note, Guid? by, Moment at)
    {
        Guard(FindingVerb.Recheck);
        if (by is not null && by == RectifierId) throw new Refusal("整改人不能回头看自己的整改。");
        if (!held) RequireReason(note, "没有保持住要写明现场情况。");
        CheckLength(note, "Note");
        if (held) MoveTo(Status, FindingVerb.Recheck, by, at, Joined("保持良好", note));
        else Reopen(FindingVerb.Recheck, $"重新出现：{note.Trim()}", by, at);
    }

    void Reopen(FindingVerb verb, string reason, Guid? by, Moment at)
    {
        (RectifiedAt, VerifiedAt, ClosedAt, ConfirmedAt) = (null, null, null, null);
        Reopenings++;
        MoveTo(FindingStatus.Assigned, verb, by, at, reason);
    }

    void Guard(FindingVerb verb)
    {
        if (Obstacle(verb) is { } obstacle) throw new Refusal(obstacle);
    }

    void GuardReporter(Guid by)
    {
        if (!WasReportedBy(by)) throw new Forbidden("只有上报人能确认或提出异议。");
    }

    static void RequireReason(string reason, string message)
    {
        if (string.IsNullOrWhiteSpace(reason)) throw new Refusal(message, "Reason");
        CheckLength(reason, "Reason");
    }

    static void CheckLength(string text, string field)
    {
        if (text.Length > FindingReport.MaxNote) throw new Refusal($"文字超过 {FindingReport.MaxNote} 字，没有保存，文字还在。请精简后再提交。", field);
    }

    static string WhenPossible(FindingVerb verb) =>
        string.Join("、", FindingStates.Possible[verb].Select(status => $"“{status.Title()}”")) + "时";

    static string Joined(string first, string second) => string.IsNullOrWhiteSpace(second) ? first : $"{first}。{second.Trim()}";

    void MoveTo(FindingStatus status, FindingVerb verb, Guid? by, Moment at, string note)
    {
        _steps.Add(new FindingStep(Id, Version + (verb == FindingVerb.Report ? 0 : 1), verb, Status, status, by, at.At, at.EnteredAt, note.Trim()));
        Status = status;
        Acted();
    }
}
