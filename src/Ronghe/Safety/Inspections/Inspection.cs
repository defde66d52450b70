using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;
using Ronghe.Safety.Checklists;

namespace Ronghe.Safety.Inspections;

/// <summary>
/// People go and look, by a checklist or without one; what they find goes into the one closed loop.
/// Planned → Started → Finished → Closed, closed only when everything found is settled; aside: Cancelled.
/// </summary>
public sealed class Inspection : Aggregate
{
    public const int LongestTitle = 60, LongestNote = 2_000, MostMembers = 20, MostPhotos = 6;

    readonly List<InspectionMember> _members = [];
    readonly List<InspectionAnswer> _answers = [];
    readonly List<Explanation> _explanations = [];
    readonly List<InspectionPhoto> _photos = [];

    Inspection() { }

    public Inspection(Guid companyId, InspectionPlan plan, Guid plannedById, Guid? id = null)
    {
        plan.Check();
        Id = id ?? Id;
        (CompanyId, PlannedById, Kind, Title) = (companyId, plannedById, plan.Kind, plan.Title.Trim());
        (UnitId, ZoneId, LeadId, PlannedOn) = (plan.UnitId, plan.ZoneId, plan.LeadId, plan.On);
        (ChecklistId, ChecklistNumber) = (plan.ChecklistId, plan.ChecklistNumber);
        _members.AddRange(plan.Members.Where(member => member.PersonId != plan.LeadId).DistinctBy(member => member.PersonId)
            .Select(member => new InspectionMember { InspectionId = Id, PersonId = member.PersonId, Role = member.Role }));
    }

