using Ronghe.Safety.Zones;

namespace Ronghe.Safety.ModelPosts;

/// <summary>The places of a post's range: its zone's, and those named with what stands in them. Text for the statements that count there.</summary>
static class ModelPostRange
{
    /// <summary>Needs <c>post(id, zone_id)</c> before it and the company as $1; gives <c>reach(post_id, place_id)</c>.</summary>
    public const string Sql = $"""
        zone_of as ({ZoneHealths.ZoneOf}),
        reach as (
            select p.id post_id, z.place_id from post p join zone_of z on z.zone_id = p.zone_id
            union
            select p.id, place.id
            from post p join model_post_places held on held.post_id = p.id
            join places place on place.company_id = $1 left join places up on up.id = place.parent_id
            where held.place_id in (place.id, place.parent_id, up.parent_id))
        """;
}
