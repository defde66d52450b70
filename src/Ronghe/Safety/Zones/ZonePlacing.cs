using Microsoft.EntityFrameworkCore;

namespace Ronghe.Safety.Zones;

static class ZonePlacing
{
    /// <summary>The zone of one place: its own, or that of what it stands in.</summary>
    public static Task<Guid?> ZoneOfAsync(this AppDb db, Guid placeId, CancellationToken cancel = default) => db.Places.Where(place => place.Id == placeId).Select(place =>
            db.ZonePlaces.Where(held => held.PlaceId == place.Id).Select(held => (Guid?)held.ZoneId).FirstOrDefault()
            ?? db.ZonePlaces.Where(held => held.PlaceId == place.ParentId).Select(held => (Guid?)held.ZoneId).FirstOrDefault()
            ?? db.ZonePlaces.Where(held => db.Places.Any(parent => parent.Id == place.ParentId && parent.ParentId == held.PlaceId)).Select(held => (Guid?)held.ZoneId).FirstOrDefault())
        .SingleOrDefaultAsync(cancel);
}
