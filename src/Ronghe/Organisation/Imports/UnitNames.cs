using Ronghe.Organisation.Units;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Organisation.Imports;

/// <summary>
/// How files name units: by name, and where several have the same name with the superior before it, 发电一部/运行一值 or
/// 发电一部运行一值. An export writes the shortest name that an import reads as this very unit.
/// </summary>
public sealed class UnitNames
{
    const char Between = '/';

    readonly Dictionary<Guid, Unit> _units;
    readonly ILookup<string, Unit> _byName;
    readonly ILookup<string, Unit> _byFullName;
    readonly Dictionary<Guid, string> _labels = [];

    /// <param name="units">Closed ones too: what belongs to them is shown under the nearest superior that is open.</param>
    public UnitNames(IEnumerable<Unit> units)
    {
        _units = units.ToDictionary(unit => unit.Id);
        _byName = _units.Values.Where(unit => unit.IsOpen).ToLookup(unit => Key(unit.Name));
        _byFullName = _units.Values.Where(unit => unit.IsOpen && Above(unit) is not null).ToLookup(unit => Key(Above(unit)!.Name + unit.Name));
    }

    /// <summary>Open units that a text may mean; departments before crews: several departments have a 运行一值.</summary>
    public IReadOnlyList<Unit> Find(string text)
    {
        var named = _byName[Key(text)].ToList();
        if (named.Count == 0 && CellText.HalfWidth(text).Split(Between) is [.. var above, var last])
            named = [.. _byName[Key(last)].Where(unit => StandsUnder(unit, above))];
        if (named.Count == 0) named = [.. _byFullName[Key(text)]];
        var larger = named.Where(unit => unit.Kind != UnitKind.Crew).ToList();
        return larger.Count > 0 ? larger : named;
    }

    /// <summary>The name to write for a unit, so that <see cref="Find"/> finds it and no other.</summary>
    public string Label(Guid id) => _labels.TryGetValue(id, out var known) ? known : _labels[id] = MakeLabel(id);

    string MakeLabel(Guid id)
    {
        if (!_units.TryGetValue(id, out var unit)) return "";
        while (!unit.IsOpen && Above(unit) is { } superior) unit = superior;
        var label = unit.Name;
        for (var at = Above(unit); at is not null && Find(label).Count != 1; at = Above(at)) label = at.Name + Between + label;
        return label;
    }

    /// <summary>Each of the names is the superior of the next, with other levels between them or not.</summary>
    bool StandsUnder(Unit unit, string[] names)
    {
        var at = Above(unit);
        foreach (var name in names.Reverse())
        {
            while (at is not null && Key(at.Name) != Key(name)) at = Above(at);
            if (at is null) return false;
            at = Above(at);
        }
        return true;
    }

    Unit? Above(Unit unit) => unit.ParentId is { } id ? _units.GetValueOrDefault(id) : null;

    /// <summary>Brackets and blanks are typed in either width.</summary>
    static string Key(string name) => CellText.Code(name);
}
