using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Safety.Violations.Pages;

/// <summary>Notes a violation, on its own or beside a finding (<c>?finding=</c>).</summary>
[Requires(ViolationPermissions.Note)]
public sealed class NewModel(ViolationActions actions, ViolationDictionary dictionary, TimeProvider clock) : RonghePage
{
    [FromQuery(Name = "finding")] public Guid? Finding { get; set; }

    [BindProperty]
    public NoteForm Form { get; set; } = new();

    public IReadOnlyList<Option> Kinds { get; private set; } = [];
    public DateOnly Today { get; } = clock.Today();

    public override async Task<IActionResult> ShowAsync()
    {
        Kinds = [.. (await dictionary.AllAsync(HttpContext.RequestAborted)).Where(kind => kind.IsActive).Select(kind => new Option(kind.Id, $"{kind.Nature}｜{kind.Name}（{kind.Degree}）"))];
        if (HttpMethods.IsGet(Request.Method)) Form = new() { Id = Guid.CreateVersion7(), On = Today };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var known = Guid.TryParse(Form.PlaceText, out var place);
        var note = new ViolationNote(Form.KindId ?? "", Form.UnitId ?? Guid.Empty, Form.PersonId, Form.PersonText ?? "", known ? place : null, known ? "" : Form.PlaceText ?? "",
            Form.On ?? throw new Refusal("请选日期。", nameof(Form.On)), Form.Evidence ?? "");
        await actions.NoteAsync(Form.Id, note, Finding is { } finding ? [("finding", finding)] : [], HttpContext.RequestAborted);
        return RedirectWithMessage("已记录。本人会收到消息，请听他说明；说明后由另一位同事认定。", $"/violations/{Form.Id}");
    }

    public sealed class NoteForm
    {
        public Guid Id { get; set; }
        public string? KindId { get; set; }
        [Picked("people")]
        public Guid? PersonId { get; set; }
        public string? PersonText { get; set; }
        [Picked("units")]
        public Guid? UnitId { get; set; }
        /// <summary>The id of a picked place, or free words.</summary>
        public string? PlaceText { get; set; }
        public DateOnly? On { get; set; }
        public string? Evidence { get; set; }
    }
}
