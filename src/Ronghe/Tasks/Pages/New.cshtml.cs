using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Tasks.Pages;

/// <summary>Gives a task by hand, on its own or born of another record (<c>?kind=&amp;of=</c>).</summary>
[Requires(TaskPermissions.Give)]
public sealed class NewModel(TaskActions actions, TaskQueries queries, TimeProvider clock) : RonghePage
{
    const int UsualWorkdays = 5;

    [FromQuery(Name = "kind")] public string? Kind { get; set; }
    [FromQuery(Name = "of")] public Guid? Of { get; set; }

    [BindProperty]
    public GiveForm Form { get; set; } = new();

    public TaskOriginLine? Origin { get; private set; }
    public DateOnly Today { get; } = clock.Today();

    public override async Task<IActionResult> ShowAsync()
    {
        if (HttpMethods.IsGet(Request.Method)) Form = new() { Id = Guid.CreateVersion7(), DueOn = WorkCalendar.China.AddWorkdays(Today, UsualWorkdays) };
        if (Born is { } origin && await queries.OriginAsync(origin.Kind, origin.Id, HttpContext.RequestAborted) is { Name: not null } known) Origin = known;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var facts = new NewTask(Form.Title ?? "", Form.Requirement ?? "", Form.OwnerId ?? Guid.Empty, Form.DueOn ?? throw new Refusal("请选期限。", nameof(Form.DueOn)), Form.ConfirmerId);
        await actions.GiveAsync(Form.Id, facts, Born, HttpContext.RequestAborted);
        return RedirectWithMessage("已交办，办理人会在工作台看到。", $"/tasks/{Form.Id}");
    }

    TaskOrigin? Born => string.IsNullOrEmpty(Kind) || Of is not { } id ? null : new(Kind, id, "task");

    public sealed class GiveForm
    {
        public Guid Id { get; set; }
        public string? Title { get; set; }
        public string? Requirement { get; set; }
        [Picked("people")]
        public Guid? OwnerId { get; set; }
        public DateOnly? DueOn { get; set; }
        [Picked("people")]
        public Guid? ConfirmerId { get; set; }
    }
}
