using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;

namespace Ronghe.Organisation.Units;

/// <summary>A unit that somebody wants to set up. Without a superior it is a new company, which only the system may found.</summary>
public sealed record NewUnit(UnitKind Kind, string Name, string Code, Guid? ParentId)
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
}

/// <summary>Founds units and merges them. Renaming, moving and dissolving are the same in both trees: <see cref="TreeActions"/>.</summary>
public sealed class UnitActions(AppDb db, Me me, TreeActions tree, TreeClosure closure, OrganisationJournal journal, TimeProvider clock)
{
    /// <returns>Id of the unit; the same answer when the same id was sent before.</returns>
    public async Task<Guid> CreateAsync(NewUnit wanted, CancellationToken cancel = default)
    {
        if (await db.Units.VisibleTo(me).AnyAsync(unit => unit.Id == wanted.Id, cancel)) return wanted.Id;
        await db.InTransactionAsync(async () =>
        {
            if (wanted.ParentId is { } above) await tree.LockTreesOfAsync(above, cancel);
            var parent = await SuperiorAsync(wanted.ParentId, cancel);
            var position = await db.Nodes.CountAsync(node => node.ParentId == wanted.ParentId, cancel);
            var unit = new Unit(wanted.Kind, wanted.Code, wanted.Name, parent, position, wanted.Id);
            if (unit.Code == "") throw new Refusal("单位编码没有填写。", nameof(NewUnit.Code));
            if (parent is not null) unit.RefuseMisplaced(parent);
            await tree.AddAsync(unit, cancel);
        }, cancel);
        return wanted.Id;
    }

    /// <summary>
    /// One unit goes up in another: its units, people and places belong to the other from now on, its posts end today. It stays
    /// below the other, dissolved, so that what it is responsible for, and what it did, is found and counted there.
    /// </summary>
    public async Task MergeAsync(Guid id, Guid intoId, int version, CancellationToken cancel = default) => await db.InTransactionAsync(async () =>
    {
        var unit = await tree.LoadAsync(id, version, cancel, locked: true) as Unit ?? throw new NotFound("这个单位");
        var into = await SuperiorAsync(intoId, cancel);
        unit.MergeInto(into!, clock.Today());
        await closure.MoveAsync(id, intoId, cancel);
        await tree.TakeOverAsync(id, into!, cancel);
        await TakeOverAsync(id, intoId, cancel);
        journal.Write(unit, OrganisationEvents.NodeMerged, new { to = intoId });
        await db.SaveChangesAsync(cancel);
    }, cancel);

    /// <summary>People, places and posts; the units below were taken over by the tree.</summary>
    async Task TakeOverAsync(Guid id, Guid intoId, CancellationToken cancel)
    {
        foreach (var person in await db.People.Where(person => person.UnitId == id && person.LeftOn == null).ToListAsync(cancel))
        {
            person.MoveTo(intoId);
            journal.Write(person, OrganisationEvents.Person, OrganisationEvents.PersonMoved, intoId, new { from = id, to = intoId });
        }
        foreach (var place in await db.Places.Where(place => place.UnitId == id && place.IsActive).ToListAsync(cancel))
        {
            place.Describe(place.Kks, intoId, place.Aliases);
            journal.Write(place, OrganisationEvents.Place, OrganisationEvents.PlaceDescribed, intoId);
        }
        var today = clock.Today();
        foreach (var held in await db.Appointments.Where(held => held.NodeId == id && (held.To == null || held.To > today)).ToListAsync(cancel))
        {
            held.End(held.From > today ? held.From : today);
            journal.Write(held, OrganisationEvents.Appointment, OrganisationEvents.AppointmentEnded, id, new { on = held.To });
        }
    }

    async Task<Unit?> SuperiorAsync(Guid? parentId, CancellationToken cancel)
    {
        if (parentId is { } id)
            return await tree.SuperiorAsync(id, cancel) as Unit ?? throw new Refusal("单位的上级要选行政单位，不能选党组织。", nameof(NewUnit.ParentId));
        return me.IsSystem ? null : throw new Refusal("上级单位没有选择。", nameof(NewUnit.ParentId));
    }
}
