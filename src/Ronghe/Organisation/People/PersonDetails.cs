using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Organisation.Units;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;

namespace Ronghe.Organisation.People;

/// <summary>Facts of private life: for the person, for those who lead or look after the person's unit, and for those who keep the roster.</summary>
public sealed record PersonalFacts(DateOnly? BornOn, string Ethnicity, string Phone);

/// <summary>A post of this person, past, running or to come, with the rights that it carries.</summary>
public sealed record AppointmentRow(
    Guid Id, int Version, Guid NodeId, string NodeName, string Post, DateOnly From, DateOnly? To, bool IsCurrent, IReadOnlyList<string> Rights, ActOffers Acts)
{
    public string PostTitle => Posts.Title(Post);
}

/// <param name="JoinedOn">Party dates are personal facts: blank for those who may not see them.</param>
public sealed record MembershipRow(Guid PartyOrganisationId, string Name, string? ParentName, PoliticalStatus Kind, DateOnly? JoinedOn, DateOnly? ConfirmedOn);

/// <summary>One person with everything that the page and the API answer show.</summary>
/// <param name="Personal">Null for those who may not see it.</param>
public sealed record PersonDetail(
    Guid Id, int Version, string Number, string Name, Guid UnitId, IReadOnlyList<NodeLink> Path, string Gender, string Position, string JobTitle,
    string EmploymentKind, DateOnly? WorkStartedOn, string Education, string Qualification, PoliticalStatus PoliticalStatus, DateOnly? LeftOn,
    PersonalFacts? Personal, IReadOnlyList<AppointmentRow> Appointments, IReadOnlyList<MembershipRow> Memberships, ActOffers Acts)
{
    public string UnitName => Path.Count > 0 ? Path[^1].Name : "";
    /// <summary>发电一部 · 运行一值, without the company.</summary>
    public string UnitPath => string.Join(" · ", Path.Skip(Path.Count > 1 ? 1 : 0).Select(node => node.Name));
}

/// <summary>Reads one person.</summary>
public sealed class PersonDetails(AppDb db, Me me, OrganisationAccess access, PostRights rights, TimeProvider clock)
{
    public async Task<PersonDetail> FindAsync(Guid id, CancellationToken cancel = default)
    {
        var found = await db.People.AsNoTracking().VisibleTo(me).Where(p => p.Id == id).Select(p => new
        {
            Person = p,
            Path = db.NodeClosure.Where(pair => pair.DescendantId == p.UnitId)
                .Join(db.Units, pair => pair.AncestorId, above => above.Id, (pair, above) => new { pair.Depth, Unit = above }).OrderByDescending(row => row.Depth)
                .Select(row => new NodeLink(row.Unit.Id, row.Unit.Name, UnitKinds.Title(row.Unit.Kind))).ToList(),
        }).FirstOrDefaultAsync(cancel) ?? throw new NotFound("这个人");
        var person = found.Person;
        var here = access.Within([.. found.Path.Select(node => node.Id)]);
        var isPersonal = id == me.PersonId || here.May(OrganisationPermissions.PersonalFacts) || here.May(OrganisationPermissions.ManagePeople);
        var appointments = await AppointmentsAsync(id, cancel);
        return new(
            person.Id, person.Version, person.Number, person.Name, person.UnitId, found.Path,
            person.Gender, person.Position, person.JobTitle, person.EmploymentKind, person.WorkStartedOn, person.Education, person.Qualification,
            person.PoliticalStatus, person.LeftOn, isPersonal ? new(person.BornOn, person.Ethnicity, person.Phone) : null,
            appointments, await MembershipsAsync(id, isPersonal, cancel), Offers(person, here, appointments));
    }

    ActOffers Offers(Person person, RightsHere here, List<AppointmentRow> appointments)
    {
        var isAdministrator = appointments.Exists(held => Posts.IsAdministrator(held.Post) && (held.To is null || held.To >= clock.Today()));
        var gone = person.IsHere ? null : $"{person.Name}已在 {person.LeftOn:yyyy-MM-dd} 离开。";
        List<ActOffer> offers = [];
        if (here.May(OrganisationPermissions.ManagePeople))
            offers.AddRange([new("change", gone), new("move", gone), new("leave", gone ?? (isAdministrator ? Administrators.AtTheConsole : null))]);
        if (me.May(OrganisationPermissions.ManageAppointments))
            offers.Add(new("appoint", gone ?? (person.Id == me.PersonId ? "不能给自己任职，请由另一位安全保密管理员办理。" : null)));
        return new(offers);
    }

    /// <summary>Running ones first, then by day.</summary>
    async Task<List<AppointmentRow>> AppointmentsAsync(Guid personId, CancellationToken cancel)
    {
        var today = clock.Today();
        var reach = me.ReachOf(OrganisationPermissions.ManageAppointments);
        var held = await (
            from appointment in db.Appointments
            where appointment.PersonId == personId
            join node in db.Nodes on appointment.NodeId equals node.Id
            orderby appointment.From descending
            select new { Appointment = appointment, NodeName = node.Name, InReach = reach.Contains(node.CompanyId) || db.NodeClosure.Any(pair => pair.DescendantId == node.Id && reach.Contains(pair.AncestorId)) })
            .AsNoTracking().ToListAsync(cancel);
        return [.. held.Select(row => new AppointmentRow(
            row.Appointment.Id, row.Appointment.Version, row.Appointment.NodeId, row.NodeName, row.Appointment.Post, row.Appointment.From, row.Appointment.To,
            row.Appointment.IsCurrent(today), rights.TitlesOf(row.Appointment.Post),
            new(row.InReach || me.IsSystem ? [new ActOffer("end", WhyNotEnded(row.Appointment, today))] : [])))
            .OrderByDescending(row => row.IsCurrent)];
    }

    static string? WhyNotEnded(Appointment held, DateOnly today) =>
        held.To < today ? $"已在 {held.To:yyyy-MM-dd} 结束。" : Posts.IsAdministrator(held.Post) ? Administrators.AtTheConsole : null;

    Task<List<MembershipRow>> MembershipsAsync(Guid personId, bool isPersonal, CancellationToken cancel) => (
        from membership in db.Memberships
        where membership.PersonId == personId
        join party in db.PartyOrganisations on membership.PartyOrganisationId equals party.Id
        select new MembershipRow(party.Id, party.Name,
            db.PartyOrganisations.Where(parent => parent.Id == party.ParentId && parent.Kind != PartyOrganisationKind.Committee).Select(parent => parent.Name).FirstOrDefault(),
            membership.Kind, isPersonal ? membership.JoinedOn : null, isPersonal ? membership.ConfirmedOn : null)).ToListAsync(cancel);
}
