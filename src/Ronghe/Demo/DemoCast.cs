using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.People;

namespace Ronghe.Demo;

/// <summary>Who plays whom: people of the roster by number and by unit.</summary>
public sealed class DemoCast
{
    readonly Dictionary<string, Person> _byNumber;
    readonly Dictionary<string, Person[]> _byUnitCode;
    readonly Dictionary<string, Guid> _units;

    DemoCast(List<Person> people, Dictionary<string, Guid> units)
    {
        _byNumber = people.ToDictionary(p => p.Number);
        _units = units;
        _byUnitCode = units.ToDictionary(u => u.Key, u => people.Where(p => p.UnitId == u.Value).OrderBy(p => p.Number).ToArray());
    }

    /// <summary>The plant's safety head, who grades and assigns, and his officers, who verify in turn.</summary>
    public const string SafetyHead = "001174";

    /// <summary>The Party committee's secretary, who shows and awards model posts.</summary>
    public const string CommitteeSecretary = "000446";
    /// <summary>厂长.</summary>
    public const string PlantHead = "000585";

    public static async Task<DemoCast> ReadAsync(AppDb db) => new(
        await db.People.AsNoTracking().ToListAsync(),
        await db.Units.AsNoTracking().ToDictionaryAsync(u => u.Code, u => u.Id));

    public Person Of(string number) => _byNumber[number];
    public Guid Unit(string code) => _units[code];

    /// <summary>The n-th person of a unit, round and round; every other time somebody whom people can sign in as, so that there is something to do.</summary>
    public Person In(string unitCode, int n)
    {
        var people = _byUnitCode[unitCode];
        var played = people.FirstOrDefault(p => DemoAccounts.Roles.Any(role => role.Number == p.Number));
        return n % 2 == 0 && played is not null ? played : people[n % people.Length];
    }

    public IEnumerable<Person> Everyone => _byNumber.Values;
}
