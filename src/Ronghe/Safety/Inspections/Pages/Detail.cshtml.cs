using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;
using Ronghe.Safety.Checklists;

namespace Ronghe.Safety.Inspections.Pages;

/// <summary>One inspection: the list to fill in, what was found, what was explained, and the act that comes next.</summary>
[Requires(InspectionPermissions.View)]
public sealed class DetailModel(InspectionQueries inspections, InspectionActions actions, SpotChecks spotChecks, ChecklistBook book, RecordHistory history, TimeProvider clock) : RonghePage
{
    public static readonly (Verdict Value, string Word)[] Verdicts = [(Verdict.Yes, "是"), (Verdict.No, "否"), (Verdict.NotApplicable, "不适用")];

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public List<ReplyForm> Replies { get; set; } = [];
    [BindProperty] public WordsForm Words { get; set; } = new();

    public InspectionDetail Detail { get; private set; } = null!;
    public IReadOnlyList<HistoryRow> History { get; private set; } = [];
    public DateOnly Today { get; } = clock.Today();
    public bool IsLead { get; private set; }
    /// <summary>The problem whose explanation was refused and is shown again.</summary>
    public Guid? Explained => ModelState.IsValid ? null : Words.FindingId;
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
    public (Verdict? Verdict, string Number, string Note) ReplyOf(int index, InspectionLine line)
    {
        var typed = Replies.FirstOrDefault(reply => reply.ItemId == line.Item.Id);
        return (typed?.Verdict ?? line.Verdict, (typed?.Number ?? line.Number)?.ToString("0.####", CultureInfo.InvariantCulture) ?? "", typed?.Note ?? line.Note);
    }

    public Task<IActionResult> OnPostDrawAsync(int version, CancellationToken cancel) => DoneAsync(spotChecks.DrawAsync(Id, version, cancel), "已经抽取。对象只显示给您。");
    public Task<IActionResult> OnPostStartAsync(int version, CancellationToken cancel) => DoneAsync(actions.StartAsync(Id, version, cancel), "检查已开始。");
    public Task<IActionResult> OnPostFinishAsync(int version, string? note, CancellationToken cancel) => DoneAsync(actions.FinishAsync(Id, version, note ?? "", cancel), "检查已结束。问题都落实以后关闭。");
    public Task<IActionResult> OnPostCloseAsync(int version, CancellationToken cancel) => DoneAsync(actions.CloseAsync(Id, version, cancel), "检查已关闭。");
    public Task<IActionResult> OnPostCancelAsync(int version, string? note, CancellationToken cancel) => DoneAsync(actions.CancelAsync(Id, version, note ?? "", cancel), "检查已取消。");

    public Task<IActionResult> OnPostFillAsync(int version, CancellationToken cancel) =>
        DoneAsync(actions.FillAsync(Id, version, [.. Replies.Select(reply => new InspectionReply(reply.ItemId ?? "", reply.Verdict, reply.Number, reply.Note))], cancel), "检查表已保存。");

    public Task<IActionResult> OnPostExplainAsync(int version, CancellationToken cancel) => DoneAsync(
        actions.ExplainAsync(Id, version, Words.FindingId, new(Words.What ?? "", Words.Why ?? "", Words.Duty ?? "", Words.Measure ?? "", Words.DueOn ?? default), cancel), "说明已提交，等带队的人听取。");

    public Task<IActionResult> OnPostAcceptAsync(int version, Guid explanation, string? note, CancellationToken cancel) =>
        DoneAsync(actions.HearAsync(Id, version, explanation, accepted: true, note ?? "", cancel), "已认可。");

    public Task<IActionResult> OnPostRepeatAsync(int version, Guid explanation, string? note, CancellationToken cancel) =>
        DoneAsync(actions.HearAsync(Id, version, explanation, accepted: false, note ?? "", cancel), "已要求再说一次。");

    async Task<IActionResult> DoneAsync(Task act, string message)
    {
        await act;
        return RedirectWithMessage(message);
    }

    public string Say(InspectionLine line) => (line.Verdict, line.Number) switch
    {
        (Verdict.NotApplicable, _) => "不适用",
        (_, { } number) => $"{number:0.####} {line.Item.Unit}{(line.IsFault ? "，超出限值" : "")}",
        (Verdict.Yes, _) => "是",
        (Verdict.No, _) => "否",
        _ => "没有填",
    } + (line.Note == "" ? "" : $"：{line.Note}");

    public string Say(InspectionProblem problem) => $"{problem.Number}{(problem.DueOn is { } due ? $" · {due.Say(Today.Year)} 前" : " · 还没有派发")}";

    public sealed class ReplyForm
    {
        public string? ItemId { get; set; }
        public Verdict? Verdict { get; set; }
        public decimal? Number { get; set; }
        public string? Note { get; set; }
    }

    public sealed class WordsForm
    {
        public Guid FindingId { get; set; }
        public string? What { get; set; }
        public string? Why { get; set; }
        public string? Duty { get; set; }
        public string? Measure { get; set; }
        public DateOnly? DueOn { get; set; }
    }
}
