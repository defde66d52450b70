using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Ronghe.Platform.Security;

namespace Ronghe.PartyLife.Meetings.Pages;

/// <summary>The minutes: the record itself on paper. Nothing is written for them a second time.</summary>
[Requires(MeetingPermissions.Use)]
public sealed class MinutesModel(MeetingDetails details) : PageModel
{
    [FromRoute] public Guid Id { get; set; }

    public MeetingDetail Meeting { get; private set; } = null!;
    public IReadOnlyList<ResolutionLine> Resolutions => [.. Meeting.Items.SelectMany(item => item.Resolutions).OrderBy(one => one.No)];

    /// <summary>发电一部党支部党员大会记录: the branch is named once.</summary>
    public string Heading => $"{Meeting.Body}{(Meeting.Body.EndsWith("支部", StringComparison.Ordinal) && Meeting.TypeName.StartsWith("支部", StringComparison.Ordinal) ? Meeting.TypeName[2..] : Meeting.TypeName)}记录";

    public string Guests => string.Join("、", Meeting.Guests.Where(one => one.State == AttendanceState.Present).Select(one => one.Name));

    public async Task OnGetAsync() => Meeting = await details.FindAsync(Id, HttpContext.RequestAborted);
}
