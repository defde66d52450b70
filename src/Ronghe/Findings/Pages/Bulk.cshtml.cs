using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Findings.Pages;

/// <summary>One act on the rows that were ticked in the list, and what became of each.</summary>
[Requires(FindingPermissions.View)]
public sealed class BulkModel(FindingBulk bulk, FindingRulebook rulebook, FindingChoices choices, Me me, TimeProvider clock) : RonghePage
{
    IReadOnlyDictionary<Guid, string> _names = new Dictionary<Guid, string>();

    [BindProperty(SupportsGet = true)] public string?[] Ids { get; set; } = [];

    public IReadOnlyList<BulkRow> Rows { get; private set; } = [];
    /// <summary>Null before the act.</summary>
    public IReadOnlyList<BulkOutcome>? Outcomes { get; private set; }
    public DateOnly Today { get; } = clock.Today();
    public DetailModel.AssignForm Assign { get; set; } = new();

    public IReadOnlyList<PickedFinding> Picked => [.. Ids.Select(PickedFinding.Read).OfType<PickedFinding>().DistinctBy(one => one.Id).Take(FindingBulk.Most)];
    public bool May(FindingVerb verb) => me.May(FindingBulk.RightFor(verb));
    /// <summary>The form that was sent and came back.</summary>
    public string? Asked => Request.Query["handler"];
    public int Done => Outcomes?.Count(outcome => outcome.End == BulkEnd.Done) ?? 0;

    /// <summary>How many came to nothing; null when all were done.</summary>
    public string? LeftText => Outcomes is { } ended && ended.Count - Done is > 0 and var left
        ? $"有 {left} 条没有办，原因见表。{(Done > 0 ? "别的已经办好，不用重办。" : "")}" : null;

    /// <summary>Those that came to nothing, in the version that they have now.</summary>
    public string? Again => Outcomes?.Where(outcome => outcome.End != BulkEnd.Done).Select(outcome => Rows.FirstOrDefault(row => row.Id == outcome.Id)).OfType<BulkRow>().ToList() is { Count: > 0 } left
        ? "/findings/bulk?" + string.Join('&', left.Select(row => "ids=" + new PickedFinding(row.Id, row.Version))) : null;

    public override async Task<IActionResult> ShowAsync()
    {
        var cancel = HttpContext.RequestAborted;
        Rows = await bulk.RowsAsync(Picked, cancel);
        Assign.DueOn ??= WorkCalendar.China.AddWorkdays(Today, (await rulebook.ForAsync(me.CompanyId, cancel)).GeneralDays);
        _names = await choices.NamesAsync([.. new[] { "Assign.RectifierId", "Assign.UnitId", "Assign.VerifierId" }.Select(Typed).OfType<Guid>()], cancel);
        return Page();
    }

    public string? NameOf(string field) => Typed(field) is { } id ? _names.GetValueOrDefault(id) : null;

    public async Task<IActionResult> OnPostAssignAsync(DetailModel.AssignForm assign, bool gradeFirst)
    {
        Require(FindingVerb.Assign);
        var points = assign.ToPoints();
        points.Check(Today);
        var ungraded = (await bulk.RowsAsync(Picked, HttpContext.RequestAborted)).Where(row => row.Grade is null).Select(row => row.Id).ToHashSet();
        return await RunAsync(FindingVerb.Assign, (actions, one) => gradeFirst && ungraded.Contains(one.Id)
            ? actions.GradeAndAssignAsync(one.Id, one.Version, new Grading(FindingGrade.General, null, ""), points, assign.VerifierId)
            : actions.AssignAsync(one.Id, one.Version, points, assign.VerifierId));
    }

    public Task<IActionResult> OnPostExtendAsync(DetailModel.ExtendForm extend)
    {
        Require(FindingVerb.Extend);
        var until = extend.DueOn ?? throw new Refusal("请选新的期限。", nameof(extend.DueOn));
        return RunAsync(FindingVerb.Extend, (actions, one) => actions.ExtendAsync(one.Id, one.Version, until, extend.Reason ?? ""));
    }

    public Task<IActionResult> OnPostSuperviseAsync(DetailModel.ReasonForm supervise) =>
        RunAsync(FindingVerb.ListForSupervision, (actions, one) => actions.ListForSupervisionAsync(one.Id, one.Version, supervise.Reason ?? ""));

    public Task<IActionResult> OnPostCloseAsync(DetailModel.NoteForm close) =>
        RunAsync(FindingVerb.Close, (actions, one) => actions.CloseAsync(one.Id, one.Version, close.Note ?? ""));

    async Task<IActionResult> RunAsync(FindingVerb verb, Func<FindingActions, PickedFinding, Task> act)
    {
        Require(verb);
        if (Picked.Count == 0) throw new Refusal("没有选中任何一条，没有办理。请回到列表，勾选要办的再来。");
        Outcomes = await bulk.RunAsync(verb, Picked, act, HttpContext.RequestAborted);
        return await ShowAsync();
    }

    /// <summary>Whoever holds the right nowhere is told so at once; where it reaches is asked for each row.</summary>
    void Require(FindingVerb verb)
    {
        if (!May(verb)) throw new Forbidden($"您没有{verb.Title()}的权限，没有办理。");
    }

    Guid? Typed(string field) => Guid.TryParse(ModelState[field]?.AttemptedValue, out var id) ? id : null;
}
