using Ronghe.Organisation.Units;
using Ronghe.Platform.Spreadsheets;
using F = Ronghe.Findings.Ledgers.LedgerFaults;

namespace Ronghe.Findings.Ledgers;

/// <summary>Finds the people whom a row names, by number, or by name with the responsible unit deciding between namesakes.</summary>
sealed class LedgerPeople(LedgerDirectory directory)
{
    static readonly HashSet<string> Nobody = ["不署名", "匿名", "未署名"];

    /// <param name="row">The row.</param>
    /// <param name="key">The column.</param>
    /// <param name="title">What the column's people are called in messages.</param>
    /// <param name="on">Between namesakes the one counts who was here then.</param>
    /// <param name="near">Before that, the one who belongs there.</param>
    public List<Namesake> All(RowReader row, string key, string title, DateOnly? on, Unit? near = null)
    {
        var found = new List<Namesake>();
        foreach (var named in row.People(key).Where(named => !Nobody.Contains(named.Name)))
            if (Find(row, key, title, named, on, near) is { } person && !found.Contains(person)) found.Add(person);
        return found;
    }

    Namesake? Find(RowReader row, string key, string title, PersonName named, DateOnly? on, Unit? near)
    {
        if (named.Number is { } number) return ByNumber(row, key, title, named.Name, number);
        switch (directory.ByName(named.Name))
        {
            case [var only]: return only;
            case []:
                row.Error(key, F.UnknownPerson, $"{title}“{named.Name}”不在花名册里。请核对姓名，或先导入花名册。");
                return null;
            case var several:
                if (near is not null && several.Where(person => directory.IsWithin(person.UnitId, near.Id)).ToList() is [var nearby]) return nearby;
                if (several.Where(person => person.IsHereOn(on)).ToList() is [var present]) return present;
                row.Error(key, F.AmbiguousPerson,
                    $"有 {several.Count} 个人叫“{named.Name}”：{string.Join("、", several.Select(person => $"{person.Number}（{(person.LeftOn is null ? directory.UnitName(person.UnitId) : "已离开")}）"))}。请写上工号，例如 {named.Name}（{several[0].Number}）。");
                return null;
        }
    }

    Namesake? ByNumber(RowReader row, string key, string title, string name, string number)
    {
        var person = directory.ByNumber(number);
        if (person is not null && (name == "" || person.Name == name)) return person;
        row.Error(key, F.UnknownPerson, person is null
            ? $"{title}“{name}”的工号 {number} 不在花名册里。请核对工号，或先导入花名册。"
            : $"工号 {number} 是{person.Name}，不是{name}。请核对{title}的姓名和工号。");
        return null;
    }

    /// <summary>The name, with the number where others have the same.</summary>
    public string Named(Namesake person) => directory.ByName(person.Name).Count > 1 ? $"{person.Name}（{person.Number}）" : person.Name;
}
