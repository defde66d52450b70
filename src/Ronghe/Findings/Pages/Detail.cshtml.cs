using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Files;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Findings.Pages;

/// <summary>One finding: photos, facts, course, relatives, and every act that is this person's business. The acts themselves are in DetailActs.cs.</summary>
[Requires(FindingPermissions.Report)]
[RequestSizeLimit(PhotoUploads.MaxRequestBytes), RequestFormLimits(MultipartBodyLengthLimit = PhotoUploads.MaxRequestBytes)]
public sealed partial class DetailModel(
    FindingDetails details, FindingActions actions, FindingEscalation escalation, FindingChoices choices, FindingRulebook rulebook,
    PhotoActions photos, JournalCatalogue catalogue, TimeProvider clock) : RonghePage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public FindingDetail Detail { get; private set; } = null!;
    public Finding Finding => Detail.Finding;
    /// <summary>The check, watch or visit that found it, by what the journal calls it; whoever opens it is asked there.</summary>
    public IEnumerable<(string Title, string Href)> Origins =>
        Detail.Origins.Select(origin => (Kind: catalogue.Of(origin.Kind), origin.Id)).Where(origin => origin.Kind?.Href is not null).Select(origin => (origin.Kind!.Title, origin.Kind.Href!(origin.Id)));
    public ActSheet Sheet { get; private set; } = null!;
    public DateOnly Today { get; } = clock.Today();

    // What the forms show before anybody types.
    public GradeForm Grade { get; private set; } = new();
    public AssignForm Assign { get; private set; } = new();
    public ExtendForm Extend { get; } = new();
    public MergeForm Merge { get; } = new();

    public override async Task<IActionResult> ShowAsync()
    {
        var cancel = HttpContext.RequestAborted;
        Detail = await details.FindAsync(Id, cancel);
        _typedNames = await choices.NamesAsync(TypedIds(), cancel);
        Sheet = new ActSheet(Detail, Today, HttpMethods.IsPost(Request.Method) ? Request.Query["handler"] : (string?)null, Request.Query["act"], Typed())
        {
            Criteria = [.. rulebook.GradingCriteria],
            Categories = Detail.Act(FindingVerb.Grade) is { IsPossible: true } ? await choices.CategoriesAsync(cancel) : [],
            CategorySource = rulebook.CitationOf(Detail.Names.CategorySource),
        };
        FillForms();
        return Page();
    }

    void FillForms()
    {
        Grade = new() { Grade = Finding.Grade ?? FindingGrade.General, CategoryId = Finding.CategoryId, GradeBasis = Finding.GradeBasis };
        Assign = new()
        {
            RectifierId = Finding.RectifierId, VerifierId = Finding.VerifierId, UnitId = Finding.UnitId,
            DueOn = Finding.DueOn is { } due && due >= Today ? due : Sheet.DefaultDue(Finding.Grade),
            Duty = Finding.Duty, Standard = Finding.Standard, Measure = Finding.Measure,
        };
    }

    /// <summary>Words for an id that a picker holds: what was typed wins over what is stored.</summary>
    public string? NameOf(string field, Guid? stored)
    {
        if (Guid.TryParse(ModelState[field]?.AttemptedValue, out var typed)) return _typedNames.GetValueOrDefault(typed);
        if (stored is null) return null;
        return stored == Finding.RectifierId ? Detail.Names.Rectifier : stored == Finding.VerifierId ? Detail.Names.Verifier : stored == Finding.UnitId ? Detail.Names.Unit : null;
    }

    public string? ChosenCategory => ModelState["Grade.CategoryId"]?.AttemptedValue ?? Grade.CategoryId;

    public IEnumerable<(FindingChoice Group, IReadOnlyList<FindingChoice> Kinds)> CategoryGroups =>
        from choice in Sheet.Categories where choice.Depth == 0 select (choice, (IReadOnlyList<FindingChoice>)[.. Sheet.Categories.Where(kind => kind.ParentId == choice.Id)]);

    public string AboutCategory(FindingChoice kind) =>
        string.Join("；", new[] { kind.TypicalGrade == "" ? null : $"常见等级 {kind.TypicalGrade}", rulebook.CitationOf(kind.Source) is { } source ? $"出处 {source}" : null }.OfType<string>());

    IReadOnlyDictionary<Guid, string> _typedNames = new Dictionary<Guid, string>();

    Guid[] TypedIds() => !HttpMethods.IsPost(Request.Method) ? [] :
        [.. ModelState.Values.Select(entry => Guid.TryParse(entry.AttemptedValue, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty && id != Id)];

    public string Source
    {
        get
        {
            var who = Finding.ReporterId is null && Detail.Names.CoReporters.Length == 0 ? "不署名" : string.Join('、', Detail.Names.CoReporters.Prepend(Detail.Names.Reporter).OfType<string>());
            var unit = Detail.Names.ReporterUnit is { } name ? $"（{name}）" : "";
            return $"由 {Finding.Source.Title()} 发现 · {who}{unit} {FindingLook.Moment(Finding.FoundAt, Today)}";
        }
    }

    public string DueText => Finding.DueOn is not { } due ? "未定" : $"{due.Month} 月 {due.Day} 日前" + (Finding.Status switch
    {
        FindingStatus.Assigned => $"（{FindingLook.Deadline(due, Today)}）",
        _ when Finding.RectifiedAt?.PlantDate() is { } done => done <= due ? "（按期完成）" : $"（{done.Say(Today.Year)} 完成，超期 {done.DayNumber - due.DayNumber} 天）",
        _ => "",
    });

    public IReadOnlyList<Photo> PhotosOf(PhotoStage stage) => [.. Detail.Photos.Where(photo => photo.Stage == stage).Select(photo => new Photo(
        FileApi.ThumbAddress(photo.FileId), FileApi.Address(photo.FileId),
        $"{(stage == PhotoStage.Before ? "整改前" : "整改后")} {photo.At.Say(Today.Year)} {photo.By}".TrimEnd()))];

    public string? NoteOf(StepLine step, StepWords words) =>
        string.Join(" · ", new[] { words.Note, PhotosWith(step) }.OfType<string>()) is { Length: > 0 } note ? note : null;

    string? PhotosWith(StepLine step)
    {
        var stage = step.Verb switch { FindingVerb.Report => PhotoStage.Before, FindingVerb.Rectify => PhotoStage.After, _ => (PhotoStage?)null };
        var count = Detail.Photos.Count(photo => photo.Stage == stage && (photo.At - step.EnteredAt).Duration() < TimeSpan.FromMinutes(2));
        return count == 0 ? null : $"附照片 {count} 张";
    }

    /// <summary>What the person wrote in the form that was refused; shown again even where its act is gone.</summary>
    IReadOnlyList<string> Typed() => !HttpMethods.IsPost(Request.Method) || !Request.HasFormContentType ? [] :
        [.. Request.Form.Where(field => field.Key.EndsWith(".Note", StringComparison.Ordinal) || field.Key.EndsWith(".Reason", StringComparison.Ordinal))
            .Select(field => field.Value.ToString()).Where(text => text.Trim() != "")];
}
