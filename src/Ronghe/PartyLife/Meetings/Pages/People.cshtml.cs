using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.PartyLife.Meetings.Pages;

/// <summary>Who is to come, who came, and why others did not; one page of people at a time, for there may be thousands.</summary>
[Requires(MeetingPermissions.Use)]
public sealed class PeopleModel(MeetingQueries queries, MeetingDetails details, MeetingSitting sitting, MeetingRulebook rulebook, TimeProvider clock) : RonghePage
{
    [FromRoute] public Guid Id { get; set; }
    [FromQuery(Name = "state")] public AttendanceState? State { get; set; }
    [FromQuery(Name = "due")] public bool? Due { get; set; }
    [FromQuery(Name = "q")] public string? Text { get; set; }
    [FromQuery(Name = "after")] public string? After { get; set; }

    [BindProperty, Picked("people")] public Guid? Guest { get; set; }
    [BindProperty, Picked("people")] public Guid? Exempt { get; set; }

    public MeetingDetail Meeting { get; private set; } = null!;
    public Paged<AttendanceRow> List { get; private set; } = new([]);
    public string GuestsText { get; private set; } = "";
    public DateOnly Today { get; } = clock.Today();

    CancellationToken Cancel => HttpContext.RequestAborted;

    public bool MayAttend => Meeting.Acts.Possible.Contains("attend");
    public bool MayInvite => Meeting.Acts.Possible.Contains("invite");
    public string? WhyClosed => Meeting.Acts.Has("attend") ? Meeting.Acts.WhyNot("attend") : null;
    public bool IsExemptSent => Request.Query["handler"] == "Exempt";
    public string Sub => $"{Meeting.Body} · {(Meeting.HeldFrom ?? Meeting.PlannedAt).Say(Today.Year)} · {Meeting.Status.Title()}";

    public static string Standing(AttendanceRow row) => !row.IsDue ? "列席" : row.ExemptReason != "" ? $"不计入应到会（{row.ExemptReason}）" : row.HasVote ? "应到会" : "应到会，无表决权";
    public static string Entered(AttendanceRow row, int year) => row.At is { } at && row.Means != AttendanceMeans.None ? $"{row.Means.Title()} {at.Say(year)}" : "";

    public override async Task<IActionResult> ShowAsync()
    {
        Meeting = await details.FindAsync(Id, Cancel);
        GuestsText = (await rulebook.OfAsync(Meeting.RulesNumber, Cancel)).Of(Meeting.Type).GuestsText;
        List = await queries.PeopleAsync(Id, State, Due, Text, After, Cancel);
        return Page();
    }

    public Task<IActionResult> OnPostAttendAsync([FromForm(Name = "state")] AttendanceState mark, List<Guid> people, string? reason) =>
        DoneAsync(sitting.AttendAsync(Id, people, mark, reason ?? "", Cancel), $"已登记 {people.Count} 人。");

    public Task<IActionResult> OnPostRestAsync([FromForm(Name = "state")] AttendanceState mark, string? reason) => DoneAsync(sitting.AttendRestAsync(Id, mark, reason ?? "", Cancel), "其余的人已登记。");

    public Task<IActionResult> OnPostInviteAsync(int version) =>
        DoneAsync(sitting.InviteAsync(Id, version, [Guest ?? throw new Refusal("请选要请的人。", nameof(Guest))], Cancel), "已加到名单上，列席。");

    public Task<IActionResult> OnPostUninviteAsync(int version) => DoneAsync(sitting.UninviteAsync(Id, version, Guest ?? throw new Refusal("请选人。", nameof(Guest)), Cancel), "已从列席名单上去掉。");

    public Task<IActionResult> OnPostExemptAsync(int version, string? why) => DoneAsync(
        sitting.ExemptAsync(Id, version, Exempt ?? throw new Refusal("请选人。", nameof(Exempt)), why ?? "", Cancel), string.IsNullOrWhiteSpace(why) ? "已恢复计入应到会。" : "已登记：不计入应到会，纪要里会写明。");

    async Task<IActionResult> DoneAsync(Task act, string message)
    {
        await act;
        return RedirectWithMessage(message);
    }
}
