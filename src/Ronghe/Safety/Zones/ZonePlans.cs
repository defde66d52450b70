using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Places;
using Ronghe.Platform;
using Ronghe.Platform.Files;
using Ronghe.Platform.Journal;

namespace Ronghe.Safety.Zones;

/// <summary>The picture behind the zones, and the measure of what is drawn on it.</summary>
/// <param name="Href">Null when there is no picture; zones are then a list of places.</param>
public sealed record PlanView(string? Href, PlanSize Size, int Version, bool IsOwn);

/// <summary>The plan of the site: the drawing that came with the places, or a picture of one's own, made anew from its pixels.</summary>
public sealed class ZonePlans(AppDb db, Me me, PhotoActions photos, TimeProvider clock)
{
    public const string Kind = "site-plan";

    public async Task<PlanView> OfAsync(Guid companyId, CancellationToken cancel = default)
    {
        var own = await db.SitePlans.AsNoTracking().SingleOrDefaultAsync(plan => plan.CompanyId == companyId, cancel);
        if (own?.FileId is { } file) return new(FileApi.Address(file), own.Size, own.Version, IsOwn: true);
        var hasPack = PlacePack.SitePlan is not null && await db.Places.AnyAsync(place => place.CompanyId == companyId && place.ContentId != null, cancel);
        return new(hasPack ? "/places/site-plan.svg" : null, PlanSize.Default, own?.Version ?? 0, IsOwn: false);
    }

    /// <summary>What is no picture is refused before anything changes; the zones keep their place on the new one.</summary>
    public async Task ReplaceAsync(int version, Stream content, string name, CancellationToken cancel = default)
    {
        var plan = await LoadAsync(version, cancel);
        var picture = await TakeInAsync(content, name, plan, cancel);
        await ChangeAsync(plan, picture.Id, new(picture.Width!.Value, picture.Height!.Value), "replaced", cancel);
    }

    public async Task DropAsync(int version, CancellationToken cancel = default)
    {
        var plan = await LoadAsync(version, cancel);
        if (plan.FileId is null) throw new Refusal("现在用的就是随地点带来的平面图。");
        await ChangeAsync(plan, null, PlanSize.Default, "dropped", cancel);
    }

    async Task<StoredFile> TakeInAsync(Stream content, string name, SitePlan plan, CancellationToken cancel)
    {
        try
        {
            return await photos.AddAsync(content, name, new FileOwner(Kind, plan.Id, plan.CompanyId), cancel);
        }
        catch (Refusal refusal)
        {
            throw new Refusal("平面图没有更换，原来的还在用。" + refusal.Message, "Picture");
        }
    }

    async Task ChangeAsync(SitePlan plan, Guid? fileId, PlanSize size, string @event, CancellationToken cancel)
    {
        var zones = await db.Zones.Where(zone => zone.CompanyId == plan.CompanyId && zone.IsActive).ToListAsync(cancel);
        var before = plan.Size;
        if (before != size)
            foreach (var zone in zones.Where(zone => zone.Corners.Length > 0))
            {
                zone.Rescale(before, size);
                db.Record(zone, ZoneActions.Kind, "zone.rescaled", me.PersonId, clock.GetUtcNow(), zone.UnitId ?? zone.CompanyId);
            }
        plan.Replace(fileId, size);
        db.Record(plan, Kind, $"{Kind}.{@event}", me.PersonId, clock.GetUtcNow(), plan.CompanyId, new { size.Width, size.Height });
        await db.SaveChangesAsync(cancel);
    }

    async Task<SitePlan> LoadAsync(int version, CancellationToken cancel)
    {
        if (!me.May(ZonePermissions.Plan)) throw new Forbidden("您没有更换平面图的权限。需要的话，请联系安全监察部门。");
        var plan = await db.SitePlans.SingleOrDefaultAsync(plan => plan.CompanyId == me.CompanyId, cancel);
        if ((plan?.Version ?? 0) != version) throw new StaleWrite("平面图刚刚被别人换过，您的改动没有保存。请看过最新的再换。");
        return plan ?? db.SitePlans.Add(new SitePlan(me.CompanyId)).Entity;
    }
}
