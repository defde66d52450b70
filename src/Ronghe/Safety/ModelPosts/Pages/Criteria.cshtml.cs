using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Safety.ModelPosts.Pages;

/// <summary>The criteria of the three kinds with their sources; one entry at a time is changed, retired or added, in the form beside them.</summary>
[Requires(ModelPostPermissions.View)]
public sealed class CriteriaModel(ModelPostCriteriaBook book, Me me) : RonghePage
{
    [FromQuery(Name = "kind")] public ModelPostKind? Kind { get; set; }
    /// <summary>Id of the entry in the form; “new” for one to add, “term” for the term.</summary>
    [FromQuery(Name = "edit")] public string? Edit { get; set; }

    public CriterionForm Form { get; private set; } = new();
    public IReadOnlyList<CriteriaInForce> All { get; private set; } = [];
    public CriteriaPack Pack => book.Pack;
    public bool MayChange { get; } = me.May(ModelPostPermissions.Configure);
    public CriteriaInForce? Edited { get; private set; }
    public Criterion? Criterion { get; private set; }
    public string CitationOf(string source) => book.CitationOf(source);
    public string FormTitle => Edit switch { "new" => $"加一条：{Kind!.Value.Title()}", "term" => $"改任期：{Kind!.Value.Title()}", _ => $"改：{Edit}" };

    public override async Task<IActionResult> ShowAsync()
    {
        All = await book.AllAsync(HttpContext.RequestAborted);
        var sheet = MayChange && Edit is not null ? All.FirstOrDefault(one => one.Sheet.Kind == Kind) : null;
        Criterion = sheet?.Sheet.Criteria.FirstOrDefault(one => one.Id == Edit);
        Edited = Criterion is not null || Edit is "new" or "term" ? sheet : null;
        Form = new()
        {
            Text = Criterion?.Text, Evidence = Criterion?.Evidence, Threshold = Criterion?.Threshold, Source = Criterion?.Source,
            Months = sheet?.Sheet.TermMonths ?? 0, ReviewMonths = sheet?.Sheet.ReviewMonths ?? 0,
        };
        return Page();
    }

    public Task<IActionResult> OnPostSaveAsync(int version, CriterionForm form) => ChangeAsync(version, form, criteria =>
    {
        if (Edit == "new") criteria.Add(form.ToWords());
        else criteria.Restate(Entry, form.ToWords());
    });

    public Task<IActionResult> OnPostRetireAsync(int version, CriterionForm form) => ChangeAsync(version, form, criteria => criteria.Switch(Entry, on: false));

    public Task<IActionResult> OnPostRestoreAsync(int version, CriterionForm form) => ChangeAsync(version, form, criteria => criteria.Switch(Entry, on: true));

    public Task<IActionResult> OnPostTermAsync(int version, CriterionForm form) => ChangeAsync(version, form, criteria => criteria.SetTerm(form.Months, form.ReviewMonths));

    async Task<IActionResult> ChangeAsync(int version, CriterionForm form, Action<ModelPostCriteria> change)
    {
        await book.ChangeAsync(Kind ?? throw new Refusal("请先选要改的标准。"), version, change, form.Reason ?? "", HttpContext.RequestAborted);
        return RedirectWithMessage("标准已改好。已经审核过的示范岗不受影响。", "/model-posts/criteria");
    }

    string Entry => Edit ?? throw new Refusal("请先选要改的标准。");

    public sealed class CriterionForm
    {
        public string? Text { get; set; }
        public string? Evidence { get; set; }
        public string? Threshold { get; set; }
        public string? Source { get; set; }
        public int Months { get; set; }
        public int ReviewMonths { get; set; }
        public string? Reason { get; set; }

        public CriterionWords ToWords() => new(Text ?? "", Evidence ?? "", Threshold ?? "", Source ?? "");
    }
}
