using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.PublicNotices.Pages;

/// <summary>One notice as everybody to whom it is shown reads it, and the acts that are this person's business.</summary>
[Requires(PublicNoticePermissions.Read)]
public sealed class DetailModel(PublicNoticeQueries queries, PublicNoticeActions actions, RecordHistory history, TimeProvider clock) : ActPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public PublicNoticeDetail Detail { get; private set; } = null!;
    public PublicNotice Notice => Detail.Notice;
    public IReadOnlyList<HistoryRow> History { get; private set; } = [];
    public DateOnly Today { get; } = clock.Today();
    /// <summary>Made with the page, so that a double press objects once.</summary>
    public Guid ObjectionId { get; } = Guid.CreateVersion7();

    CancellationToken Cancel => HttpContext.RequestAborted;

    protected override IEnumerable<string> Offered => Detail.Acts.Where(act => act.Obstacle is null).Select(act => act.Verb.ToString());

    public override async Task<IActionResult> ShowAsync()
    {
        Detail = await queries.FindAsync(Id, Cancel);
        if (Detail.SeesObjections) History = [.. (await history.OfAsync(PublicNoticeActions.Kind, Id, Cancel)).Select(Nameless)];
        return Page();
    }

    /// <summary>Whoever objected without a name is not the system.</summary>
    static HistoryRow Nameless(HistoryRow row) => row is { Event: "public-notice.objected", Who: "系统" } ? row with { Who = "不署名" } : row;

    public IReadOnlyList<Option> Unanswered => [.. Detail.Objections.Where(one => one.AnsweredAt is null && !one.IsMine)
        .Select(one => new Option(one.Id.ToString(), one.Text.Length > 60 ? one.Text[..60] + "…" : one.Text))];

    public static readonly Option[] Verdicts = [new("true", "异议成立"), new("false", "异议不成立")];
    public static readonly Option[] Outcomes = [new("true", "通过"), new("false", "不通过")];

    public string Turn => Notice.State switch
    {
        PublicNoticeState.Draft => "草稿，还没有给别人看。",
        PublicNoticeState.Open when Today <= Notice.Until => $"公示到 {Notice.Until?.Say(Today.Year)}。",
        PublicNoticeState.Open => "公示期已满，等宣布结果。",
        PublicNoticeState.Closed => Notice.Held == true ? "公示通过。" : "公示没有通过。",
        _ => "已撤回。",
    };

    public async Task<IActionResult> OnPostOpenAsync(int version)
    {
        await actions.OpenAsync(Id, version, Cancel);
        return RedirectWithMessage("已开始公示。");
    }

    public async Task<IActionResult> OnPostObjectAsync(ObjectForm objecting)
    {
        await actions.ObjectAsync(Id, objecting.Id == Guid.Empty ? Guid.CreateVersion7() : objecting.Id, objecting.Text ?? "", objecting.WithoutName, Cancel);
        return RedirectWithMessage(objecting.WithoutName ? "异议已提出，没有记录是谁。" : "异议已提出，有了答复会告诉您。");
    }

    public async Task<IActionResult> OnPostAnswerAsync(int version, AnswerForm answering)
    {
        await actions.AnswerAsync(Id, version, answering.Id, answering.Upheld, answering.Answer ?? "", Cancel);
        return RedirectWithMessage("已答复。");
    }

    public async Task<IActionResult> OnPostCloseAsync(int version, CloseForm closing)
    {
        await actions.CloseAsync(Id, version, closing.Held, closing.Reason ?? "", Cancel);
        return RedirectWithMessage(closing.Held ? "已宣布：通过。" : "已宣布：不通过。");
    }

    public async Task<IActionResult> OnPostWithdrawAsync(int version, WithdrawForm withdrawing)
    {
        await actions.WithdrawAsync(Id, version, withdrawing.Reason ?? "", Cancel);
        return RedirectWithMessage("已撤回。");
    }

    public sealed class ObjectForm
    {
        public Guid Id { get; set; }
        public string? Text { get; set; }
        public bool WithoutName { get; set; }
    }

    public sealed class AnswerForm
    {
        public Guid Id { get; set; }
        public bool Upheld { get; set; }
        public string? Answer { get; set; }
    }

    public sealed class CloseForm
    {
        public bool Held { get; set; }
        public string? Reason { get; set; }
    }

    public sealed class WithdrawForm { public string? Reason { get; set; } }
}
