using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Files;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;
using Ronghe.Safety.Checklists;

namespace Ronghe.Safety.Inspections.Pages;

/// <summary>One inspection: the list to fill in, what was found, how far it is explained, and the act that comes next.</summary>
[Requires(InspectionPermissions.View)]
[RequestSizeLimit(PhotoUploads.MaxRequestBytes), RequestFormLimits(MultipartBodyLengthLimit = PhotoUploads.MaxRequestBytes)]
public sealed class DetailModel(InspectionQueries inspections, InspectionActions actions, SpotChecks spotChecks, ChecklistBook book, RecordHistory history, TimeProvider clock) : RonghePage
{
    public static readonly (Verdict Value, string Word)[] Verdicts = [(Verdict.Yes, "是"), (Verdict.No, "否"), (Verdict.NotApplicable, "不适用")];

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public List<ReplyForm> Replies { get; set; } = [];

    public InspectionDetail Detail { get; private set; } = null!;
    public IReadOnlyList<HistoryRow> History { get; private set; } = [];
    public DateOnly Today { get; } = clock.Today();
    public bool IsLead { get; private set; }
    public bool Offers(string act) => Detail.Acts.Has(act);
    public bool Can(string act) => Detail.Acts.Possible.Contains(act);
    public string CitationOf(string source) => book.CitationOf(source);
    public string Sub => string.Join(" · ", new[] { Detail.Kind.Title(), Detail.Zone ?? Detail.Unit, Detail.Lead + "带队" }.Where(part => !string.IsNullOrEmpty(part)));

    public override async Task<IActionResult> ShowAsync()
    {
        Detail = await inspections.DetailAsync(Id, HttpContext.RequestAborted);
        IsLead = Offers("close");
        History = await history.OfAsync(InspectionActions.Kind, Id, HttpContext.RequestAborted);
        return Page();
    }

    /// <summary>What was typed wins over what is stored, so that a refused form keeps it.</summary>
    public (Verdict? Verdict, string Number, string Note) ReplyOf(InspectionLine line)
    {
        var typed = Replies.FirstOrDefault(reply => reply.ItemId == line.Item.Id);
        return (typed?.Verdict ?? line.Verdict, (typed?.Number ?? line.Number)?.ToString("0.####", CultureInfo.InvariantCulture) ?? "", typed?.Note ?? line.Note);
    }

    public Task<IActionResult> OnPostDrawAsync(int version, CancellationToken cancel) => DoneAsync(spotChecks.DrawAsync(Id, version, cancel), "已经抽取。对象只显示给您。");
    public Task<IActionResult> OnPostStartAsync(int version, CancellationToken cancel) => DoneAsync(actions.StartAsync(Id, version, cancel), "检查已开始。");
    public Task<IActionResult> OnPostFinishAsync(int version, string? note, CancellationToken cancel) => DoneAsync(actions.FinishAsync(Id, version, note ?? "", cancel), "检查已结束。问题都落实以后关闭。");
    public Task<IActionResult> OnPostCloseAsync(int version, CancellationToken cancel) => DoneAsync(actions.CloseAsync(Id, version, cancel), "检查已关闭。");
    public Task<IActionResult> OnPostCancelAsync(int version, string? note, CancellationToken cancel) => DoneAsync(actions.CancelAsync(Id, version, note ?? "", cancel), "检查已取消。");

    public async Task<IActionResult> OnPostFillAsync(int version, CancellationToken cancel)
    {
        await FillAsync(version, cancel);
        return RedirectWithMessage("检查表已保存。");
    }

    /// <summary>One item, saved as soon as it is answered; comes back as it now stands.</summary>
    public async Task<IActionResult> OnPostAnswerAsync(CancellationToken cancel)
    {
        await FillAsync(null, cancel);
        await ShowAsync();
        var line = Detail.Lines.Single(line => line.Item.Id == Replies[0].ItemId);
        Replies.Clear();
        ModelState.Clear();
        return Partial("_Item", new FillItem(this, Detail.Lines.ToList().IndexOf(line), line));
    }

    async Task FillAsync(int? version, CancellationToken cancel)
    {
        await actions.FillAsync(Id, version, [.. Replies.Select(reply => new InspectionReply(reply.ItemId ?? "", reply.Verdict, reply.Number, reply.Note))], cancel);
        foreach (var reply in Replies.Where(reply => reply.Photos is { Count: > 0 }))
            await actions.PhotographAsync(Id, reply.ItemId ?? "", (photos, owner) => photos.AddAsync(reply.Photos, owner, cancel), cancel);
    }

    async Task<IActionResult> DoneAsync(Task act, string message)
    {
        await act;
        return RedirectWithMessage(message);
    }

    /// <summary>Still to be said, or to be said again.</summary>
    public bool WaitsForWords(Guid finding) => !Detail.IsExplained(finding) && !Detail.WaitsToBeHeard(finding);

    public (string Status, string Word) ExplainedWord(Guid finding) => Detail.IsExplained(finding) ? ("closed", "已说清楚")
        : Detail.WaitsToBeHeard(finding) ? ("waiting", "待听取")
        : Detail.Explanations.Any(one => one.FindingId == finding) ? ("overdue", "要再说一次") : ("reported", "还没有说明");

    public static IReadOnlyList<Photo> PhotosOf(InspectionLine line) =>
        [.. line.Photos.Select(photo => new Photo(FileApi.ThumbAddress(photo.FileId), FileApi.Address(photo.FileId), $"{photo.At.Say()} {photo.By}".TrimEnd()))];

    public string Say(InspectionLine line) => line.Item.Kind == ChecklistItemKind.Photo && line.Note == "" ? line.Photos.Count == 0 ? "没有拍照" : $"{line.Photos.Count} 张照片" : Word(line) + (line.Note == "" ? "" : $"：{line.Note}");

    static string Word(InspectionLine line) => (line.Verdict, line.Number) switch
    {
        (Verdict.NotApplicable, _) => "不适用",
        (_, { } number) => $"{number:0.####} {line.Item.Unit}{(line.IsFault ? "，超出限值" : "")}",
        (Verdict.Yes, _) => "是",
        (Verdict.No, _) => "否",
        _ => line.Item.Kind == ChecklistItemKind.Photo ? "照片" : line.Note == "" ? "没有填" : "记录",
    };

    public string Say(InspectionProblem problem) => $"{problem.Number}{(problem.DueOn is { } due ? $" · {due.Say(Today.Year)} 前" : " · 还没有派发")}";

    public sealed class ReplyForm
    {
        public string? ItemId { get; set; }
        public Verdict? Verdict { get; set; }
        public decimal? Number { get; set; }
        public string? Note { get; set; }
        public List<IFormFile>? Photos { get; set; }
    }
}
