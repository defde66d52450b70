using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Safety.ModelPosts.Pages;

/// <summary>One post: who, where, how long, what the records say, what was done, and what waits.</summary>
[Requires(ModelPostPermissions.View)]
public sealed class DetailModel(ModelPostQueries queries, ModelPostActions actions, ModelPostShowing showing, ModelPostCriteriaBook book, TimeProvider clock) : ActPage
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }

    public ModelPostDetail Detail { get; private set; } = null!;
    public CriteriaSheet Usual { get; private set; } = null!;
    public DateOnly Today { get; } = clock.Today();
    /// <summary>Made with the page, so that a double press has one effect.</summary>
    public Guid NewId { get; } = Guid.CreateVersion7();

    CancellationToken Cancel => HttpContext.RequestAborted;

    protected override IEnumerable<string> Offered => Detail.Acts.Where(act => act.Obstacle is null).Select(act => act.Verb == ModelPostVerb.AddActivity ? "Activity" : act.Verb.ToString());

    /// <summary>What the records say today, and what they said when it was decided.</summary>
    public IEnumerable<ReadingBox> Readings =>
        new[] { Box("今天的记录怎么说", Detail.Now), Box("复评时的依据", Detail.Reviewed), Box("审核时的依据", Detail.Checked) }.OfType<ReadingBox>();

    ReadingBox? Box(string title, ModelPostReading? reading) => reading is null ? null : new(title, reading, book.CitationOf);

    public override async Task<IActionResult> ShowAsync()
    {
        Detail = await queries.FindAsync(Id, Cancel);
        Usual = (await book.OneAsync(Detail.Post.Kind, Cancel)).Sheet;
        return Page();
    }

    public string Turn => Detail.Post.State switch
    {
        ModelPostState.Nominated when Detail.Post.AgreedAt is null => "等本人同意参评。",
        ModelPostState.Nominated => "等支部推荐。",
        ModelPostState.Recommended => "等对照记录审核，由申报和推荐以外的人办。",
        ModelPostState.Checked => "审核通过，等公示。",
        ModelPostState.Shown => "公示中，结果由公示决定。",
        ModelPostState.Cleared => "公示通过，等授牌。",
        ModelPostState.InTerm => $"任期到 {Detail.Post.To:yyyy-MM-dd}，{Detail.Post.ReviewOn:yyyy-MM-dd} 复评。",
        ModelPostState.Reviewed => $"已复评，任期到 {Detail.Post.To:yyyy-MM-dd}，续任或摘牌。",
        ModelPostState.Ended => "已摘牌。",
        ModelPostState.Refused => "没有通过。",
        _ => "已撤回。",
    };

    /// <summary>What is amiss, in words, with what to do.</summary>
    public string? Trouble => !Detail.Post.IsHeld ? null
        : Detail.Holder.Gap is { } gap ? $"{gap}。示范岗不再有人，请摘牌并写明原因；需要的话重新申报。"
        : Detail.Post.To < Today ? $"任期已在 {Detail.Post.To:yyyy-MM-dd} 结束。请复评后续任，或摘牌。" : null;

    /// <summary>The form of an act that asks for words; null when it is not possible now.</summary>
    public NoteBox? Note(string handler) => !Detail.Can(Enum.Parse<ModelPostVerb>(handler)) ? null : handler switch
    {
        "Recommend" => new(this, handler, "支部推荐", "thumb-up", "推荐意见", "政治素质、业务素质、安全意识各一件事。公示时大家会看到。", true),
        "Check" => new(this, handler, "审核通过", "clipboard-check", "审核意见", "对照下面的记录：核对了什么，结论是什么。记录会随审核存下。", true),
        "Review" => new(this, handler, "复评", "report-analytics", "复评意见", "任期里发生了什么，和任期前比怎样，哪里没做到。", Today >= Detail.Post.ReviewOn),
        "TakeDown" => new(this, handler, "摘牌", "ban", "理由", "本人会看到。", Detail.Holder.Gap is not null),
        "Refuse" => new(this, handler, "不予通过", "circle-x", "理由", "本人会看到。", false),
        _ => new(this, handler, "撤回申报", "arrow-back-up", "原因", "可以不写。", false, IsRequired: false),
    };

    public Task<IActionResult> OnPostAgreeAsync(int version) => DoneAsync(actions.AgreeAsync(Id, version, Cancel), "已同意参评，等支部推荐。");

    public Task<IActionResult> OnPostRecommendAsync(int version, NoteForm saying) => DoneAsync(actions.RecommendAsync(Id, version, saying.Note ?? "", Cancel), "已推荐，等审核。");

    public Task<IActionResult> OnPostCheckAsync(int version, NoteForm saying) => DoneAsync(actions.CheckAsync(Id, version, saying.Note ?? "", Cancel), "审核通过，依据已存下，等公示。");

    public Task<IActionResult> OnPostShowAsync(int version, ShowForm open) => DoneAsync(showing.ShowAsync(Id, version, open.NoticeId, open.Workdays, Cancel), "已开始公示。");

    public Task<IActionResult> OnPostAwardAsync(int version, TermForm awarding) =>
        DoneAsync(actions.AwardAsync(Id, version, ModelPostTerm.Of(awarding.From ?? throw new Refusal("请选任期开始的日期。", "From"), awarding.Months, awarding.ReviewMonths), Cancel), "已授牌，可以打印标牌。");

    public Task<IActionResult> OnPostReviewAsync(int version, NoteForm saying) => DoneAsync(actions.ReviewAsync(Id, version, saying.Note ?? "", Cancel), "已复评，依据已存下。");

    public Task<IActionResult> OnPostRenewAsync(int version, TermForm renewing) =>
        DoneAsync(actions.RenewAsync(Id, version, renewing.Months, renewing.ReviewMonths, renewing.Note ?? "", Cancel), "已续任。");

    public Task<IActionResult> OnPostActivityAsync(int version, ActivityForm activity) => DoneAsync(actions.AddActivityAsync(
        Id, version, new(activity.Id, activity.Kind, activity.On ?? throw new Refusal("请选日期。", "On"), activity.Title ?? "", activity.Outcome ?? ""), Cancel), "活动已记下。");

    public Task<IActionResult> OnPostTakeDownAsync(int version, NoteForm saying) => DoneAsync(actions.TakeDownAsync(Id, version, saying.Note ?? "", Cancel), "已摘牌。");

    public Task<IActionResult> OnPostRefuseAsync(int version, NoteForm saying) => DoneAsync(actions.RefuseAsync(Id, version, saying.Note ?? "", Cancel), "已办理，本人会收到消息。");

    public Task<IActionResult> OnPostWithdrawAsync(int version, NoteForm saying) => DoneAsync(actions.WithdrawAsync(Id, version, saying.Note ?? "", Cancel), "申报已撤回。");

    async Task<IActionResult> DoneAsync(Task act, string message)
    {
        await act;
        return RedirectWithMessage(message);
    }

    public sealed class NoteForm { public string? Note { get; set; } }

    public sealed class ShowForm
    {
        public Guid NoticeId { get; set; }
        public int Workdays { get; set; }
    }

    public sealed class TermForm
    {
        public DateOnly? From { get; set; }
        public int Months { get; set; }
        public int ReviewMonths { get; set; }
        public string? Note { get; set; }
    }

    public sealed class ActivityForm
    {
        public Guid Id { get; set; }
        public ActivityKind Kind { get; set; }
        public DateOnly? On { get; set; }
        public string? Title { get; set; }
        public string? Outcome { get; set; }
    }
}
