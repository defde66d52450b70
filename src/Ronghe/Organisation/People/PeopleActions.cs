using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Search;

namespace Ronghe.Organisation.People;

/// <summary>Somebody who comes to work here.</summary>
public sealed record NewPerson(string Number, PersonFacts Facts)
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
}

public sealed class PeopleActions(AppDb db, Me me, OrganisationAccess access, OrganisationJournal journal, Administrators administrators, TimeProvider clock)
{
    /// <returns>Id of the person; the same answer when the same id was sent before.</returns>
    public async Task<Guid> AddAsync(NewPerson wanted, CancellationToken cancel = default)
    {
        if (await db.People.VisibleTo(me).AnyAsync(person => person.Id == wanted.Id, cancel)) return wanted.Id;
        var company = await CompanyOfAsync(wanted.Facts.UnitId, cancel);
        var person = new Person(company, wanted.Number, wanted.Facts.Name, wanted.Facts.UnitId, wanted.Id);
        if (await db.People.AnyAsync(other => other.CompanyId == company && other.Number == person.Number, cancel))
            throw new Refusal($"工号“{person.Number}”已经有人使用，请核对。填写的内容还在。", nameof(Person.Number));
        Check(wanted.Facts);
        person.Restate(wanted.Facts, TokensOf(wanted.Facts.Name, person.Number));
        db.People.Add(person);
        journal.Write(person, OrganisationEvents.Person, OrganisationEvents.PersonAdded, person.UnitId);
        await db.SaveChangesAsync(cancel);
        return person.Id;
    }

    /// <summary>Facts other than the unit: going to another unit is an act of its own, <see cref="MoveAsync"/>.</summary>
    public async Task ChangeAsync(Guid id, PersonFacts facts, int version, CancellationToken cancel = default)
    {
        var person = await LoadAsync(id, version, cancel);
        facts = facts with { UnitId = person.UnitId };
        Check(facts);
        var changed = PersonFactNames.Changed(person, facts);
        if (changed.Length == 0) throw new Refusal("内容没有变化，没有改动。");
        person.Restate(facts, TokensOf(facts.Name, person.Number));
        journal.Write(person, OrganisationEvents.Person, OrganisationEvents.PersonChanged, person.UnitId, new { facts = changed });
        await db.SaveChangesAsync(cancel);
    }

    public async Task MoveAsync(Guid id, Guid unitId, int version, CancellationToken cancel = default)
    {
        var person = await LoadAsync(id, version, cancel);
        if (await CompanyOfAsync(unitId, cancel) != person.CompanyId) throw new Refusal("不能直接调到别的公司，请在那边新建人员。", nameof(Person.UnitId));
        var before = person.UnitId;
        person.MoveTo(unitId);
        journal.Write(person, OrganisationEvents.Person, OrganisationEvents.PersonMoved, unitId, new { from = before, to = unitId });
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>The person leaves; posts end with it, and with them the rights.</summary>
    public async Task LeaveAsync(Guid id, DateOnly on, int version, CancellationToken cancel = default)
    {
        if (on > clock.Today()) throw new Refusal("离开日期还没有到，请在当天或之后办理。", nameof(Person.LeftOn));
        var person = await LoadAsync(id, version, cancel);
        await administrators.RefuseOneOfThemAsync(person, cancel);
        person.Leave(on);
        foreach (var appointment in await db.Appointments.Where(a => a.PersonId == id && (a.To == null || a.To > on)).ToListAsync(cancel))
        {
            appointment.End(on < appointment.From ? appointment.From : on);
            journal.Write(appointment, OrganisationEvents.Appointment, OrganisationEvents.AppointmentEnded, appointment.NodeId, new { person = id, post = appointment.Post });
        }
        journal.Write(person, OrganisationEvents.Person, OrganisationEvents.PersonLeft, person.UnitId, new { on });
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>What a person is found by.</summary>
    public static string[] TokensOf(string name, string number) => SearchTokens.ForName(name, number);

    async Task<Person> LoadAsync(Guid id, int version, CancellationToken cancel)
    {
        var person = await db.People.VisibleTo(me).FirstOrDefaultAsync(p => p.Id == id, cancel) ?? throw new NotFound("这个人");
        await access.RequireAsync(OrganisationPermissions.ManagePeople, person.UnitId, cancel);
        await journal.RefuseStaleAsync(person, version, cancel);
        return person;
    }

    /// <summary>Company of an open unit in which I may manage people.</summary>
    async Task<Guid> CompanyOfAsync(Guid unitId, CancellationToken cancel)
    {
        var unit = await db.Units.VisibleTo(me).Where(u => u.Id == unitId).Select(u => new { u.CompanyId, u.Name, u.ClosedOn }).FirstOrDefaultAsync(cancel)
            ?? throw new Refusal("没有找到这个单位，请重新选择。", nameof(Person.UnitId));
        if (unit.ClosedOn is not null) throw new Refusal($"“{unit.Name}”已撤销，不能再安排人员，请另选单位。", nameof(Person.UnitId));
        await access.RequireAsync(OrganisationPermissions.ManagePeople, unitId, cancel);
        return unit.CompanyId;
    }

    void Check(PersonFacts facts)
    {
        var today = clock.Today();
        if (facts.BornOn > today.AddYears(-14) || facts.BornOn < today.AddYears(-100))
            throw new Refusal("出生日期不合理，请核对。", nameof(Person.BornOn));
        if (facts.WorkStartedOn > today || facts.WorkStartedOn < facts.BornOn)
            throw new Refusal("参加工作时间不合理，请核对。", nameof(Person.WorkStartedOn));
    }
}
