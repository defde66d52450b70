using Ronghe.Organisation.Appointments;
using Ronghe.Organisation.People;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Organisation.Imports.Rosters;

/// <summary>Takes in a staff roster: people, their Party membership, and the posts that the roster states.</summary>
public sealed class PeopleImporter(AppDb db) : IImporter
{
    public string Kind => "people";
    public string Title => "员工花名册";
    public string Permission => ImportPermissions.People;
    public IReadOnlyList<SheetSpec> Sheets { get; } = [RosterSpec.People, RosterSpec.Members];
    public IReadOnlyList<SheetSpec> Template => [RosterSpec.People];

    public IReadOnlyList<ImportSubject> Subjects { get; } =
    [
        ImportSubject.Of<Person>(OrganisationEvents.Person, person => $"{person.Name}（{person.Number}）", person => person.UnitId),
        ImportSubject.Of<Membership>(OrganisationEvents.Membership, _ => "党员身份", membership => membership.PartyOrganisationId),
        ImportSubject.Of<Appointment>(OrganisationEvents.Appointment, held => Posts.Title(held.Post), held => held.NodeId),
    ];

    public async Task<ImportPlan> PlanAsync(ImportSource source, CancellationToken cancel)
    {
        var directory = await RosterDirectory.LoadAsync(db, source.CompanyId!.Value, cancel);
        var errors = new SheetErrors();
        var (people, members) = (source.Readings(RosterSpec.People, errors), source.Readings(RosterSpec.Members, errors));
        var asOf = DateOf(source, people);
        var questions = new WordQuestions(source.Choices);
        var party = new MemberReading(directory, questions, source.Today, asOf);
        foreach (var sheet in members) party.ReadMembers(sheet);
        var roster = new RosterReading(directory, party, questions, await db.ImportReachAsync(source.Me, Permission, cancel), source.Today, asOf, NumberWidth(people));
        foreach (var sheet in people) roster.Read(sheet);
        party.ReportUnclaimed();
        var appoints = source.Me.May(OrganisationPermissions.ManageAppointments, [source.CompanyId.Value]);
        return new PeoplePlan(directory, roster.Entries, RosterColumns.Of(people, members), asOf, appoints)
        {
            Rows = roster.Rows, Valid = roster.Entries.Count, Errors = errors.All, Words = questions.All, Notes = [.. SkippedRows.Notes(people.Concat(members)), .. PostNote(appoints), .. GoneNote(roster.Entries)],
        };
    }

    static IEnumerable<string> PostNote(bool appoints) =>
        appoints ? [] : ["您没有办理任职的权限：人员和党员身份照常导入，职务对应的任职请由安全保密管理员办理。"];

    static IEnumerable<string> GoneNote(IReadOnlyCollection<RosterEntry> entries) =>
        entries.Count(entry => entry.LeftOn is not null) is > 0 and var gone ? [$"有 {gone} 人已离职、退休或调走，只作历史记录：旧台账能认出他们，不给任职，也不能开通账号。"] : [];

    /// <summary>The day that the roster says it shows, never later than today.</summary>
    static DateOnly DateOf(ImportSource source, IReadOnlyList<SheetReading> people)
    {
        var stated = people.Select(SheetTitles.AsOf).Max();
        return stated is { } day && day <= source.Today ? day : source.Today;
    }

    /// <summary>How many digits the employee numbers have that were kept as text.</summary>
    static int NumberWidth(IEnumerable<SheetReading> people) =>
        people.SelectMany(sheet => sheet.Sheet.Rows.Skip(sheet.Sheet.IndexOf(sheet.Mapping.FirstDataRow)).Take(2_000)
                .Select(row => row[sheet.Mapping.Of(RosterSpec.Number)]).Where(cell => cell.Kind == CellKind.Text).Select(cell => CellText.Code(cell.ToString()).Length))
            .GroupBy(length => length).OrderByDescending(same => same.Count()).FirstOrDefault()?.Key ?? 0;
}

/// <summary>Which facts a roster has at all; facts that it has no column for stay as they are.</summary>
sealed record RosterColumns(IReadOnlySet<string> Keys)
{
    public bool Has(string key) => Keys.Contains(key);
    public bool HasParty => Has(RosterSpec.Status) || Has(RosterSpec.Branch);

    public static RosterColumns Of(IEnumerable<SheetReading> people, IEnumerable<SheetReading> members) =>
        new(people.Concat(members).SelectMany(sheet => sheet.Mapping.Columns.Keys).ToHashSet());
}
