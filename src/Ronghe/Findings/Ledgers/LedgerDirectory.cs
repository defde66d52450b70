using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Imports;
using Ronghe.Organisation.Places;
using Ronghe.Organisation.Units;

namespace Ronghe.Findings.Ledgers;

/// <summary>What is stored of one company, arranged for looking up what a ledger names.</summary>
sealed class LedgerDirectory
{
    readonly UnitNames _names;
    readonly Dictionary<Guid, Unit> _units;
    readonly Dictionary<Guid, Guid?> _parents;
    readonly ILookup<string, Namesake> _byName;
    readonly Dictionary<string, Namesake> _byNumber;

    LedgerDirectory(List<Unit> units, List<Namesake> people, HashSet<Guid>? reach)
    {
        _names = new(units);
        _units = units.Where(unit => unit.IsOpen).ToDictionary(unit => unit.Id);
        _parents = units.ToDictionary(unit => unit.Id, unit => unit.ParentId);
        _byName = people.ToLookup(person => person.Name);
        _byNumber = people.ToDictionary(person => person.Number);
        Reach = reach;
    }

    /// <summary>Units into which I may import; null for all.</summary>
    public HashSet<Guid>? Reach { get; }
    public required LedgerPlaces Places { get; init; }
    public required LedgerCategories Categories { get; init; }

    public static async Task<LedgerDirectory> LoadAsync(AppDb db, Guid companyId, HashSet<Guid>? reach, PlaceWordMap words, CancellationToken cancel)
    {
        var units = await db.Units.AsNoTracking().Where(unit => unit.CompanyId == companyId).ToListAsync(cancel);
        var people = await db.People.Where(person => person.CompanyId == companyId)
            .Select(person => new Namesake(person.Id, person.Number, person.Name, person.UnitId, person.LeftOn)).ToListAsync(cancel);
        var places = await db.Places.AsNoTracking().Where(place => place.CompanyId == companyId && place.IsActive).ToListAsync(cancel);
        var categories = await db.HazardCategories.AsNoTracking().Where(category => category.IsActive).ToListAsync(cancel);
        return new(units, people, reach) { Places = new(places, words), Categories = new(categories) };
    }

    public IReadOnlyList<Unit> Units(string name) => _names.Find(name);

    /// <summary>What to write for one of several units of the same name.</summary>
    public string Label(Unit unit) => _names.Label(unit.Id);

    public IEnumerable<string> DepartmentNames => _units.Values.Where(unit => unit.Kind == UnitKind.Department).Select(unit => unit.Name).Distinct();

    public Namesake? ByNumber(string number) => _byNumber.GetValueOrDefault(number);
    public IReadOnlyList<Namesake> ByName(string name) => [.. _byName[name]];

    public bool IsWithin(Guid inner, Guid outer)
    {
        for (Guid? at = inner; at is { } id; at = _parents.GetValueOrDefault(id))
            if (id == outer) return true;
        return false;
    }

    public string? UnitName(Guid id) => _units.GetValueOrDefault(id)?.Name;
}
