using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Ronghe.Findings;
using Ronghe.Organisation;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;
using Ronghe.Tasks;

namespace Ronghe.Safety.Risks.Pages;

/// <summary>One risk: what it is, how it was rated, what is done against it, and every act that is this person's business.</summary>
[Requires(RiskPermissions.View)]
public sealed class DetailModel(RiskQueries queries, RiskActions actions, RiskRulebook rulebook, FindingReporting reporting, RecordHistory history, TimeProvider clock) : ActPage
{
    const int UsualWorkdays = 10;

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    /// <summary>A measure of the content pack to begin with.</summary>
    [FromQuery(Name = "sample")] public int? Sample { get; set; }

    public RiskDetail Detail { get; private set; } = null!;
    public RiskEdition Edition { get; private set; } = null!;
    public IReadOnlyList<HistoryRow> History { get; private set; } = [];
    public RiskForm Restate { get; private set; } = new();
    public MeasureForm Measure { get; private set; } = new();
    public string? UnitName => Detail.Row.Unit;
    public string? PlaceName => Detail.Row.Place;
    public string? OwnerName => Detail.Row.Owner;
    public DateOnly Today { get; } = clock.Today();

    CancellationToken Cancel => HttpContext.RequestAborted;

    /// <summary>LEC rates conditions of work; business risks go by the matrix.</summary>
    public IEnumerable<RiskScale> Scales => Edition.Rules.Scales.Where(scale => Detail.Row.Kind == RiskKind.Safety || scale.Method == RiskMethod.Matrix);

    /// <summary>The method that the last rating used, else the example of the pack, else the first.</summary>
    public bool IsNext(RiskMethod method) => Detail.Row.State == RiskState.Identified && method == (Detail.Sample?.Method ?? Scales.First().Method)
        || Detail.Row.IsReviewOverdue(Today) && method == Detail.Assessments.FirstOrDefault()?.Method;

    public static IReadOnlyList<Option> StepsOf(RiskFactor factor) => [.. factor.Steps.Select(step => new Option(step.Value.ToString("0.##", CultureInfo.InvariantCulture), step.Say()))];

    protected override IEnumerable<string> Offered => Detail.Acts.Where(act => act.Obstacle is null).SelectMany(act => act.Verb switch
    {
        RiskVerb.Assess => Scales.Select(scale => scale.Method.ToString()), RiskVerb.AddMeasure => (string[])[nameof(Measure)], var verb => [verb.ToString()],
    });

    public override async Task<IActionResult> ShowAsync()
    {
        Detail = await queries.FindAsync(Id, Cancel);
        Edition = await rulebook.CurrentAsync(Cancel);
        History = await history.OfAsync(RiskActions.Kind, Id, Cancel);
        Restate = RiskForm.Of(Detail);
        var sample = Sample is { } n && Detail.Sample is { } known && n >= 0 && n < known.Measures.Length ? known.Measures[n] : null;
        Measure = new() { Id = Guid.CreateVersion7(), Title = sample, DueOn = WorkCalendar.China.AddWorkdays(Today, UsualWorkdays) };
        return Page();
    }

    public string Turn => Detail.Row.State switch
    {
        RiskState.Identified => "等评级。", RiskState.Proposed => $"等 {Detail.Assessments.FirstOrDefault()?.Confirmer} 或另一位有权的领导确认。", RiskState.Assessed => "定措施，再纳入管控。",
        RiskState.Controlled => "按期复评。", RiskState.Lowered => "复评降了级，按期再复评，不再是风险的可以关闭。", _ => "以后又出现的，重新评级就会回到清单。",
    };

    public Task<IActionResult> OnPostLecAsync(int version, RatingForm lec) => AssessAsync(version, RiskMethod.Lec, lec, lec.P0, lec.P1, lec.P2);

    public Task<IActionResult> OnPostMatrixAsync(int version, RatingForm matrix) => AssessAsync(version, RiskMethod.Matrix, matrix, matrix.P0, matrix.P1);

    async Task<IActionResult> AssessAsync(int version, RiskMethod method, RatingForm form, params decimal?[] points)
    {
        if (points.Contains(null)) throw new Refusal("每个因素都要选一档，没有保存，填写的内容还在。");
        await actions.AssessAsync(Id, version, method, [.. points.OfType<decimal>()], form.Note ?? "", form.ConfirmerId, Cancel);
        var risk = await queries.FindAsync(Id, Cancel);
        return RedirectWithMessage(risk.Row.State == RiskState.Proposed ? "已提出，等另一位领导确认以后算数；在那以前按较重的级别对待。" : $"已评为{risk.Row.Level?.Say()}，{risk.Row.ReviewOn?.Say(Today.Year)} 前复评。");
    }

    public async Task<IActionResult> OnPostConfirmAsync(int version, NoteForm decide)
    {
        await actions.ConfirmAsync(Id, version, decide.Note ?? "", Cancel);
        return RedirectWithMessage("已确认，级别从现在起算数。");
    }

    public async Task<IActionResult> OnPostSendBackAsync(int version, NoteForm decide)
    {
        await actions.SendBackAsync(Id, version, decide.Note ?? "", Cancel);
        return RedirectWithMessage("已退回，评级的人会看到您的理由。");
    }

    public async Task<IActionResult> OnPostMeasureAsync(int version, MeasureForm measure)
    {
        var facts = new NewTask(measure.Title ?? "", measure.Requirement ?? "", measure.OwnerId ?? Guid.Empty, measure.DueOn ?? throw new Refusal("请选期限。", nameof(measure.DueOn)), measure.ConfirmerId);
        await actions.AddMeasureAsync(Id, version, measure.Id, facts, Cancel);
        return RedirectWithMessage("措施已定，责任人会在工作台看到。", $"/risks/{Id}");
    }

    public async Task<IActionResult> OnPostControlAsync(int version)
    {
        await actions.ControlAsync(Id, version, Cancel);
        return RedirectWithMessage("已纳入管控。");
    }

    public async Task<IActionResult> OnPostRestateAsync(int version, RiskForm restate)
    {
        await actions.RestateAsync(Id, version, restate.ToFacts(await reporting.PlaceAsync(restate.PlaceText, Cancel)), Cancel);
        return RedirectWithMessage("已保存。");
    }

    public async Task<IActionResult> OnPostCloseAsync(int version, NoteForm close)
    {
        await actions.CloseAsync(Id, version, close.Note ?? "", Cancel);
        return RedirectWithMessage("风险已关闭。");
    }

    public sealed class NoteForm { public string? Note { get; set; } }

    public sealed class RatingForm
    {
        public decimal? P0 { get; set; }
        public decimal? P1 { get; set; }
        public decimal? P2 { get; set; }
        public string? Note { get; set; }
        [Picked("people")] public Guid? ConfirmerId { get; set; }
    }

    public sealed class MeasureForm
    {
        public Guid Id { get; set; }
        public string? Title { get; set; }
        public string? Requirement { get; set; }
        [Picked("people")] public Guid? OwnerId { get; set; }
        public DateOnly? DueOn { get; set; }
        [Picked("people")] public Guid? ConfirmerId { get; set; }
    }
}
