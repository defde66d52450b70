using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Tasks;

namespace Ronghe.Safety.Violations.Pages;

/// <summary>One violation: what was seen, what the person said, what was decided.</summary>
[Requires(ViolationPermissions.View)]
public sealed class DetailModel(ViolationQueries queries, ViolationActions actions, TaskQueries tasks, Me me, TimeProvider clock) : ActPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public ViolationDetail Detail { get; private set; } = null!;
    public IReadOnlyList<TaskRow> Tasks { get; private set; } = [];
    public bool MayGive { get; } = me.May(TaskPermissions.Give);
    public DateOnly Today { get; } = clock.Today();

    CancellationToken Cancel => HttpContext.RequestAborted;

    protected override IEnumerable<string> Offered => Detail.Acts.Where(act => act.Obstacle is null).Select(act => act.Verb.ToString());

    public override async Task<IActionResult> ShowAsync()
    {
        Detail = await queries.FindAsync(Id, Cancel);
        if (Detail.Row.Who is not null) Tasks = await tasks.OfOriginAsync(ViolationActions.Kind, Id, Cancel);
        return Page();
    }

    public string Turn => Detail.Row.State switch
    {
        ViolationState.Noted => "等本人说明。",
        ViolationState.Heard => "本人已说明，等记录人以外的人认定。",
        ViolationState.Confirmed => "已认定。",
        _ => "已撤销，不算数。",
    };

    public async Task<IActionResult> OnPostHearAsync(int version, NoteForm hear)
    {
        await actions.HearAsync(Id, version, hear.Note ?? "", Cancel);
        return RedirectWithMessage("说明已记下，等另一位同事认定。");
    }

    public async Task<IActionResult> OnPostConfirmAsync(int version, NoteForm decide)
    {
        await actions.ConfirmAsync(Id, version, decide.Note ?? "", Cancel);
        return RedirectWithMessage("已认定，本人会收到消息。");
    }

    public async Task<IActionResult> OnPostDropAsync(int version, NoteForm decide)
    {
        await actions.DropAsync(Id, version, decide.Note ?? "", Cancel);
        return RedirectWithMessage("已撤销，不算数。");
    }

    public sealed class NoteForm { public string? Note { get; set; } }
}
