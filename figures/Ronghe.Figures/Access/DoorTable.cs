using System.Text;

namespace Ronghe.Figures.Access;

/// <summary>
/// The reviewable table <c>figures/doors.txt</c>: one line for each door, one column for each role. A cell says where the role gets
/// through: + everywhere, - nowhere, else the letters of the places: o its own unit, s a sibling, p the one above, c one below.
/// </summary>
sealed class DoorTable
{
    const string Everywhere = "+", Nowhere = "-";

    readonly SortedDictionary<string, Dictionary<string, string>> _rows = new(StringComparer.Ordinal);

    public static string Path { get; } = System.IO.Path.Combine(Root(), "figures", "doors.txt");

    public void Set(string door, string role, string cell)
    {
        if (!_rows.TryGetValue(door, out var row)) _rows[door] = row = [];
        row[role] = cell;
    }

    /// <param name="asked">Places that there are for this role.</param>
    /// <param name="passed">Places where it got through.</param>
    public static string Cell(IReadOnlyCollection<char> asked, IReadOnlyCollection<char> passed) =>
        passed.Count == 0 ? Nowhere : passed.Count == asked.Count ? Everywhere : string.Concat(asked.Where(passed.Contains));

    /// <summary>Each cell that is not as expected, each door without a line, each line without a door.</summary>
    public IEnumerable<string> DifferencesFrom(DoorTable expected)
    {
        foreach (var (door, row) in _rows)
            if (!expected._rows.TryGetValue(door, out var wanted)) yield return $"{door} has no line in doors.txt; it is {Line(row)}";
            else
                foreach (var (role, cell) in row)
                    if (wanted.GetValueOrDefault(role) is var want && want != cell) yield return $"{door}: {role} gets {cell}, expected {want ?? "no column"}";
        foreach (var door in expected._rows.Keys.Where(door => !_rows.ContainsKey(door))) yield return $"{door} stands in doors.txt, but there is no such door";
    }

    public static DoorTable Read()
    {
        var table = new DoorTable();
        string[] roles = [];
        foreach (var line in File.Exists(Path) ? File.ReadLines(Path).Where(line => line.Length > 0 && line[0] != '#') : [])
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (roles.Length == 0) roles = words[2..];
            else
                for (var i = 0; i < roles.Length; i++) table.Set($"{words[0]} {words[1]}", roles[i], words.ElementAtOrDefault(i + 2) ?? "");
        }
        return table;
    }

    public void Write(IEnumerable<(string Role, string Meaning)> roles)
    {
        var heads = roles.ToList();
        var wide = _rows.Keys.Max(door => door.Length - door.IndexOf(' ')) + 1;
        var text = new StringBuilder("""
            # Who gets through which door, and where. R-20 tries every one of them; a new door needs a line here.
            # +  everywhere    -  nowhere    o  own unit    s  a sibling    p  the unit above    c  one below
            # A door without a unit behind it has only + and -. `figures/R-20 write` writes what it saw: read the difference before keeping it.

            """);
        foreach (var (role, meaning) in heads) text.AppendLine($"# {role}  {meaning}");
        text.AppendLine().AppendLine($"{"method",-7}{"door".PadRight(wide)}{Line(heads.ToDictionary(head => head.Role, head => head.Role), heads)}");
        foreach (var (door, row) in _rows.OrderBy(pair => pair.Key[(pair.Key.IndexOf(' ') + 1)..], StringComparer.Ordinal).ThenBy(pair => pair.Key, StringComparer.Ordinal))
            text.AppendLine($"{door[..door.IndexOf(' ')],-7}{door[(door.IndexOf(' ') + 1)..].PadRight(wide)}{Line(row, heads)}");
        File.WriteAllText(Path, text.ToString());
    }

    static string Line(Dictionary<string, string> row) => string.Join(' ', row.Select(cell => $"{cell.Key}={cell.Value}"));

    static string Line(Dictionary<string, string> row, List<(string Role, string Meaning)> roles) =>
        string.Concat(roles.Select(role => row.GetValueOrDefault(role.Role, Nowhere).PadRight(4))).TrimEnd();

    static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "Ronghe.slnx"))) folder = folder.Parent ?? throw new InvalidOperationException("Not inside the repository.");
        return folder.FullName;
    }
}