    public Guid CompanyId { get; private init; }
    public Guid PlannedById { get; private init; }
    public InspectionKind Kind { get; private init; }
    public string Title { get; private init; } = "";
    /// <summary>What is inspected. Of a spot check nobody reads it here before it has started: the draw lies elsewhere.</summary>
    public Guid? UnitId { get; private set; }
    public Guid? ZoneId { get; private init; }
    public Guid LeadId { get; private init; }
    /// <summary>The day; of a spot check the first of its month.</summary>
    public DateOnly PlannedOn { get; private init; }
    public Guid? ChecklistId { get; private init; }
    /// <summary>The version by which it is filled in, whatever becomes of the checklist.</summary>
    public int? ChecklistNumber { get; private init; }
    public InspectionStatus Status { get; private set; }
    public DateTimeOffset? StartedAt { get; private set; }
    public DateTimeOffset? FinishedAt { get; private set; }
    /// <summary>The day of it, as duties ask for it.</summary>
    [Derived] public DateOnly? FinishedOn { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    /// <summary>What the team concludes, or why it was cancelled.</summary>
    public string Conclusion { get; private set; } = "";

    public IReadOnlyList<InspectionMember> Members => _members;
    public IReadOnlyList<InspectionAnswer> Answers => _answers;
    public IReadOnlyList<Explanation> Explanations => _explanations;
    public IReadOnlyList<InspectionPhoto> Photos => _photos;

    public bool IsOfTeam(Guid? personId) => personId is { } id && (LeadId == id || _members.Any(member => member.PersonId == id));

    /// <summary>Null when the state allows the verb, else the reason in one sentence.</summary>
    public string? Obstacle(InspectionVerb verb) => InspectionStates.Possible[verb].Contains(Status) ? null
        : $"现在是“{Status.Title()}”，{string.Join("、", InspectionStates.Possible[verb].Select(status => $"“{status.Title()}”"))}时才能{verb.Title()}。";

    public bool Can(InspectionVerb verb) => Obstacle(verb) is null;

    /// <param name="unitId">Of a spot check the unit that was drawn.</param>
    /// <param name="at">When they are on the spot.</param>
    public void Start(Guid? unitId, DateTimeOffset at)
    {
        Guard(InspectionVerb.Start);
        UnitId = unitId ?? UnitId ?? throw new Refusal("还没有抽取检查对象，请先抽取。");
        (Status, StartedAt) = (InspectionStatus.Started, at);
        Acted();
    }

    /// <summary>What nobody filled in leaves an earlier answer as it is, for two people may fill in the same list.</summary>
    public void Fill(IReadOnlyList<ChecklistItem> items, IReadOnlyList<InspectionReply> replies, Guid? by, DateTimeOffset at)
    {
        Guard(InspectionVerb.Fill);
        foreach (var reply in replies.Where(reply => !reply.IsBlank))
        {
            var item = items.FirstOrDefault(item => item.Id == reply.ItemId) ?? throw new Refusal($"检查表里没有 {reply.ItemId} 这一项，没有保存。");
            reply.Check(item);
            var answer = _answers.FirstOrDefault(answer => answer.ItemId == item.Id);
            if (answer is null) _answers.Add(answer = new InspectionAnswer { InspectionId = Id, ItemId = item.Id });
            answer.Take(reply, by, at);
        }
        Acted();
    }

    /// <summary>What the camera saw of one item; only items that ask for a photo take one.</summary>
    public void Photograph(ChecklistItem item, IReadOnlyList<Guid> files, Guid? by, DateTimeOffset at)
    {
        Guard(InspectionVerb.Fill);
        if (item.Kind != ChecklistItemKind.Photo) throw new Refusal($"“{item.Text}”不用拍照。不合格的，请登记隐患并附照片。");
        if (_photos.Count(photo => photo.ItemId == item.Id) + files.Count > MostPhotos) throw new Refusal($"“{item.Text}”最多 {MostPhotos} 张照片，这次的没有保存。");
        _photos.AddRange(files.Select(file => new InspectionPhoto { InspectionId = Id, ItemId = item.Id, FileId = file, ById = by, At = at }));
        Acted();
    }

    public void Finish(IReadOnlyList<ChecklistItem> items, IReadOnlyCollection<string> itemsWithFinding, string conclusion, DateTimeOffset at)
    {
        Guard(InspectionVerb.Finish);
        RequireNote(conclusion, "请写一句检查情况。");
        if (items.Count(item => MustBeAnswered(item) && AnswerTo(item) is null) is > 0 and var open) throw new Refusal($"检查表还有 {open} 项没有填。查不到的请选“不适用”。");
        if (items.FirstOrDefault(item => AnswerTo(item) is { } answer && answer.IsFault(item) && answer.Note == "" && !itemsWithFinding.Contains(item.Id)) is { } loose)
            throw new Refusal($"“{loose.Text}”不合格，请登记成隐患，或写明当场怎么处理的。");
        (Status, FinishedAt, FinishedOn, Conclusion) = (InspectionStatus.Finished, at, at.PlantDate(), conclusion.Trim());
        Acted();
    }

    /// <summary>Only when everything found is settled: closed, or handed over with an owner and a date; of a spot check also explained.</summary>
    public void Close(IReadOnlyList<InspectionProblem> problems, DateTimeOffset at)
    {
        Guard(InspectionVerb.Close);
        if (WhyNotClosed(problems) is { } reason) throw new Refusal(reason);
        (Status, ClosedAt) = (InspectionStatus.Closed, at);
        Acted();
    }

    public string? WhyNotClosed(IReadOnlyList<InspectionProblem> problems)
    {
        if (problems.Where(problem => !problem.IsSettled).Select(problem => problem.Number).ToList() is { Count: > 0 } loose)
            return $"{string.Join("、", loose.Take(5))}{(loose.Count > 5 ? $"等 {loose.Count} 条" : "")}还没有落实责任人和期限，派发以后才能关闭。";
        if (Kind == InspectionKind.SpotCheck && problems.Where(problem => !IsExplained(problem.FindingId)).Select(problem => problem.Number).ToList() is { Count: > 0 } unexplained)
            return $"{string.Join("、", unexplained.Take(5))}还没有说清楚，听取并认可以后才能关闭。";
        return null;
    }

    public void Cancel(string reason, DateTimeOffset at)
    {
        Guard(InspectionVerb.Cancel);
        RequireNote(reason, "取消要写明原因。");
        (Status, ClosedAt, Conclusion) = (InspectionStatus.Cancelled, at, reason.Trim());
        Acted();
    }

    /// <summary>说清楚: the inspected unit says what, why, whose duty, what is done and until when.</summary>
    public Explanation Explain(Guid findingId, ExplanationWords words, Guid by, DateTimeOffset at, DateOnly today)
    {
        Guard(InspectionVerb.Explain);
        words.Check(today);
        if (_explanations.Any(one => one.FindingId == findingId && one.IsAccepted is null)) throw new Refusal("这个问题已经说明过，正等着听取。");
        if (IsExplained(findingId)) throw new Refusal("这个问题已经说清楚了。");
        var explanation = new Explanation
        {
            InspectionId = Id, FindingId = findingId, What = words.What.Trim(), Why = words.Why.Trim(), Duty = words.Duty.Trim(), Measure = words.Measure.Trim(), DueOn = words.DueOn, ById = by, At = at,
        };
        _explanations.Add(explanation);
        Acted();
        return explanation;
    }

    public void Hear(Guid explanationId, bool accepted, string note, Guid by, DateTimeOffset at)
    {
        Guard(InspectionVerb.Explain);
        var explanation = _explanations.FirstOrDefault(one => one.Id == explanationId) ?? throw new NotFound("这次说明");
        explanation.Hear(accepted, note, by, at);
        Acted();
    }

    public bool IsExplained(Guid findingId) => _explanations.Any(one => one.FindingId == findingId && one.IsAccepted == true);

    public InspectionAnswer? AnswerTo(ChecklistItem item) => _answers.FirstOrDefault(answer => answer.ItemId == item.Id);

    /// <summary>Photos and words are never demanded.</summary>
    public static bool MustBeAnswered(ChecklistItem item) => item.Kind is ChecklistItemKind.YesNo or ChecklistItemKind.Number;

    void Guard(InspectionVerb verb)
    {
        if (Obstacle(verb) is { } obstacle) throw new Refusal(obstacle);
    }

    static void RequireNote(string note, string message)
    {
        if (string.IsNullOrWhiteSpace(note)) throw new Refusal(message, nameof(Conclusion));
        if (note.Length > LongestNote) throw new Refusal($"文字超过 {LongestNote} 字，没有保存，文字还在。请精简后再提交。", nameof(Conclusion));
    }
}
