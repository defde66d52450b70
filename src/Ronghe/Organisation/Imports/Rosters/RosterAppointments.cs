using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Appointments;
using K = Ronghe.Organisation.Imports.Rosters.RosterSpec;

namespace Ronghe.Organisation.Imports.Rosters;

/// <summary>
/// Turns the posts that a roster states, and the heads that the organisation list names, into appointments. A post that an earlier
/// roster gave and this one no longer states ends; posts given by hand are left alone.
/// </summary>
sealed class RosterAppointments(RosterDirectory directory, RosterColumns columns, DateOnly asOf, Guid? importerId)
{
    static readonly HashSet<string> AdministrativePosts =
        [Posts.PlantHead, Posts.DeputyHead, Posts.DepartmentHead, Posts.DepartmentDeputy, Posts.CrewLead, Posts.SafetyOfficer];

    readonly NamedHeads _heads = new(directory.Nodes, asOf);

    /// <summary>New appointments. Those that end are tracked. Nobody gives a post to himself.</summary>
    public async Task<List<Appointment>> MakeAsync(AppDb db, IReadOnlyList<RosterEntry> entries, Dictionary<string, Guid> ids, CancellationToken cancel)
    {
        var all = directory.Appointments.SelectMany(same => same).ToList();
        var held = all.Where(a => a.To is null || a.To >= asOf).Select(a => (a.PersonId, a.NodeId, a.Post)).ToHashSet();
        var made = new List<Appointment>();
        foreach (var entry in entries)
            foreach (var stated in entry.Posts)
                if (ids[entry.Number] is var person && person != importerId && held.Add((person, stated.NodeId, stated.Post)))
                    made.Add(new(directory.CompanyId, person, stated.NodeId, stated.Post, stated.From));
        await EndUnstatedAsync(db, entries, ids, cancel);
        var everHeld = all.Concat(made).Select(a => (a.NodeId, a.Post)).ToHashSet();
        var people = entries.Where(entry => entry.LeftOn is null).Select(entry => new Nameable(ids[entry.Number], entry.Facts.Name, entry.Facts.UnitId, entry.Member?.NodeId));
        made.AddRange(_heads.Appointments(people, everHeld, importerId));
        return made;
    }

    async Task EndUnstatedAsync(AppDb db, IReadOnlyList<RosterEntry> entries, Dictionary<string, Guid> ids, CancellationToken cancel)
    {
        var candidates = entries.Where(entry => entry.LeftOn is null).SelectMany(entry => directory.Appointments[ids[entry.Number]]
            .Where(a => a.To is null && IsTold(a.Post) && !entry.Posts.Any(stated => stated.Post == a.Post && stated.NodeId == a.NodeId))).ToList();
        if (candidates.Count == 0) return;
        var wanted = candidates.ConvertAll(a => a.Id);
        var fromFiles = await db.ImportedRecords.Where(r => wanted.Contains(r.SubjectId) && r.Effect == ImportEffect.Created)
            .Select(r => r.SubjectId).ToHashSetAsync(cancel);
        foreach (var appointment in candidates.Where(a => fromFiles.Contains(a.Id) && !_heads.IsNamed(a)))
        {
            db.Attach(appointment);
            appointment.End(asOf >= appointment.From ? asOf : appointment.From);
        }
    }

    /// <summary>Whether the file has the column in which such a post would stand.</summary>
    bool IsTold(string post) => columns.Has(AdministrativePosts.Contains(post) ? K.JobTitle : K.PartyPost);
}
