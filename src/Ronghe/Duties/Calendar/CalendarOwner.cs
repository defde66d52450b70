using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Security;

namespace Ronghe.Duties.Calendar;

/// <summary>Whose calendar a subscribed address shows, before anybody acts: with the rights of today, and nobody once the address is revoked or the person has left.</summary>
public sealed class CalendarOwner(AppDb db, MeQuery people)
{
    public async Task<Me?> FindAsync(string secret, CancellationToken cancel = default)
    {
        var hash = BearerToken.Hash(secret);
        var person = await db.CalendarFeeds.Where(feed => feed.Hash == hash && feed.RevokedAt == null).Select(feed => (Guid?)feed.PersonId).SingleOrDefaultAsync(cancel);
        return person is { } id ? await people.ByPersonAsync(id, cancel) : null;
    }
}
