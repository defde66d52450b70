using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Safety.Inspections.Pages;

/// <summary>说清楚 of one problem: the inspected unit says it, whoever led the inspection hears it, on one page that a phone holds.</summary>
[Requires(InspectionPermissions.View)]
public sealed class ExplanationModel(InspectionQueries inspections, InspectionActions actions, TimeProvider clock) : RonghePage
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [FromQuery(Name = "finding")] public Guid Finding { get; set; }
    [BindProperty] public WordsForm Words { get; set; } = new();
    [BindProperty] public string? Note { get; set; }

    public InspectionDetail Detail { get; private set; } = null!;
    public InspectionProblem Problem { get; private set; } = null!;
    public DateOnly Today { get; } = clock.Today();
    public IReadOnlyList<ExplanationLine> Said => [.. Detail.Explanations.Where(one => one.FindingId == Finding)];
    /// <summary>What was said before and not accepted, when it is to be said again.</summary>
    public ExplanationLine? Last => Said.FirstOrDefault() is { IsAccepted: false } last ? last : null;
    public bool MayExplain => Detail.Acts.Possible.Contains("explain") && !Detail.IsExplained(Finding) && !Detail.WaitsToBeHeard(Finding);
    public bool MayHear => Detail.Acts.Has("close") && Detail.Status is InspectionStatus.Started or InspectionStatus.Finished;

    public override async Task<IActionResult> ShowAsync()
    {
        Detail = await inspections.DetailAsync(Id, HttpContext.RequestAborted);
        Problem = Detail.Problems.FirstOrDefault(problem => problem.FindingId == Finding) ?? throw new NotFound("这次检查发现的这个问题");
        // Said again, it begins with what was said.
        if (HttpMethods.IsGet(Request.Method)) Words = Last is { } last
            ? new() { What = last.What, Why = last.Why, Duty = last.Duty, Measure = last.Measure, DueOn = last.DueOn < Today ? null : last.DueOn }
            : new() { What = Problem.Description, DueOn = Problem.DueOn };
        return Page();
    }

    public async Task<IActionResult> OnPostExplainAsync(int version, CancellationToken cancel)
    {
        var due = Words.DueOn ?? throw new Refusal("请写何时改好。没有保存，填写的内容还在。", nameof(Words.DueOn));
        await actions.ExplainAsync(Id, version, Finding, new(Words.What ?? "", Words.Why ?? "", Words.Duty ?? "", Words.Measure ?? "", due), cancel);
        return RedirectWithMessage("说明已提交，等带队的人听取。", $"/inspections/{Id}");
    }

    public Task<IActionResult> OnPostAcceptAsync(int version, Guid explanation, CancellationToken cancel) => HearAsync(version, explanation, accepted: true, "已认可。", cancel);
    public Task<IActionResult> OnPostRepeatAsync(int version, Guid explanation, CancellationToken cancel) => HearAsync(version, explanation, accepted: false, "已要求再说一次，对方会收到消息。", cancel);

    async Task<IActionResult> HearAsync(int version, Guid explanation, bool accepted, string message, CancellationToken cancel)
    {
        await actions.HearAsync(Id, version, explanation, accepted, Note ?? "", cancel);
        return RedirectWithMessage(message, $"/inspections/{Id}");
    }

    public sealed class WordsForm
    {
        public string? What { get; set; }
        public string? Why { get; set; }
        public string? Duty { get; set; }
        public string? Measure { get; set; }
        public DateOnly? DueOn { get; set; }
    }
}
