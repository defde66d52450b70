using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Safety.Violations.Pages;

/// <summary>The dictionary of violations with its sources; one entry at a time is changed, retired or added, in the form beside it.</summary>
[Requires(ViolationPermissions.View)]
public sealed class KindsModel(ViolationDictionary dictionary, Me me) : RonghePage
{
    public static readonly Option[] Natures = [.. ViolationKind.Natures.Select(nature => new Option(nature, nature))];
    public static readonly Option[] Degrees = [.. ViolationKind.Degrees.Select(degree => new Option(degree, degree))];

    /// <summary>Code of the entry in the form; “new” for one to add.</summary>
    [FromQuery(Name = "edit")] public string? Edit { get; set; }
    [FromQuery(Name = "q")] public string? Text { get; set; }

    public KindForm Form { get; private set; } = new();
    public bool MayChange { get; } = me.May(ViolationPermissions.Configure);
    public IReadOnlyList<ViolationKind> All { get; private set; } = [];
    public ViolationKind? Edited { get; private set; }
    public bool Adds => MayChange && Edit == "new";
    public string? CitationOf(string source) => dictionary.CitationOf(source);

    public IEnumerable<IGrouping<string, ViolationKind>> Groups => from kind in All where Matches(kind) group kind by kind.Nature;

    public override async Task<IActionResult> ShowAsync()
    {
        All = await dictionary.AllAsync(HttpContext.RequestAborted);
        Edited = MayChange ? All.FirstOrDefault(kind => kind.Id == Edit) : null;
        Form = Edited is { } kind
            ? new() { Name = kind.Name, Nature = kind.Nature, Degree = kind.Degree, Example = kind.Example, RightPractice = kind.RightPractice, Source = kind.Source }
            : new() { Nature = ViolationKind.Natures[0], Degree = ViolationKind.Degrees[0] };
        return Page();
    }

    public async Task<IActionResult> OnPostSaveAsync(long seen, KindForm form)
    {
        await dictionary.ChangeAsync(Entry, seen, form.ToWords(), HttpContext.RequestAborted);
        return RedirectWithMessage($"“{form.Name}”已改好。", Back(Entry));
    }

    public async Task<IActionResult> OnPostAddAsync(KindForm form)
    {
        var id = await dictionary.AddAsync(form.ToWords(), HttpContext.RequestAborted);
        return RedirectWithMessage($"已加上“{form.Name}”，编码 {id}。", Back(id));
    }

    public async Task<IActionResult> OnPostRetireAsync(long seen)
    {
        await dictionary.SetActiveAsync(Entry, seen, active: false, HttpContext.RequestAborted);
        return RedirectWithMessage("已停用：以后不能再选，已经用它的记录不变。", Back(Entry));
    }

    public async Task<IActionResult> OnPostRestoreAsync(long seen)
    {
        await dictionary.SetActiveAsync(Entry, seen, active: true, HttpContext.RequestAborted);
        return RedirectWithMessage("已恢复使用。", Back(Entry));
    }

    string Entry => Edit ?? throw new Refusal("请先选要改的违章。");

    static string Back(string id) => $"/violations/kinds?edit={Uri.EscapeDataString(id)}";

    bool Matches(ViolationKind kind) => string.IsNullOrWhiteSpace(Text)
        || new[] { kind.Id, kind.Name, kind.Example }.Any(words => words.Contains(Text.Trim(), StringComparison.OrdinalIgnoreCase));

    public sealed class KindForm
    {
        public string? Name { get; set; }
        public string? Nature { get; set; }
        public string? Degree { get; set; }
        public string? Example { get; set; }
        public string? RightPractice { get; set; }
        public string? Source { get; set; }

        public ViolationKindWords ToWords() => new(Name ?? "", Nature ?? "", Degree ?? "", Example ?? "", RightPractice ?? "", Source ?? "");
    }
}
