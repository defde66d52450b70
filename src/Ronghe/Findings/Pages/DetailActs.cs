using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform;
using Ronghe.Platform.Files;
using Ronghe.Platform.Web;

namespace Ronghe.Findings.Pages;

/// <summary>One handler per act. The form's version is what the person saw; a form is named after its act, so that a refusal finds its fields again.</summary>
public sealed partial class DetailModel
{
    CancellationToken Cancel => HttpContext.RequestAborted;

    public async Task<IActionResult> OnPostGradeAsync(int version, GradeForm grade)
    {
        var grading = grade.ToGrading();
        await actions.GradeAsync(Id, version, grading.Grade, grading.CategoryId, grading.Basis, Cancel);
        return RedirectWithMessage($"已定为{grading.Grade.Title()}隐患。");
    }

    public async Task<IActionResult> OnPostAssignAsync(int version, AssignForm assign)
    {
        await actions.AssignAsync(Id, version, assign.ToPoints(), assign.VerifierId, Cancel);
        return RedirectWithMessage($"已派发，期限 {assign.DueOn?.Say(Today.Year)}。整改人会在工作台看到。");
    }

    public async Task<IActionResult> OnPostGradeAndAssignAsync(int version, GradeForm grade, AssignForm assign)
    {
        var grading = grade.ToGrading();
        await actions.GradeAndAssignAsync(Id, version, grading, assign.ToPoints(), assign.VerifierId, Cancel);
        return RedirectWithMessage($"已定为{grading.Grade.Title()}隐患并派发，期限 {assign.DueOn?.Say(Today.Year)}。整改人会在工作台看到。");
    }

    public async Task<IActionResult> OnPostRectifyAsync(int version, RectifyForm rectify)
    {
        var note = rectify.Note ?? "";
        var company = await actions.RequireRectifiableAsync(Id, version, note, Cancel);
        var taken = await photos.AddAsync(rectify.Photos, new FileOwner(FindingActions.Kind, Id, company), Cancel);
        await actions.RectifyAsync(Id, version, note, taken, Cancel);
        return RedirectWithMessage("已报整改完成，等别人复核。");
    }

    public async Task<IActionResult> OnPostVerifyAsync(int version, NoteForm check)
    {
        await actions.VerifyAsync(Id, version, check.Note ?? "", Cancel);
        return RedirectWithMessage("复核通过。下一步是关闭。");
    }

    public async Task<IActionResult> OnPostSendBackAsync(int version, NoteForm check)
    {
        await actions.SendBackAsync(Id, version, check.Note ?? "", Cancel);
        return RedirectWithMessage("已退回重改，整改人会看到您写的理由。");
    }

    public async Task<IActionResult> OnPostCloseAsync(int version, NoteForm close)
    {
        await actions.CloseAsync(Id, version, close.Note ?? "", Cancel);
        return RedirectWithMessage("已关闭。上报人可以确认或提出异议。");
    }

    public async Task<IActionResult> OnPostConfirmAsync(int version, NoteForm answer)
    {
        await actions.ConfirmAsync(Id, version, answer.Note ?? "", Cancel);
        return RedirectWithMessage("谢谢，已记下您的确认。");
    }

    public async Task<IActionResult> OnPostDisputeAsync(int version, NoteForm answer)
    {
        await actions.DisputeAsync(Id, version, answer.Note ?? "", Cancel);
        return RedirectWithMessage("已提出异议，退回整改人重改。");
    }

    public async Task<IActionResult> OnPostExtendAsync(int version, ExtendForm extend)
    {
        await actions.ExtendAsync(Id, version, extend.DueOn ?? throw new Refusal("请选新的期限。", nameof(extend.DueOn)), extend.Reason ?? "", Cancel);
        return RedirectWithMessage($"已延期到 {extend.DueOn?.Say(Today.Year)}。");
    }

    public async Task<IActionResult> OnPostEscalateAsync(int version, ReasonForm escalate)
    {
        await escalation.EscalateAsync(Id, version, escalate.Reason ?? "", Cancel);
        return RedirectWithMessage("已升级，上一级负责人会在工作台看到。");
    }

    public async Task<IActionResult> OnPostListForSupervisionAsync(int version, ReasonForm supervise)
    {
        await actions.ListForSupervisionAsync(Id, version, supervise.Reason ?? "", Cancel);
        return RedirectWithMessage("已挂牌督办，公示板会排在最前。");
    }

    public async Task<IActionResult> OnPostRejectAsync(int version, ReasonForm reject)
    {
        await actions.RejectAsync(Id, version, reject.Reason ?? "", Cancel);
        return RedirectWithMessage("已记为不予受理，理由上报人能看到。");
    }

    public async Task<IActionResult> OnPostMergeAsync(int version, MergeForm merge)
    {
        await actions.MergeAsync(Id, version, merge.MergedIntoId ?? throw new Refusal("请选要并入哪一条。", nameof(merge.MergedIntoId)), merge.Reason ?? "", Cancel);
        return RedirectWithMessage("已合并，两条互相能找到。");
    }

    public Task<IActionResult> OnPostHeldAsync(int version, NoteForm recheck) => RecheckAsync(version, held: true, recheck);

    public Task<IActionResult> OnPostRecurredAsync(int version, NoteForm recheck) => RecheckAsync(version, held: false, recheck);

    async Task<IActionResult> RecheckAsync(int version, bool held, NoteForm recheck)
    {
        await actions.RecheckAsync(Id, version, held, recheck.Note ?? "", Cancel);
        return RedirectWithMessage(held ? "已记下：保持良好。" : "已记下：重新出现，退回整改。");
    }

    public sealed class GradeForm
    {
        public FindingGrade? Grade { get; set; }
        public string? CategoryId { get; set; }
        public string? GradeBasis { get; set; }

        public Grading ToGrading() => new(Grade ?? throw new Refusal("请选等级：一般或重大。", nameof(Grade)), string.IsNullOrEmpty(CategoryId) ? null : CategoryId, GradeBasis ?? "");
    }

    public sealed class AssignForm
    {
        [Picked("people")]
        public Guid? RectifierId { get; set; }
        public DateOnly? DueOn { get; set; }
        [Picked("units")]
        public Guid? UnitId { get; set; }
        public string? Duty { get; set; }
        public string? Standard { get; set; }
        public string? Measure { get; set; }
        [Picked("people")]
        public Guid? VerifierId { get; set; }

        public FivePoints ToPoints() => new(RectifierId ?? Guid.Empty, DueOn ?? throw new Refusal("定时间：请选整改期限。", nameof(DueOn)),
            UnitId ?? Guid.Empty, Duty ?? "", Standard ?? "", Measure ?? "");
    }

    public sealed class RectifyForm
    {
        public string? Note { get; set; }
        public List<IFormFile>? Photos { get; set; }
    }

    public sealed class NoteForm { public string? Note { get; set; } }
    public sealed class ReasonForm { public string? Reason { get; set; } }

    public sealed class ExtendForm
    {
        public DateOnly? DueOn { get; set; }
        public string? Reason { get; set; }
    }

    public sealed class MergeForm
    {
        [Picked("findings")]
        public Guid? MergedIntoId { get; set; }
        public string? Reason { get; set; }
    }
}
