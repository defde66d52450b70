using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Findings.Pages;

/// <summary>The hazard dictionary with its sources; one entry at a time is changed, retired or added, in the form beside it.</summary>
[Requires(FindingPermissions.View)]
public sealed class CategoriesModel(HazardDictionary dictionary, FindingRulebook rulebook, Me me) : RonghePage
{
    public static readonly Option[] Grades = [new("一般", "一般"), new("重大", "重大"), new("视情况", "视情况")];

    /// <summary>Code of the entry in the form.</summary>
    [FromQuery(Name = "edit")] public string? Edit { get; set; }
    /// <summary>Code of the group to which the form adds.</summary>
    [FromQuery(Name = "add")] public string? Add { get; set; }
    [FromQuery(Name = "q")] public string? Text { get; set; }

    public CategoryForm Form { get; private set; } = new();
    public bool MayChange { get; } = me.May(FindingPermissions.Configure);
    public IReadOnlyList<HazardCategory> All { get; private set; } = [];
    public HazardCategory? Edited { get; private set; }
    public HazardCategory? AddedTo { get; private set; }
    public string? CitationOf(string source) => rulebook.CitationOf(source);

    public IEnumerable<(HazardCategory Group, List<HazardCategory> Kinds)> Groups =>
        from category in All
        where category.GroupId is null
        let kinds = All.Where(kind => kind.GroupId == category.Id && Matches(kind)).ToList()
        where kinds.Count > 0 || string.IsNullOrWhiteSpace(Text)
        select (category, kinds);

    /// <summary>Folded, unless it holds what is looked for or being changed.</summary>
    public bool IsOpen(HazardCategory group) => !string.IsNullOrWhiteSpace(Text) || Edited?.GroupId == group.Id || AddedTo?.Id == group.Id;

    public override async Task<IActionResult> ShowAsync()
    {
        All = await dictionary.AllAsync(HttpContext.RequestAborted);
        Edited = MayChange ? All.FirstOrDefault(category => category.Id == Edit) : null;
        AddedTo = MayChange && Edited is null ? All.FirstOrDefault(category => category.Id == Add && category.GroupId is null) : null;
        Form = Edited is null ? new() { TypicalGrade = "一般" } : CategoryForm.Of(Edited);
        return Page();
    }

    public async Task<IActionResult> OnPostSaveAsync(long seen, CategoryForm form)
    {
        await dictionary.ChangeAsync(Entry, seen, form.ToWords(), HttpContext.RequestAborted);
        return RedirectWithMessage($"“{form.Name}”已改好。", Back(Entry));
    }

    public async Task<IActionResult> OnPostAddAsync(CategoryForm form)
    {
        var id = await dictionary.AddAsync(Add ?? "", form.ToWords(), HttpContext.RequestAborted);
        return RedirectWithMessage($"已加上“{form.Name}”，编码 {id}。", Back(id));
    }

    public async Task<IActionResult> OnPostRetireAsync(long seen)
    {
        await dictionary.RetireAsync(Entry, seen, HttpContext.RequestAborted);
        return RedirectWithMessage("已停用：以后不能再选，已经用它的隐患不变。", Back(Entry));
    }

    public async Task<IActionResult> OnPostRestoreAsync(long seen)
    {
        await dictionary.RestoreAsync(Entry, seen, HttpContext.RequestAborted);
        return RedirectWithMessage("已恢复使用。", Back(Entry));
    }

    string Entry => Edit ?? throw new Refusal("请先选要改的分类。");

    static string Back(string id) => $"/findings/categories?edit={Uri.EscapeDataString(id)}";

    bool Matches(HazardCategory kind) => string.IsNullOrWhiteSpace(Text)
        || kind.Aliases.Concat(kind.Examples).Append(kind.Name).Append(kind.Id).Any(words => words.Contains(Text.Trim(), StringComparison.OrdinalIgnoreCase));

    public sealed class CategoryForm
    {
        public string? Name { get; set; }
        public string? Aliases { get; set; }
        public string? TypicalGrade { get; set; }
        public string? GradeNote { get; set; }
        public string? Examples { get; set; }
        public string? Source { get; set; }

        public static CategoryForm Of(HazardCategory category) => new()
        {
            Name = category.Name, Aliases = string.Join('、', category.Aliases), TypicalGrade = category.TypicalGrade, GradeNote = category.GradeNote,
            Examples = string.Join('\n', category.Examples), Source = category.Source,
        };

        public CategoryWords ToWords() => new(Name ?? "", Split(Aliases, '、', '，', ','), Grades.Any(grade => grade.Value == TypicalGrade) ? TypicalGrade! : "",
            GradeNote ?? "", Split(Examples, '\n', '\r'), Source ?? "");

        static string[] Split(string? text, params char[] at) => (text ?? "").Split(at, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }
}
