using Microsoft.EntityFrameworkCore;

namespace Ronghe.PartyLife.Meetings;

/// <summary>The code that holds now, for the screen of the room; the page has asked who may show it.</summary>
public sealed class MeetingCodes(MeetingAccess access, TimeProvider clock)
{
    public async Task<string> CurrentAsync(Guid id, CancellationToken cancel = default) =>
        MeetingCode.Of(await access.Visible().Where(meeting => meeting.Id == id).Select(meeting => meeting.CodeKey).SingleAsync(cancel), clock.GetUtcNow());
}
