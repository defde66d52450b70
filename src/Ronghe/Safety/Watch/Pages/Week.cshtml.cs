using Microsoft.AspNetCore.Mvc;
using Ronghe.Findings;
using Ronghe.Organisation;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Safety.Watch.Pages;

/// <summary>One week of the watch: who, what they found, how far it has come; and changing or closing it.</summary>
[Requires(WatchPermissions.View)]
public sealed class WeekModel(WatchQueries queries, WatchActions actions, RecordHistory history, Me me, TimeProvider clock) : RonghePage
{
    [FromRoute] public Guid Id { get; set; }

    public WatchDetail Detail { get; private set; } = null!;
    public IReadOnlyList<HistoryRow> History { get; private set; } = [];
    public DateOnly Today { get; private set; }
    public IReadOnlyList<Option> Members { get; private set; } = [];
    public IReadOnlyList<Option> OthersWeeks { get; private set; } = [];
    public bool IsMine => Detail.Week.Members.Any(member => member.Id == me.PersonId);
    public IReadOnlyList<Option> Standing => [.. Detail.Week.Members.Select(member => new Option(member.Id.ToString(), member.Name))];

    public override async Task<IActionResult> ShowAsync()
    {
        var cancel = HttpContext.RequestAborted;
        Today = clock.Today();
        Detail = await queries.FindAsync(Id, cancel);
        History = await history.OfAsync(WatchActions.Week, Id, cancel);
        if (!Detail.CanReplace && !(IsMine && Detail.Week.Monday.AddDays(6) >= Today)) return Page();
        Members = [.. (await queries.MembersAsync(Detail.Week.BranchId, cancel)).Where(member => Detail.Week.Members.All(standing => standing.Id != member.Id)).Select(member => new Option(member.Id.ToString(), member.Name))];
        OthersWeeks = [.. (await queries.RotaAsync(Detail.Week.BranchId, cancel)).Where(week => week.Id != Id && week.Monday > Today && week.Members.All(member => member.Id != me.PersonId))
            .Select(week => new Option(week.Id.ToString(), $"{week.Monday.Say(Today.Year)}起 · {string.Join('、', week.Members.Select(member => member.Name))}"))];
        return Page();
    }

    public (string Status, string? Text) Badge(WatchFinding finding) => FindingLook.Badge(finding.Status, finding.DueOn, Today);

    public async Task<IActionResult> OnPostReplaceAsync(int version, Guid personId, Guid byId)
    {
        await actions.ReplaceAsync(Id, version, personId, byId, HttpContext.RequestAborted);
        return RedirectWithMessage("已换人。换下的人这一周已经报的仍算这一周的发现。");
    }

    public async Task<IActionResult> OnPostAskAsync(Guid askedId, Guid? inReturnId, string? reason)
    {
        await actions.AskAsync(Id, askedId, inReturnId, reason ?? "", HttpContext.RequestAborted);
        return RedirectWithMessage("已提出，对方同意后安排才变。", "/watch");
    }

    public async Task<IActionResult> OnPostCloseAsync(int version)
    {
        await actions.CloseAsync(Id, version, HttpContext.RequestAborted);
        return RedirectWithMessage("这一周已办结。");
    }
}
