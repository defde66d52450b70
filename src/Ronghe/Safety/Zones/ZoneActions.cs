using Microsoft.EntityFrameworkCore;
using Npgsql;
using Ronghe.Organisation;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Journal;

namespace Ronghe.Safety.Zones;

/// <summary>Divides the site into zones and says who leads them. The right is asked for at the zone's department, or at the company.</summary>
public sealed class ZoneActions(AppDb db, Me me, OrganisationAccess access, ZonePlans plans, TimeProvider clock)
{
    public const string Kind = "zone";

    /// <returns>Id of the zone; the same answer when the same id was sent before.</returns>
    public async Task<Guid> CreateAsync(Guid id, ZoneFacts facts, CancellationToken cancel = default)
    {
        if (id == Guid.Empty) throw new Refusal("id 不能全是零，没有保存。请为每个责任区生成一个 UUIDv7。", "id");
        if (await db.Zones.AnyAsync(zone => zone.Id == id && zone.CompanyId == me.CompanyId, cancel)) return id;
        var zone = new Zone(me.CompanyId, facts, id);
        await access.RequireAsync(ZonePermissions.Manage, zone.UnitId ?? zone.CompanyId, cancel);
        await RequireFitAsync(zone, facts, cancel);
        db.Zones.Add(zone);
        Record(zone, "created", new { name = zone.Name, places = facts.PlaceIds });
        await SaveAsync(cancel);
        return id;
    }

    public async Task RestateAsync(Guid id, int version, ZoneFacts facts, CancellationToken cancel = default)
    {
        var zone = await LoadAsync(id, version, cancel);
        if (facts.UnitId != zone.UnitId) await access.RequireAsync(ZonePermissions.Manage, facts.UnitId ?? zone.CompanyId, cancel);
        zone.Restate(facts);
        await RequireFitAsync(zone, facts, cancel);
        Record(zone, "restated", new { name = zone.Name, places = facts.PlaceIds, corners = facts.Shape.ToString() });
        await SaveAsync(cancel);
    }

    public async Task AppointAsync(Guid id, int version, Guid personId, ZoneRole role, DateOnly from, DateOnly? to, CancellationToken cancel = default)
    {
        var zone = await LoadAsync(id, version, cancel);
        if (!await db.People.AnyAsync(person => person.Id == personId && person.CompanyId == zone.CompanyId && person.LeftOn == null, cancel))
            throw new Refusal("没有找到这个人，或他已离岗，请重新选择。", nameof(ZoneLead.PersonId));
        zone.Appoint(personId, role, from, to);
        Record(zone, "lead-appointed", new { person = personId, role, from, to });
        await SaveAsync(cancel);
    }

    public async Task EndTermAsync(Guid id, int version, Guid leadId, DateOnly on, CancellationToken cancel = default)
    {
        var zone = await LoadAsync(id, version, cancel);
        zone.EndTerm(leadId, on);
        Record(zone, "lead-ended", new { lead = leadId, on });
        await SaveAsync(cancel);
    }

    public async Task RetireAsync(Guid id, int version, CancellationToken cancel = default)
    {
        var zone = await LoadAsync(id, version, cancel);
        zone.Retire();
        Record(zone, "retired", new { name = zone.Name });
        await SaveAsync(cancel);
    }

    async Task<Zone> LoadAsync(Guid id, int version, CancellationToken cancel)
    {
        var zone = await db.Zones.Include(zone => zone.Places).Include(zone => zone.Leads)
            .SingleOrDefaultAsync(zone => zone.Id == id && zone.CompanyId == me.CompanyId, cancel) ?? throw new NotFound("这个责任区");
        await access.RequireAsync(ZonePermissions.Manage, zone.UnitId ?? zone.CompanyId, cancel);
        if (zone.Version != version) throw new StaleWrite($"“{zone.Name}”刚刚被别人改过，您的改动没有保存，填写的内容还在。请看过最新的再改。");
        return zone;
    }

    async Task RequireFitAsync(Zone zone, ZoneFacts facts, CancellationToken cancel)
    {
        if (!facts.Shape.IsEmpty) facts.Shape.CheckOn((await plans.OfAsync(zone.CompanyId, cancel)).Size);
        if (zone.UnitId is { } unit && !await db.Units.AnyAsync(u => u.Id == unit && u.CompanyId == zone.CompanyId && u.ClosedOn == null, cancel))
            throw new Refusal("没有找到这个责任部门，请重新选择。", nameof(Zone.UnitId));
        if (zone.BranchId is { } branch && !await db.PartyOrganisations.AnyAsync(p => p.Id == branch && p.CompanyId == zone.CompanyId && p.ClosedOn == null, cancel))
            throw new Refusal("没有找到这个党支部，请重新选择。", nameof(Zone.BranchId));
        var wanted = facts.PlaceIds.Distinct().ToArray();
        if (await db.Places.CountAsync(place => wanted.Contains(place.Id) && place.CompanyId == zone.CompanyId && place.IsActive, cancel) != wanted.Length)
            throw new Refusal("有的地点没有找到或已停用，请重新勾选。没有保存，填写的内容还在。", nameof(facts.PlaceIds));
        var taken = await (
            from held in db.ZonePlaces
            where wanted.Contains(held.PlaceId) && held.ZoneId != zone.Id
            select db.Places.First(place => place.Id == held.PlaceId).FullName + "属于" + db.Zones.First(other => other.Id == held.ZoneId).Name).Take(3).ToListAsync(cancel);
        if (taken.Count > 0) throw new Refusal($"一处地点只能在一个责任区：{string.Join('、', taken)}。没有保存，填写的内容还在。请先从那边去掉。", nameof(facts.PlaceIds));
    }

    async Task SaveAsync(CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException clash) when (clash.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } inner)
        {
            throw inner.ConstraintName?.Contains("zone_places", StringComparison.Ordinal) == true
                ? new Refusal("有的地点刚刚被划进别的责任区。没有保存，填写的内容还在，请看过最新划分再改。", "PlaceIds")
                : new Refusal("已经有同名的责任区，请换一个名称。没有保存，填写的内容还在。", nameof(Zone.Name));
        }
    }

    void Record(Zone zone, string @event, object data) =>
        db.Record(zone, Kind, $"{Kind}.{@event}", me.PersonId, clock.GetUtcNow(), zone.UnitId ?? zone.CompanyId, data);
}
