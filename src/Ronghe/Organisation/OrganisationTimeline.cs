using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.People;
using Ronghe.Platform.Journal;

namespace Ronghe.Organisation;

/// <summary>One thing that happened to a person, a node or a place, in words.</summary>
public sealed record TimelineRow(DateTimeOffset At, string Event, string Title, string Who, string? Note);

/// <summary>Tells from the journal what happened to a record of the organisation. Whoever may see the record may read it.</summary>
public sealed class OrganisationTimeline(AppDb db, Me me)
{
    const int Most = 50;

    sealed record Entry(DateTimeOffset At, string Event, string Data, Guid SubjectId, Guid? NodeId, string? Who);

    /// <summary>The person's own facts and posts, newest first. Which personal facts changed is itself personal.</summary>
    public Task<IReadOnlyList<TimelineRow>> OfPersonAsync(PersonDetail person, CancellationToken cancel = default)
    {
        Guid[] subjects = [person.Id, .. person.Appointments.Select(held => held.Id)];
        string[] kinds = [OrganisationEvents.Person, OrganisationEvents.Appointment];
        var isPersonal = person.Personal is not null;
        return TellAsync(db.Journal.Where(row => kinds.Contains(row.SubjectKind) && subjects.Contains(row.SubjectId)
            && (isPersonal || row.Event != OrganisationEvents.PersonChanged)),
            person.Appointments.ToDictionary(held => held.Id, held => $"{held.NodeName} {held.PostTitle}"), cancel);
    }

    public Task<IReadOnlyList<TimelineRow>> OfAsync(string kind, Guid id, CancellationToken cancel = default) =>
        TellAsync(db.Journal.Where(row => row.SubjectKind == kind && row.SubjectId == id), [], cancel);

    /// <param name="subjects">What the records are called whose events are told besides the main one's.</param>
    async Task<IReadOnlyList<TimelineRow>> TellAsync(IQueryable<JournalRow> rows, Dictionary<Guid, string> subjects, CancellationToken cancel)
    {
        var entries = await (
            from row in rows
            orderby row.Seq descending
            select new Entry(row.At, row.Event, row.Data, row.SubjectId, row.NodeId, db.People.Where(person => person.Id == row.ActorId).Select(person => person.Name).FirstOrDefault()))
            .Take(Most).AsNoTracking().ToListAsync(cancel);
        var told = entries.ConvertAll(entry => (Entry: entry, Data: JsonSerializer.Deserialize<JsonElement>(entry.Data)));
        var named = told.SelectMany(each => IdsIn(each.Data)).Concat(entries.Select(entry => entry.NodeId).OfType<Guid>()).Distinct().ToList();
        var names = await db.Nodes.VisibleTo(me).Where(node => named.Contains(node.Id)).ToDictionaryAsync(node => node.Id, node => node.Name, cancel);
        return told.ConvertAll(each => new TimelineRow(
            each.Entry.At, each.Entry.Event, OrganisationEvents.Title(each.Entry.Event), each.Entry.Who ?? "系统", Note(each.Entry, each.Data, subjects.GetValueOrDefault(each.Entry.SubjectId), names)));
    }

    static string? Note(Entry entry, JsonElement data, string? subject, Dictionary<Guid, string> names)
    {
        string? Say(string name) => data.TryGetProperty(name, out var value) ? value.ValueKind switch
        {
            JsonValueKind.String when value.TryGetGuid(out var id) => names.GetValueOrDefault(id),
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Array => string.Join('、', value.EnumerateArray().Select(item =>
                item.TryGetGuid(out var id) ? names.GetValueOrDefault(id) : item.GetString())),
            _ => null,
        } : null;
        return entry.Event switch
        {
            OrganisationEvents.NodeCreated or OrganisationEvents.PersonAdded => Say("name") ?? names.GetValueOrDefault(entry.NodeId ?? default),
            OrganisationEvents.PersonChanged => Say("facts"),
            OrganisationEvents.PersonLeft => Say("on"),
            OrganisationEvents.Appointed => Join(" ", subject, Say("from") is { } from ? $"自 {from}" : null),
            OrganisationEvents.AppointmentEnded => Join(" ", subject, Say("on") is { } on ? $"至 {on}" : null),
            _ => Join(" → ", Say("from"), Say("to")) ?? subject,
        };
    }

    static string? Join(string between, params string?[] parts) =>
        string.Join(between, parts.Where(part => !string.IsNullOrEmpty(part))) is { Length: > 0 } text ? text : null;

    static IEnumerable<Guid> IdsIn(JsonElement data) => data.ValueKind switch
    {
        JsonValueKind.Object => data.EnumerateObject().SelectMany(property => IdsIn(property.Value)),
        JsonValueKind.Array => data.EnumerateArray().SelectMany(IdsIn),
        JsonValueKind.String when data.TryGetGuid(out var id) => [id],
        _ => [],
    };
}
