using Microsoft.EntityFrameworkCore;
using Ronghe.Findings;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;

namespace Ronghe.Safety.Zones;

/// <summary>Lead and deputy answer for what is found in their zone (M10), so they see it, whichever unit reported it.</summary>
public sealed class ZoneOutlook(AppDb db, Me me, TimeProvider clock)
{
    public static readonly FindingOutlook Source = new(scope => scope.GetRequiredService<ZoneOutlook>().Led().Select(led => led.PlaceId));

    internal sealed class LedPlace
    {
        public Guid ZoneId { get; init; }
        public Guid PlaceId { get; init; }
    }

    /// <summary>From my zones down to their places, so that whoever leads none costs one look into an index.</summary>
    internal IQueryable<LedPlace> Led()
    {
        var (person, today) = (me.Id, clock.Today());
        return db.Database.SqlQuery<LedPlace>($"""
            select led.zone_id as "ZoneId", place.id as "PlaceId"
            from zone_leads led
            join zones z on z.id = led.zone_id and z.is_active
            join zone_places held on held.zone_id = led.zone_id
            join lateral (
                select held.place_id id
                union all
                select p.id from places p where p.parent_id = held.place_id and not exists (select from zone_places own where own.place_id = p.id)
                union all
                select c.id from places p join places c on c.parent_id = p.id
                where p.parent_id = held.place_id and not exists (select from zone_places own where own.place_id in (p.id, c.id))
            ) place on true
            where led.person_id = {person} and led.from_on <= {today} and (led.to_on is null or led.to_on >= {today})
            """);
    }
}
