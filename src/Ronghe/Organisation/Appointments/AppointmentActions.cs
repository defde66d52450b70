using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.People;
using Ronghe.Organisation.Units;
using Ronghe.Platform;
using Ronghe.Platform.Data;

namespace Ronghe.Organisation.Appointments;

/// <summary>A post that somebody is to hold at a node.</summary>
public sealed record NewAppointment(Guid PersonId, Guid NodeId, string Post, DateOnly From, DateOnly? To = null)
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
}

/// <summary>Gives posts and ends them; the rights follow by themselves.</summary>
public sealed class AppointmentActions(AppDb db, Me me, OrganisationAccess access, OrganisationJournal journal, Administrators administrators)
{
    /// <returns>Id of the appointment; the same answer when the same id was sent before.</returns>
    public async Task<Guid> AppointAsync(NewAppointment wanted, CancellationToken cancel = default)
    {
        if (await db.Appointments.VisibleTo(me).AnyAsync(a => a.Id == wanted.Id, cancel)) return wanted.Id;
        await db.InTransactionAsync(async () =>
        {
            await OneAtATimeAsync(wanted.PersonId, cancel);
            var (person, node) = await LoadAsync(wanted, cancel);
            RefuseSelf(person);
            administrators.RefusePost(wanted.Post);
            RefuseWrongTree(node, wanted.Post);
            await RefuseOverlapAsync(person, wanted, cancel);
            var appointment = new Appointment(person.CompanyId, person.Id, node.Id, wanted.Post, wanted.From, wanted.To, wanted.Id);
            db.Appointments.Add(appointment);
            journal.Write(appointment, OrganisationEvents.Appointment, OrganisationEvents.Appointed, node.Id,
                new { person = person.Id, post = wanted.Post, from = wanted.From, to = wanted.To });
            await db.SaveChangesAsync(cancel);
        }, cancel);
        return wanted.Id;
    }

    /// <summary>Takes the posts of the three administrators from somebody, in each case as early as may be.</summary>
    /// <returns>The titles.</returns>
    public async Task<IReadOnlyList<string>> DismissAsync(Guid personId, DateOnly today, CancellationToken cancel = default)
    {
        var held = await Administrators.Held(db, today).Where(a => a.PersonId == personId).ToListAsync(cancel);
        foreach (var appointment in held)
        {
            var yesterday = today.AddDays(-1);
            await EndAsync(appointment.Id, appointment.From > yesterday ? appointment.From : yesterday, appointment.Version, cancel);
        }
        return [.. held.Select(appointment => Posts.Title(appointment.Post))];
    }

    /// <param name="on">Last day of the post.</param>
    /// <returns>Id of the person.</returns>
    public async Task<Guid> EndAsync(Guid id, DateOnly on, int version, CancellationToken cancel = default)
    {
        var appointment = await db.Appointments.VisibleTo(me).FirstOrDefaultAsync(a => a.Id == id, cancel) ?? throw new NotFound("这项任职");
        await access.RequireAsync(OrganisationPermissions.ManageAppointments, appointment.NodeId, cancel);
        await journal.RefuseStaleAsync(appointment, version, cancel);
        administrators.RefusePost(appointment.Post);
        appointment.End(on);
        journal.Write(appointment, OrganisationEvents.Appointment, OrganisationEvents.AppointmentEnded, appointment.NodeId,
            new { person = appointment.PersonId, post = appointment.Post, on });
        await db.SaveChangesAsync(cancel);
        return appointment.PersonId;
    }

    /// <summary>Two appointments of one person at once could give two administrators' posts.</summary>
    async Task OneAtATimeAsync(Guid personId, CancellationToken cancel) =>
        await db.Database.ExecuteSqlAsync($"select 1 from people where id = {personId} for update", cancel);

    async Task<(Person, OrganisationNode)> LoadAsync(NewAppointment wanted, CancellationToken cancel)
    {
        if (!Posts.Exists(wanted.Post)) throw new Refusal("没有这个职务，请从列表中选择。", nameof(Appointment.Post));
        var person = await db.People.VisibleTo(me).FirstOrDefaultAsync(p => p.Id == wanted.PersonId, cancel)
            ?? throw new Refusal("没有找到这个人，请重新选择。", nameof(Appointment.PersonId));
        var node = await db.Nodes.VisibleTo(me).FirstOrDefaultAsync(n => n.Id == wanted.NodeId && n.CompanyId == person.CompanyId, cancel)
            ?? throw new Refusal("没有找到这个单位或党组织，请重新选择。", nameof(Appointment.NodeId));
        await access.RequireAsync(OrganisationPermissions.ManageAppointments, node.Id, cancel);
        if (!person.IsHere) throw new Refusal($"{person.Name}已离开，不能任职。", nameof(Appointment.PersonId));
        if (!node.IsOpen) throw new Refusal($"“{node.Name}”已撤销，不能再任职，请另选。", nameof(Appointment.NodeId));
        return (person, node);
    }

    /// <summary>Who gives rights never gives them to himself.</summary>
    void RefuseSelf(Person person)
    {
        if (person.Id == me.PersonId) throw new Refusal("不能给自己任职，请由另一位安全保密管理员办理。", nameof(Appointment.PersonId));
    }

    static void RefuseWrongTree(OrganisationNode node, string key)
    {
        var post = Posts.Of(key);
        if (post.Tree == PostTree.Administrative != node is Unit)
            throw new Refusal($"“{post.Title}”要设在{(post.Tree == PostTree.Party ? "党组织" : "行政单位")}里，请另选。", nameof(Appointment.NodeId));
    }

    async Task RefuseOverlapAsync(Person person, NewAppointment wanted, CancellationToken cancel)
    {
        var meanwhile = await db.Appointments
            .Where(a => a.PersonId == person.Id && (a.To == null || a.To >= wanted.From) && (wanted.To == null || a.From <= wanted.To))
            .Select(a => new { a.NodeId, a.Post }).ToListAsync(cancel);
        if (meanwhile.Any(held => held.NodeId == wanted.NodeId && held.Post == wanted.Post))
            throw new Refusal($"{person.Name}在这段时间已经担任这里的{Posts.Title(wanted.Post)}，不用重复任职。", nameof(Appointment.Post));
        if (Posts.IsAdministrator(wanted.Post) && meanwhile.FirstOrDefault(held => Posts.IsAdministrator(held.Post) && held.Post != wanted.Post) is { } other)
            throw new Refusal(
                $"{person.Name}已经是{Posts.Title(other.Post)}。系统管理员、安全保密管理员、安全审计员必须由三个人分别担任，请另选一人。", nameof(Appointment.PersonId));
    }
}
