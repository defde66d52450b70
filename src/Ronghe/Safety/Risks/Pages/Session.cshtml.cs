using Microsoft.AspNetCore.Mvc;
using Ronghe.Findings;
using Ronghe.Organisation;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Safety.Risks.Pages;

/// <summary>One session: what lies before it, which risks it studies, what came of it, and the act that comes next.</summary>
[Requires(RiskPermissions.View)]
public sealed class SessionModel(RiskSessionQueries queries, RiskSessionActions actions, FindingReporting reporting, RecordHistory history, TimeProvider clock) : ActPage
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public OpeningForm Opening { get; set; } = new();
    [BindProperty] public ProblemForm Problem { get; set; } = new();
    [BindProperty] public string? Conclusion { get; set; }
    [BindProperty] public List<Guid> Present { get; set; } = [];

    public RiskSessionDetail Detail { get; private set; } = null!;
    public IReadOnlyList<HistoryRow> History { get; private set; } = [];
    public DateOnly Today { get; } = clock.Today();
    public bool Offers(RiskSessionVerb verb) => Detail.Acts.Has(verb.ToString().ToLowerInvariant());
    public bool Can(RiskSessionVerb verb) => Detail.Acts.Possible.Contains(verb.ToString().ToLowerInvariant());

    protected override IEnumerable<string> Offered => RiskSession.Possible.Keys.Where(Can).Select(verb => verb.ToString());

    public override async Task<IActionResult> ShowAsync()
    {
        Detail = await queries.FindAsync(Id, HttpContext.RequestAborted);
        History = await history.OfAsync(RiskSessionActions.Kind, Id, HttpContext.RequestAborted);
        Opening.On ??= Today < Detail.Row.PlannedOn ? Today : Detail.Row.PlannedOn;
        if (Problem.Id == Guid.Empty) Problem.Id = Guid.CreateVersion7();
        return Page();
    }

    public string Say(StudiedRisk risk) => (risk.IsStudied ? "本次已评" : "本次还没有评") + $" · {risk.State.Title()} · 措施 {risk.Measures} 条" + (risk.Adrift > 0 ? $"，其中 {risk.Adrift} 条责任人已离岗" : "");

    public Task<IActionResult> OnPostTakeAsync(int version, List<Guid> risks, CancellationToken cancel) => DoneAsync(actions.TakeAsync(Id, version, risks, cancel), "已列入。");
    public Task<IActionResult> OnPostDropAsync(int version, Guid risk, CancellationToken cancel) => DoneAsync(actions.DropAsync(Id, version, risk, cancel), "已撤下。");

    public Task<IActionResult> OnPostHoldAsync(int version, CancellationToken cancel) => DoneAsync(
        actions.HoldAsync(Id, version, Opening.On ?? throw new Refusal("请选哪天开的。", nameof(Opening.On)), [.. Present, .. new[] { Opening.Also1, Opening.Also2 }.OfType<Guid>()], cancel),
        "研判会已召开，资料已留存。逐个点开风险评级、定措施。");

    public async Task<IActionResult> OnPostReportAsync(CancellationToken cancel)
    {
        var place = await reporting.PlaceAsync(Problem.PlaceText, cancel);
        var number = await actions.ReportAsync(Id, new(Problem.Id, Problem.Description ?? "", place?.Id, place is null ? Problem.PlaceText ?? "" : "", false), cancel);
        return RedirectWithMessage($"已登记，编号 {number}。");
    }

    public Task<IActionResult> OnPostCloseAsync(int version, CancellationToken cancel) => DoneAsync(actions.CloseAsync(Id, version, Conclusion ?? "", cancel), "研判会已结束。");
    public Task<IActionResult> OnPostCancelAsync(int version, string? note, CancellationToken cancel) => DoneAsync(actions.CancelAsync(Id, version, note ?? "", cancel), "研判会已取消。");

    async Task<IActionResult> DoneAsync(Task act, string message)
    {
        await act;
        return RedirectWithMessage(message);
    }

    public sealed class OpeningForm
    {
        public DateOnly? On { get; set; }
        [Picked("people")] public Guid? Also1 { get; set; }
        [Picked("people")] public Guid? Also2 { get; set; }
    }

    public sealed class ProblemForm
    {
        public Guid Id { get; set; }
        public string? Description { get; set; }
        public string? PlaceText { get; set; }
    }
}
