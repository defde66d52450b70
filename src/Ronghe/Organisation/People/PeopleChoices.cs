using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Units;
using Ronghe.Platform.Data;
using Ronghe.Platform.Lists;

namespace Ronghe.Organisation.People;

/// <summary>What the list of people offers for choice, and how its reader wants it.</summary>
public sealed record PeopleChoiceLists(IReadOnlyList<(Guid Id, string Name)> Units, ListSettings List);

/// <summary>Reads both in one round trip, once for each state of the database.</summary>
public sealed class PeopleChoices(AppDb db, Me me, ListSettingQueries lists, ReadOnce once)
{
    public const string List = "people";
    const int MostUnits = 60;

    sealed record Row
    {
        /// <summary>Of a unit; null for a setting.</summary>
        public string? Code { get; init; }
        public Guid? Id { get; init; }
        public string? Name { get; init; }
        public required string Words { get; init; }
        public bool IsDefault { get; init; }
    }

    /// <param name="chosen">The unit that the list already shows; it is always among them.</param>
    /// <param name="cancel">Ends the reading.</param>
    public Task<PeopleChoiceLists> AllAsync(Guid? chosen, CancellationToken cancel = default) =>
        once.GetAsync(("people choices", me.Id, chosen), async () => Of(await Units(chosen).Concat(Settings()).ToListAsync(cancel)));

    static PeopleChoiceLists Of(List<Row> rows) => new(
        [.. rows.Where(row => row.Code is not null).OrderBy(row => row.Code, StringComparer.Ordinal).Select(row => (row.Id!.Value, row.Words))],
        ListSettingQueries.Of(List, [.. rows.Where(row => row.Code is null).Select(row => new ListSettingLine { Id = row.Id, Name = row.Name, Words = row.Words, IsDefault = row.IsDefault })]));

    /// <summary>Departments and above.</summary>
    IQueryable<Row> Units(Guid? chosen) => db.Units.VisibleTo(me).Where(unit => unit.Id == chosen || (unit.ClosedOn == null && unit.Kind != UnitKind.Crew))
        .OrderByDescending(unit => unit.Id == chosen).ThenBy(unit => unit.Code).Take(MostUnits)
        .Select(unit => new Row { Code = unit.Code, Id = unit.Id, Name = null, Words = unit.Name, IsDefault = false });

    IQueryable<Row> Settings() => lists.Lines(me.Id, List)
        .Select(line => new Row { Code = null, Id = line.Id, Name = line.Name, Words = line.Words, IsDefault = line.IsDefault });
}
