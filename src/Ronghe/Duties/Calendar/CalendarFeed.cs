using Ronghe.Platform;
using Ronghe.Platform.Data;

namespace Ronghe.Duties.Calendar;

/// <summary>The secret address under which a person's own calendar programs read their calendar. Only its hash is kept. In force → revoked.</summary>
public sealed class CalendarFeed : Aggregate
{
    CalendarFeed() { }

    public CalendarFeed(Guid id, Guid personId, string hash, DateTimeOffset at) => (Id, PersonId, Hash, MadeAt) = (id, personId, hash, at);

    public Guid PersonId { get; private init; }
    /// <summary>SHA-256 of the secret, hexadecimal.</summary>
    public string Hash { get; private init; } = "";
    public DateTimeOffset MadeAt { get; private init; }
    public DateTimeOffset? RevokedAt { get; private set; }

    public void Revoke(DateTimeOffset at)
    {
        if (RevokedAt is not null) throw new Refusal("这个订阅地址已经停用，不用再办。");
        RevokedAt = at;
    }
}
