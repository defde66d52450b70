using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Security;

namespace Ronghe.Duties.Calendar;

/// <summary>Makes, renews and revokes the address of my own calendar, and answers what asks under such an address.</summary>
public sealed class CalendarFeeds(AppDb db, Me me, CalendarQueries calendar, TimeProvider clock)
{
    public const string Kind = "calendar-feed";
    const int DaysBack = 31, DaysAhead = 190;

    /// <summary>Null when I have none.</summary>
    public Task<CalendarFeed?> MineAsync(CancellationToken cancel = default) =>
        db.CalendarFeeds.AsNoTracking().SingleOrDefaultAsync(feed => feed.PersonId == me.PersonId && feed.RevokedAt == null, cancel);

    /// <summary>A new address; an older one ends with it.</summary>
    /// <returns>The secret in the address; it cannot be shown again.</returns>
    public async Task<string> RenewAsync(Guid id, CancellationToken cancel = default)
    {
        if (id == Guid.Empty) throw new Refusal("id 不能全是零，没有生成。请刷新页面后再办。", "id");
        if (await db.CalendarFeeds.AnyAsync(feed => feed.Id == id, cancel)) throw new Refusal("这个地址已经生成过，只在生成时显示一次。没有记下来的话，请再换一个新地址。");
        var (secret, now) = (BearerToken.Make(), clock.GetUtcNow());
        await db.InTransactionAsync(async () =>
        {
            await RevokeAsync(now, cancel);
            await db.SaveChangesAsync(cancel);
            var feed = new CalendarFeed(id, me.Id, BearerToken.Hash(secret), now);
            db.CalendarFeeds.Add(feed);
            Record(feed, "made", now);
            if (!await db.SaveNewAsync(cancel)) throw new StaleWrite("您刚刚在别处也生成了订阅地址，这一次没有生成。请刷新后再办。");
        }, cancel);
        return secret;
    }

    public async Task RevokeAsync(CancellationToken cancel = default)
    {
        if (!await RevokeAsync(clock.GetUtcNow(), cancel)) throw new Refusal("没有在用的订阅地址，不用再办。");
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>My own lines of half a year, as calendar programs read them.</summary>
    public async Task<string> TextAsync(Uri product, CancellationToken cancel = default)
    {
        var today = clock.Today();
        return IcsText.Of("融合 · 我的日程", await calendar.FindAsync(new(today.AddDays(-DaysBack), today.AddDays(DaysAhead), Mine: true), cancel: cancel), product, clock.GetUtcNow());
    }

    async Task<bool> RevokeAsync(DateTimeOffset now, CancellationToken cancel)
    {
        if (await db.CalendarFeeds.SingleOrDefaultAsync(feed => feed.PersonId == me.PersonId && feed.RevokedAt == null, cancel) is not { } feed) return false;
        feed.Revoke(now);
        Record(feed, "revoked", now);
        return true;
    }

    void Record(CalendarFeed feed, string @event, DateTimeOffset now) => db.Record(feed, Kind, $"{Kind}.{@event}", me.PersonId, now, me.UnitId);
}
