using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Search;

namespace Ronghe.Organisation.People;

/// <summary>A person in a list: business facts only.</summary>
public sealed record PersonRow(
    Guid Id, string Number, string Name, Guid UnitId, string UnitName, string? DepartmentName, string Position, string JobTitle,
    PoliticalStatus PoliticalStatus, DateOnly? LeftOn, IReadOnlyList<string> PostKeys)
{
    public string PostTitles => string.Join('、', PostKeys.Distinct().OrderBy(Posts.RankOf).Select(Posts.Title));
    /// <summary>发电一部 · 运行一值.</summary>
    public string UnitPath => DepartmentName is null ? UnitName : $"{DepartmentName} · {UnitName}";
}

/// <summary>Which people a list shows; those who left only when asked for.</summary>
public sealed record PeopleFilter
{
    public const int MostPerPage = 200;

    /// <summary>Name, pinyin, initials or employee number.</summary>
    public string? Q { get; init; }
    /// <summary>With everything below it.</summary>
    public Guid? Unit { get; init; }
    /// <summary>Members and those in training, with everything below it.</summary>
    public Guid? Party { get; init; }
    public PoliticalStatus? Status { get; init; }
    public string? Post { get; init; }
    public bool Left { get; init; }
    /// <summary>Employee number of the last row of the page before.</summary>
    public string? After { get; init; }
    /// <summary>Employee number of the first row of the page after.</summary>
    public string? Before { get; init; }
    public int Limit { get; init; } = 50;
}

/// <summary>Lists of people by employee number.</summary>
public sealed class PeopleQueries(AppDb db, Me me, TimeProvider clock)
{
    public async Task<Paged<PersonRow>> ListAsync(PeopleFilter filter, CancellationToken cancel = default)
    {
        var limit = Math.Clamp(filter.Limit, 1, PeopleFilter.MostPerPage);
        var people = Matching(filter);
        if (string.IsNullOrEmpty(filter.After) && string.IsNullOrEmpty(filter.Before)) return await FirstAsync(people, limit, cancel);
        if (!string.IsNullOrEmpty(filter.Before))
        {
            var back = await Project(people.Where(person => string.Compare(person.Number, filter.Before) < 0)
                .OrderByDescending(person => person.Number).Take(limit + 1)).ToListAsync(cancel);
            back.Reverse();
            return back.Count > limit ? new(back[1..], back[^1].Number, back[1].Number) : new(back, back.Count > 0 ? back[^1].Number : null);
        }
        var rows = await Project(people.Where(person => string.Compare(person.Number, filter.After) > 0)
            .OrderBy(person => person.Number).Take(limit + 1)).ToListAsync(cancel);
        var previous = rows.Count == 0 ? null : rows[0].Number;
        return rows.Count > limit ? new(rows[..limit], rows[limit - 1].Number, previous) : new(rows, null, previous);
    }

    /// <summary>The first page also tells how many there are, on the same trip.</summary>
    async Task<Paged<PersonRow>> FirstAsync(IQueryable<Person> people, int limit, CancellationToken cancel)
    {
        var counted = people.Take(Paged<PersonRow>.MostCounted + 1);
        var found = await Project(people.OrderBy(person => person.Number).Take(limit + 1)).Select(row => new { Row = row, Total = counted.Count() }).ToListAsync(cancel);
        var total = found.Count == 0 ? 0 : found[0].Total;
        var rows = found.ConvertAll(each => each.Row);
        return rows.Count > limit ? new(rows[..limit], rows[limit - 1].Number, null, total) : new(rows, null, null, total);
    }

    /// <summary>People who work here and match; for pickers and the search page.</summary>
    public async Task<IReadOnlyList<PersonRow>> FindAsync(string? q, int limit, CancellationToken cancel = default) =>
        await Project(Matching(new PeopleFilter { Q = q }).OrderBy(person => person.Number).Take(limit)).ToListAsync(cancel);

    IQueryable<Person> Matching(PeopleFilter filter)
    {
        var people = db.People.AsNoTracking().VisibleTo(me).Where(person => filter.Left ? person.LeftOn != null : person.LeftOn == null);
        if (filter.Unit is { } unit)
            people = people.Where(person => db.NodeClosure.Any(pair => pair.AncestorId == unit && pair.DescendantId == person.UnitId));
        if (filter.Party is { } party)
            people = people.Where(person => db.Memberships.Any(m => m.PersonId == person.Id
                && db.NodeClosure.Any(pair => pair.AncestorId == party && pair.DescendantId == m.PartyOrganisationId)));
        if (filter.Status is { } status) people = people.Where(person => person.PoliticalStatus == status);
        if (!string.IsNullOrEmpty(filter.Post))
        {
            var current = db.Appointments.CurrentOn(clock.Today());
            people = people.Where(person => current.Any(held => held.PersonId == person.Id && held.Post == filter.Post));
        }
        var tokens = SearchTokens.ForQuery(filter.Q);
        if (tokens.Length > 0) return people.Where(person => tokens.All(token => person.SearchTokens.Contains(token)));
        return string.IsNullOrWhiteSpace(filter.Q) ? people : people.Where(person => false);
    }

    IQueryable<PersonRow> Project(IQueryable<Person> people)
    {
        var current = db.Appointments.CurrentOn(clock.Today());
        return
            from person in people
            join unit in db.Units on person.UnitId equals unit.Id
            select new PersonRow(
                person.Id, person.Number, person.Name, unit.Id, unit.Name,
                db.Nodes.Where(parent => parent.Id == unit.ParentId && parent.ParentId != null).Select(parent => parent.Name).FirstOrDefault(),
                person.Position, person.JobTitle, person.PoliticalStatus, person.LeftOn,
                current.Where(held => held.PersonId == person.Id).Select(held => held.Post).ToList());
    }
}
