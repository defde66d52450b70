using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Safety.Checklists.Pages;

/// <summary>One checklist; one item at a time is changed, added or taken out, and each time a version comes of it.</summary>
[Requires(ChecklistPermissions.View)]
public sealed class DetailModel(ChecklistBook book, Me me) : RonghePage
{
    public static readonly Option[] Kinds = [.. Enum.GetValues<ChecklistItemKind>().Select(kind => new Option(kind.ToString(), new ChecklistItem("", "", kind).KindTitle))];
    public static readonly Option[] Severities = [new("提示", "提示"), new("一般", "一般"), new("重大待判", "重大待判")];

    [FromRoute] public string Code { get; set; } = "";
    [FromQuery(Name = "number")] public int? Number { get; set; }
    /// <summary>Id of the item in the form, or “new”.</summary>
    [FromQuery(Name = "edit")] public string? Edit { get; set; }
    [BindProperty] public ItemForm Form { get; set; } = new();

    public ChecklistDetail Detail { get; private set; } = null!;
    public bool MayManage { get; } = me.May(ChecklistPermissions.Manage);
    public bool IsCurrent => Detail.Number == Detail.Editions[0].Number;
    public bool MayEdit => MayManage && IsCurrent && Detail.IsActive;
    public bool IsEditing => MayEdit && (Edit == "new" || Detail.Facts.Items.Any(item => item.Id == Edit));
    public string CitationOf(string source) => book.CitationOf(source);
    public string Sub => string.Join(" · ", new[] { Detail.Facts.Scope, Detail.Facts.Cadence, CitationOf(Detail.Facts.Source) }.Where(part => part != ""));

    public override async Task<IActionResult> ShowAsync()
    {
        Detail = await book.FindAsync(Code, Number, HttpContext.RequestAborted);
        if (HttpMethods.IsGet(Request.Method) && Detail.Facts.Items.FirstOrDefault(item => item.Id == Edit) is { } item) Form = ItemForm.Of(item);
        return Page();
    }

    public async Task<IActionResult> OnPostSaveAsync(int version, CancellationToken cancel)
    {
        // The version that is being made gives a new item its id: an id is never used twice.
        var id = $"P{(await book.FindAsync(Code, null, cancel)).Number + 1:00}";
        return await ChangeAsync(version, facts =>
        {
            if (Edit == "new") return facts with { Items = [.. facts.Items, Form.ToItem(id, null)] };
            var old = facts.Items.FirstOrDefault(item => item.Id == Edit) ?? throw new NotFound("这个检查项");
            return facts with { Items = [.. facts.Items.Select(item => item == old ? Form.ToItem(old.Id, old.CategoryId) : item)] };
        }, cancel);
    }

    public Task<IActionResult> OnPostRemoveAsync(int version, CancellationToken cancel) =>
        ChangeAsync(version, facts => facts with { Items = [.. facts.Items.Where(item => item.Id != Edit)] }, cancel);

    public Task<IActionResult> OnPostRestateAsync(int version, string? name, string? scope, string? cadence, string? source, CancellationToken cancel) =>
        ChangeAsync(version, facts => facts with { Name = name ?? "", Scope = scope ?? "", Cadence = cadence ?? "", Source = source ?? "" }, cancel);

    public async Task<IActionResult> OnPostRetireAsync(int version, CancellationToken cancel)
    {
        await book.RetireAsync(Code, version, cancel);
        return RedirectWithMessage("已停用：以后不能再选，已经查过的记录不变。");
    }

    public async Task<IActionResult> OnPostRestoreAsync(int version, CancellationToken cancel)
    {
        await book.RestoreAsync(Code, version, cancel);
        return RedirectWithMessage("已恢复使用。");
    }

    async Task<IActionResult> ChangeAsync(int version, Func<ChecklistFacts, ChecklistFacts> change, CancellationToken cancel)
    {
        await book.RestateAsync(Code, version, change, cancel);
        return RedirectWithMessage("已存为新版本；查到一半的检查仍按原来的版本。", $"/checklists/{Uri.EscapeDataString(Code)}");
    }

    public sealed class ItemForm
    {
        public string? Text { get; set; }
        public ChecklistItemKind Kind { get; set; }
        public string? Unit { get; set; }
        public decimal? Min { get; set; }
        public decimal? Max { get; set; }
        public string? Severity { get; set; } = "一般";
        public string? Hint { get; set; }
        public string? Source { get; set; }
        public bool StopWork { get; set; }

        public static ItemForm Of(ChecklistItem item) => new()
        {
            Text = item.Text, Kind = item.Kind, Unit = item.Unit, Min = item.Min, Max = item.Max, Severity = item.Severity, Hint = item.Hint, Source = item.Source, StopWork = item.StopWork,
        };

        public ChecklistItem ToItem(string id, string? categoryId) => new(id, Text?.Trim() ?? "", Kind, Kind == ChecklistItemKind.Number ? Unit?.Trim() ?? "" : "",
            Kind == ChecklistItemKind.Number ? Min : null, Kind == ChecklistItemKind.Number ? Max : null,
            Severities.Any(option => option.Value == Severity) ? Severity! : "一般", categoryId, Hint?.Trim() ?? "", Source?.Trim() ?? "", StopWork);
    }
}
