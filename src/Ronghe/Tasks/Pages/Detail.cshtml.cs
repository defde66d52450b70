using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Tasks.Pages;

/// <summary>One task: what was promised, its course, and every act that is this person's business. A form is named after its act.</summary>
[Requires(TaskPermissions.Use)]
public sealed class DetailModel(TaskQueries queries, TaskActions actions, TimeProvider clock) : ActPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public TaskDetail Detail { get; private set; } = null!;
    public GivenTask Task => Detail.Task;
    public DateOnly Today { get; } = clock.Today();

    CancellationToken Cancel => HttpContext.RequestAborted;

    protected override IEnumerable<string> Offered => Detail.Acts.Where(act => act.Obstacle is null).Select(act => act.Verb.ToString());

    public override async Task<IActionResult> ShowAsync()
    {
        Detail = await queries.FindAsync(Id, Cancel);
        return Page();
    }

    public string Turn => Task.State switch
    {
        TaskState.Given => $"等 {Detail.Owner} 接办，{TaskLook.Deadline(Task.DueOn, Today)}（期限 {Task.DueOn.Say(Today.Year)}）。",
        TaskState.Doing => $"{Detail.Owner} 在办，{TaskLook.Deadline(Task.DueOn, Today)}（期限 {Task.DueOn.Say(Today.Year)}）。",
        TaskState.Reported => $"等 {Detail.Confirmer} 确认，办理人自己不能确认。",
        TaskState.Confirmed => "已确认办结。",
        _ => "已撤销，原因见经过。",
    };

    public async Task<IActionResult> OnPostStartAsync(int version)
    {
        await actions.StartAsync(Id, version, "", Cancel);
        return RedirectWithMessage("已接办。办完后在这里报办结。");
    }

    public async Task<IActionResult> OnPostReportAsync(int version, NoteForm report)
    {
        await actions.ReportAsync(Id, version, report.Note ?? "", Cancel);
        return RedirectWithMessage("已报办结，等别人确认。");
    }

    public async Task<IActionResult> OnPostConfirmAsync(int version, NoteForm check)
    {
        await actions.ConfirmAsync(Id, version, check.Note ?? "", Cancel);
        return RedirectWithMessage("已确认办结。");
    }

    public async Task<IActionResult> OnPostReturnAsync(int version, NoteForm check)
    {
        await actions.ReturnAsync(Id, version, check.Note ?? "", Cancel);
        return RedirectWithMessage("已退回，办理人会看到您写的理由。");
    }

    public async Task<IActionResult> OnPostExtendAsync(int version, ExtendForm extend)
    {
        await actions.ExtendAsync(Id, version, extend.DueOn ?? throw new Refusal("请选新的期限。", nameof(extend.DueOn)), extend.Reason ?? "", Cancel);
        return RedirectWithMessage($"已延期到 {extend.DueOn?.Say(Today.Year)}。");
    }

    public async Task<IActionResult> OnPostHandOverAsync(int version, HandOverForm handOver)
    {
        await actions.HandOverAsync(Id, version, handOver.ToId ?? throw new Refusal("请选转给谁办。", nameof(handOver.ToId)), handOver.Reason ?? "", Cancel);
        return RedirectWithMessage("已转办，新的办理人会在工作台看到。", "/tasks");
    }

    public async Task<IActionResult> OnPostCancelAsync(int version, ReasonForm cancel)
    {
        await actions.CancelAsync(Id, version, cancel.Reason ?? "", Cancel);
        return RedirectWithMessage("已撤销，原因记在经过里。");
    }

    public sealed class NoteForm { public string? Note { get; set; } }
    public sealed class ReasonForm { public string? Reason { get; set; } }

    public sealed class ExtendForm
    {
        public DateOnly? DueOn { get; set; }
        public string? Reason { get; set; }
    }

    public sealed class HandOverForm
    {
        [Picked("people")]
        public Guid? ToId { get; set; }
        public string? Reason { get; set; }
    }
}
