using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Links;

namespace Ronghe.Duties.Calendar;

public sealed record PlanPerson(Guid Id, string Name, string Number);

/// <summary>A plan with what its page shows.</summary>
/// <param name="TiedTo">The record to which it is tied; without a name where the caller may not see it.</param>
public sealed record PlanDetail(
    PlanEntry Plan, string Unit, string? Lead, IReadOnlyList<PlanPerson> People, string PlannedBy, string? JoinedInto, IReadOnlyList<(Guid Id, string Title)> Joined,
    (string KindTitle, string? Name, string? Href)? TiedTo, bool MayChange);

/// <summary>Plans one by one and as lines of the calendar.</summary>
public sealed class PlanQueries(AppDb db, Me me, PlanAccess access, OrganisationAccess organisation, LinkNames links, JournalCatalogue catalogue)
{
    public static readonly CalendarSource Source = new("计划", (scope, ask, cancel) => scope.GetRequiredService<PlanQueries>().LinesAsync(ask, cancel)) { IsWork = true };

    public async Task<PlanDetail> DetailAsync(Guid id, CancellationToken cancel = default)
    {
        var found = await access.Visible().AsNoTracking().Where(plan => plan.Id == id).Select(plan => new
        {
            Plan = plan, Unit = db.Units.First(unit => unit.Id == plan.UnitId).Name, Lead = db.People.Where(person => person.Id == plan.LeadId).Select(person => person.Name).FirstOrDefault(),
            People = db.People.Where(person => plan.PeopleIds.Contains(person.Id)).OrderBy(person => person.Number).Select(person => new PlanPerson(person.Id, person.Name, person.Number)).ToList(),
            By = db.People.First(person => person.Id == plan.PlannedById).Name,
            Into = db.PlanEntries.Where(other => other.Id == plan.JoinedIntoId).Select(other => other.Title).FirstOrDefault(),
            Joined = db.PlanEntries.Where(other => other.JoinedIntoId == plan.Id).Select(other => new { other.Id, other.Title }).ToList(),
            Tied = db.Links.Where(link => link.FromKind == PlanActions.Kind && link.FromId == id && link.Relation == PlanActions.TiedTo).Select(link => new { link.ToKind, link.ToId }).FirstOrDefault(),
        }).AsSplitQuery().SingleOrDefaultAsync(cancel) ?? throw new NotFound("这项计划");
        var tied = found.Tied is null ? null : await TiedAsync(found.Tied.ToKind, found.Tied.ToId, cancel);
        var mayChange = found.Plan.State == PlanState.Planned && (await organisation.AtAsync(found.Plan.UnitId, cancel)).May(CalendarPermissions.Plan);
        return new(found.Plan, found.Unit, found.Lead, found.People, found.By, found.Into, [.. found.Joined.Select(other => (other.Id, other.Title))], tied, mayChange);
    }

    /// <summary>People by their numbers, as a form names them.</summary>
    public async Task<Guid[]> PeopleAsync(string? numbers, CancellationToken cancel = default)
    {
        var asked = (numbers ?? "").Split([',', '，', '、', ' ', '\n', '\r', '\t', ';', '；'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().ToArray();
        if (asked.Length == 0) return [];
        if (asked.Length > PlanFacts.MostPeople) throw new Refusal($"参加人最多写 {PlanFacts.MostPeople} 名；整个单位都参加的，不用写人。没有保存，填写的内容还在。", "People");
        var found = await db.People.VisibleTo(me).Where(person => asked.Contains(person.Number) && person.LeftOn == null).Select(person => new { person.Id, person.Number }).ToListAsync(cancel);
        var unknown = asked.Except(found.Select(person => person.Number)).ToList();
        if (unknown.Count > 0) throw new Refusal($"没有找到工号 {string.Join('、', unknown.Take(5))}，或已离岗。没有保存，填写的内容还在。", "People");
        return [.. found.Select(person => person.Id)];
    }

    /// <summary>For a form that is shown again.</summary>
    public Task<string?> PersonNameAsync(Guid id, CancellationToken cancel = default) =>
        db.People.VisibleTo(me).Where(person => person.Id == id).Select(person => person.Name).FirstOrDefaultAsync(cancel);

    public Task<(string KindTitle, string? Name, string? Href)?> OriginAsync(string kind, Guid id, CancellationToken cancel = default) => TiedAsync(kind, id, cancel);

    async Task<(string KindTitle, string? Name, string? Href)?> TiedAsync(string kind, Guid id, CancellationToken cancel)
    {
        var name = await links.OfAsync(kind, id, cancel);
        return (catalogue.TitleOf(kind), name, name is null ? null : catalogue.Of(kind)?.Href?.Invoke(id));
    }

    async Task<IReadOnlyList<CalendarEntry>> LinesAsync(CalendarAsk ask, CancellationToken cancel)
    {
        // No plan is longer, so that the index by its first day bounds the search.
        var since = ask.From.AddDays(-PlanFacts.MostDays);
        var rows = await (ask.Mine ? access.Mine() : access.Visible()).AsNoTracking().Where(plan => plan.State == PlanState.Planned && plan.From <= ask.To && plan.From >= since && plan.To >= ask.From)
            .Select(plan => new
            {
                Plan = plan, Unit = db.Units.First(unit => unit.Id == plan.UnitId).Name, Lead = db.People.Where(person => person.Id == plan.LeadId).Select(person => person.Name).FirstOrDefault(),
                IsTied = db.Links.Any(link => link.FromKind == PlanActions.Kind && link.FromId == plan.Id && link.Relation == PlanActions.TiedTo),
            }).ToListAsync(cancel);
        return [.. rows.Select(row => new CalendarEntry(PlanActions.Kind, row.Plan.Id, row.Plan.Title, row.Plan.From, row.Plan.To, row.Plan.Tag, $"/calendar/plans/{row.Plan.Id}", row.Plan.Kind.Title())
        {
            Icon = IconOf(row.Plan.Kind), Detail = $"{row.Plan.Kind.Title()} · {row.Unit}{(row.Lead is null ? "" : $" · {row.Lead}负责")}",
            Work = new([row.Plan.UnitId], [.. row.Plan.PeopleIds, .. row.Plan.LeadId is { } lead ? [lead] : (Guid[])[]])
                { IsBinding = row.Plan.Kind.IsBinding(), IsTied = row.IsTied, PlanVersion = row.Plan.Version },
        })];
    }

    static string IconOf(PlanKind kind) => kind switch
    {
        PlanKind.Overhaul => "tool", PlanKind.Outage => "player-pause", PlanKind.SafetyMeeting => "users-group", PlanKind.Training => "school", PlanKind.Drill => "flame", PlanKind.PartyActivity => "star", _ => "calendar-event",
    };
}
