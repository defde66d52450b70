using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.People;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Organisation;

/// <summary>
/// Tells from the journal what happened to a record of any kind, in the words that its capability gave the journal, with the names of
/// the people and nodes in it. Whoever may see the record may read it; the page that shows it has asked that already.
/// </summary>
public sealed class RecordHistory(AppDb db, Me me, JournalCatalogue catalogue)
{
    const int Most = 50;

    const string UuidPattern = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    /// <param name="Names">Of the nodes that the row tells of, as far as I may see them: a JSON object by id.</param>
    sealed record Entry(DateTimeOffset At, string Kind, string Event, string Data, Guid SubjectId, Guid? NodeId, string? Who, string? Names);

    /// <summary>The person's own facts and posts, newest first. Which personal facts changed is itself personal.</summary>
    public Task<IReadOnlyList<HistoryRow>> OfPersonAsync(PersonDetail person, CancellationToken cancel = default) => TellAsync(
        [OrganisationEvents.Person, OrganisationEvents.Appointment], [person.Id, .. person.Appointments.Select(held => held.Id)],
        person.Personal is null ? [OrganisationEvents.PersonChanged] : [],
        person.Appointments.ToDictionary(held => held.Id, held => $"{held.NodeName} {held.PostTitle}"), cancel);

    public Task<IReadOnlyList<HistoryRow>> OfAsync(string kind, Guid id, CancellationToken cancel = default) => TellAsync([kind], [id], [], [], cancel);

    /// <param name="subjects">What the records are called whose events are told besides the main one's.</param>
    async Task<IReadOnlyList<HistoryRow>> TellAsync(string[] kinds, Guid[] ids, string[] hidden, Dictionary<Guid, string> subjects, CancellationToken cancel)
    {
        Guid? company = me.IsSystem ? null : me.CompanyId;
        var entries = await db.Database.SqlQuery<Entry>($"""
            select j.at "At", j.subject_kind "Kind", j.event "Event", j.data::text "Data", j.subject_id "SubjectId", j.node_id "NodeId",
                (select p.name from people p where p.id = j.actor_id) "Who",
                (select jsonb_object_agg(n.id, n.name)::text from nodes n
                 where n.id = any(array(select j.node_id union all select m[1]::uuid from regexp_matches(j.data::text, {UuidPattern}, 'g') m))
                   and ({company}::uuid is null or n.company_id = {company})) "Names"
            from journal j
            where j.subject_kind = any({kinds}) and j.subject_id = any({ids}) and j.event <> all({hidden})
            order by j.seq desc limit {Most}
            """).ToListAsync(cancel);
        return entries.ConvertAll(entry => new HistoryRow(
            entry.At, entry.Event, TitleOf(entry, kinds), entry.Who ?? "系统", Note(entry, subjects.GetValueOrDefault(entry.SubjectId))));
    }

    /// <summary>What is told beside the main record's own history says what it is about.</summary>
    string TitleOf(Entry entry, string[] kinds)
    {
        var title = catalogue.EventOf(entry.Kind, entry.Event);
        return entry.Kind == kinds[0] || title.StartsWith(catalogue.TitleOf(entry.Kind), StringComparison.Ordinal) ? title : catalogue.TitleOf(entry.Kind) + title;
    }

    static string? Note(Entry entry, string? subject)
    {
        var data = JsonSerializer.Deserialize<JsonElement>(entry.Data);
        var names = entry.Names is null ? [] : JsonSerializer.Deserialize<Dictionary<Guid, string>>(entry.Names)!;
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
}
