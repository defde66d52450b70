using Ronghe.Platform.Journal;

namespace Ronghe.Organisation;

/// <summary>What the journal tells of the organisation: keys of records and events, and how people call the events.</summary>
public static class OrganisationEvents
{
    public const string Unit = "unit", PartyOrganisation = "party-organisation", Person = "person", Appointment = "appointment", Membership = "membership",
        Place = "place", PlaceWord = "place-word";

    public const string
        NodeCreated = "node.created", NodeRenamed = "node.renamed", NodeMoved = "node.moved", NodeClosed = "node.closed", NodeMerged = "node.merged",
        NodeRestated = "node.restated", CoverageSet = "party-organisation.coverage-set",
        PersonAdded = "person.added", PersonChanged = "person.changed", PersonMoved = "person.moved", PersonLeft = "person.left",
        Appointed = "appointment.made", AppointmentEnded = "appointment.ended",
        PlaceCreated = "place.created", PlaceRenamed = "place.renamed", PlaceDescribed = "place.described", PlaceRetired = "place.retired",
        PlacesLoaded = "place.pack-loaded", WordSet = "place-word.set", WordRemoved = "place-word.removed";

    static readonly Dictionary<string, string> Titles = new()
    {
        [NodeCreated] = "设立", [NodeRenamed] = "改名", [NodeMoved] = "调整上级", [NodeClosed] = "撤销", [NodeMerged] = "并入", [NodeRestated] = "修改资料",
        [CoverageSet] = "调整覆盖单位",
        [PersonAdded] = "建立人员资料", [PersonChanged] = "修改资料", [PersonMoved] = "调动", [PersonLeft] = "离开",
        [Appointed] = "任职", [AppointmentEnded] = "卸任",
        [PlaceCreated] = "建立地点", [PlaceRenamed] = "改名", [PlaceDescribed] = "修改资料", [PlaceRetired] = "停用",
        [PlacesLoaded] = "载入地点包", [WordSet] = "对应台账用词", [WordRemoved] = "去掉台账用词",
    };

    /// <summary>What a table of people or units did to a record, by the end of the event's name.</summary>
    static readonly Dictionary<string, string> ByTable = new()
    {
        ["imported"] = "由表格导入", ["changed-by-import"] = "由表格更新", ["removed-by-import"] = "由表格移除", ["import-undone"] = "撤销表格导入",
    };

    static readonly Dictionary<string, string> Parts = new()
    {
        [Unit] = "单位", [PartyOrganisation] = "党组织", [Person] = "资料", [Appointment] = "任职", [Place] = "地点", [PlaceWord] = "台账用词",
    };

    /// <summary>Kinds of records, for whoever reads the journal as a whole.</summary>
    public static readonly IReadOnlyList<JournalSubject> Subjects =
    [
        Of<Units.Unit>(Unit, "单位", "node") with { Href = id => $"/units/{id}" },
        Of<PartyOrganisations.PartyOrganisation>(PartyOrganisation, "党组织", "node") with { Href = id => $"/units/{id}" },
        Of<People.Person>(Person, "人员", "person") with { Href = id => $"/people/{id}" },
        Of<Appointments.Appointment>(Appointment, "任职", "appointment"),
        Of<People.Membership>(Membership, "党员身份", "membership"),
        Of<Places.Place>(Place, "地点与设备", "place") with { Href = id => $"/places/{id}" },
        // Words come and go with their place.
        Of<Places.PlaceWord>(PlaceWord, "台账用词", "place-word") with { Record = null },
    ];

    public static string Title(string @event) => Titles.TryGetValue(@event, out var title) ? title
        : @event.Split('.', 2) is [var kind, var what] && ByTable.TryGetValue(what, out var words) ? Parts.GetValueOrDefault(kind, "") + words
        : @event;

    /// <summary>What a workbook can do to records of a kind.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ByTableOf(string kind) => ByTable.Select(end => KeyValuePair.Create($"{kind}.{end.Key}", end.Value));

    static JournalSubject Of<T>(string kind, string title, string events) => new(kind, title,
        new Dictionary<string, string>(Titles.Where(e => e.Key.StartsWith(events + ".", StringComparison.Ordinal) || e.Key.StartsWith(kind + ".", StringComparison.Ordinal)).Concat(ByTableOf(kind))))
    { Record = typeof(T) };

    public static string KindOf(OrganisationNode node) => node is Units.Unit ? Unit : PartyOrganisation;
}
