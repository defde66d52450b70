using Ronghe.Organisation.Units;
using Ronghe.Platform.Spreadsheets;
using F = Ronghe.Findings.Ledgers.LedgerFaults;

namespace Ronghe.Findings.Ledgers;

/// <summary>Finds the people whom a row names, by number, or by name with the responsible unit deciding between namesakes.</summary>
sealed class LedgerPeople(LedgerDirectory directory)
{
    public List<Namesake> All(RowReader row, string key, string title, Unit? near = null)
    {
        var found = new List<Namesake>();
        foreach (var named in row.People(key))
            if (Find(row, key, title, named, near) is { } person && !found.Contains(person)) found.Add(person);
        return found;
    }

    Namesake? Find(RowReader row, string key, string title, PersonName named, Unit? near)
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
                row.Error(key, F.AmbiguousPerson,
                    $"有 {several.Count} 个人叫“{named.Name}”：{string.Join("、", several.Select(person => $"{person.Number}（{directory.UnitName(person.UnitId)}）"))}。请写上工号，例如 {named.Name}（{several[0].Number}）。");
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
}
