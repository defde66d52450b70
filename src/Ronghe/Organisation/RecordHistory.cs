using System.Text.Json;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.People;
using Ronghe.Platform.Data;
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

    /// <summary>
    /// Planned once in each session: planning for all the years' partitions takes longer than looking into them. Without arrays, for
    /// the database plans anew each time for those: it does not know how much is in them.
    /// </summary>
    static readonly string OfOne = Sql("j.subject_kind = $2 and j.subject_id = $3"), OfSome = Sql("j.subject_kind = any($2) and j.subject_id = any($3) and j.event <> all($4)");

    /// <param name="Names">Of the nodes that the row tells of, as far as I may see them: a JSON object by id.</param>
    sealed record Entry(DateTimeOffset At, string Kind, string Event, string Data, Guid SubjectId, Guid? NodeId, string? Who, string? Names);

    /// <summary>The person's own facts and posts, newest first. Which personal facts changed is itself personal.</summary>
    public Task<IReadOnlyList<HistoryRow>> OfPersonAsync(PersonDetail person, CancellationToken cancel = default) => TellAsync(
        OfSome,
        [
            (string[])[OrganisationEvents.Person, OrganisationEvents.Appointment], (Guid[])[person.Id, .. person.Appointments.Select(held => held.Id)],
            person.Personal is null ? (string[])[OrganisationEvents.PersonChanged] : Array.Empty<string>(),
        ],
        OrganisationEvents.Person,
        person.Appointments.ToDictionary(held => held.Id, held => $"{held.NodeName} {held.PostTitle}"), cancel);

    public Task<IReadOnlyList<HistoryRow>> OfAsync(string kind, Guid id, CancellationToken cancel = default) => TellAsync(OfOne, [kind, id], kind, [], cancel);

    /// <param name="main">The kind of the record whose history it is.</param>
    /// <param name="subjects">What the records are called whose events are told besides the main one's.</param>
    async Task<IReadOnlyList<HistoryRow>> TellAsync(string sql, object[] which, string main, Dictionary<Guid, string> subjects, CancellationToken cancel)
    {
        var entries = await db.PreparedAsync(sql, [me.IsSystem ? DBNull.Value : me.CompanyId, .. which], row => new Entry(
            row.GetFieldValue<DateTimeOffset>(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetGuid(4), row.IsDBNull(5) ? null : row.GetGuid(5),
            row.IsDBNull(6) ? null : row.GetString(6), row.IsDBNull(7) ? null : row.GetString(7)), cancel);
        return entries.ConvertAll(entry => new HistoryRow(
            entry.At, entry.Event, TitleOf(entry, main), entry.Who ?? "系统", Note(entry, subjects.GetValueOrDefault(entry.SubjectId))));
    }

    static string Sql(string which) => $$"""
        select j.at, j.subject_kind, j.event, j.data::text, j.subject_id, j.node_id,
            (select p.name from people p where p.id = j.actor_id),
            (select jsonb_object_agg(n.id, n.name)::text from nodes n
             where n.id = any(array(select j.node_id union all select m[1]::uuid from regexp_matches(j.data::text, '{{UuidPattern}}', 'g') m))
               and ($1::uuid is null or n.company_id = $1))
        from journal j
        where {{which}}
        order by j.seq desc limit {{Most}}
        """;

    /// <summary>What is told beside the main record's own history says what it is about.</summary>
    string TitleOf(Entry entry, string main)
    {
        var title = catalogue.EventOf(entry.Kind, entry.Event);
        return entry.Kind == main || title.StartsWith(catalogue.TitleOf(entry.Kind), StringComparison.Ordinal) ? title : catalogue.TitleOf(entry.Kind) + title;
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
