using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Platform.Calendar;

namespace Ronghe.PartyLife.Meetings;

/// <summary>What the form for a new meeting begins with, and the names of what was chosen in it.</summary>
public sealed class MeetingChoices(AppDb db, Me me, TimeProvider clock)
{
    /// <summary>The body in which I hold a post and that holds such meetings; null when there is none.</summary>
    public async Task<Guid?> BodyAsync(MeetingType type, CancellationToken cancel = default)
    {
        var mine = await db.Appointments.CurrentOn(clock.Today()).Where(held => held.PersonId == me.PersonId).OrderBy(held => held.From)
            .Join(db.Nodes, held => held.NodeId, node => node.Id, (held, node) => node).ToListAsync(cancel);
        return mine.FirstOrDefault(node => node.IsOpen && type.Fits((node as PartyOrganisation)?.Kind))?.Id;
    }

    public async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(IEnumerable<Guid?> ids, CancellationToken cancel = default)
    {
        var asked = ids.OfType<Guid>().Distinct().ToArray();
        var people = db.People.VisibleTo(me).Where(person => asked.Contains(person.Id)).Select(person => new { person.Id, person.Name });
        var nodes = db.Nodes.VisibleTo(me).Where(node => asked.Contains(node.Id)).Select(node => new { node.Id, node.Name });
        return await people.Concat(nodes).ToDictionaryAsync(one => one.Id, one => one.Name, cancel);
    }
}
