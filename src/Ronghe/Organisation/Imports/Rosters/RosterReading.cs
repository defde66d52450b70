using Ronghe.Organisation.People;
using Ronghe.Organisation.Units;
using Ronghe.Platform.Spreadsheets;
using F = Ronghe.Organisation.Imports.Rosters.RosterFaults;
using K = Ronghe.Organisation.Imports.Rosters.RosterSpec;

namespace Ronghe.Organisation.Imports.Rosters;

/// <summary>Reads the rows of a roster and checks each against the others and against what is stored.</summary>
sealed class RosterReading(RosterDirectory directory, MemberReading party, WordQuestions questions, HashSet<Guid>? reach, DateOnly today, DateOnly asOf, int numberWidth)
{
    static readonly string[] Genders = ["男", "女"];

    readonly Dictionary<string, string> _seen = [];
    readonly Dictionary<string, string> _ethnicities = [];

    public List<RosterEntry> Entries { get; } = [];
    public int Rows { get; private set; }

    public void Read(SheetReading reading)
    {
        foreach (var row in reading.Rows())
        {
            Rows++;
            reading.FindFormulaErrors(row.Number);
            if (Entry(row, reading) is { } entry && !row.HasErrors) Entries.Add(entry);
        }
    }

    RosterEntry? Entry(RowReader row, SheetReading reading)
    {
        var number = ReadNumber(row, reading.Sheet.Name);
        var name = row.Name(K.Name);
        if (name is null && row.Cell(K.Name).Kind != CellKind.Error) row.Error(K.Name, F.MissingName, "姓名没有填写。请补上后重新导入。");
        var unit = ReadUnit(row);
        var born = Past(row, K.Born, "出生年月");
        var stated = party.Of(row, number, reading);
        var leftOn = RosterPresence.Read(row, asOf, Past(row, K.Left, "离开日期")?.Value);
        var (status, member, posts) = leftOn is null ? party.Read(stated, unit, born) : (MemberReading.StatusOf(stated), null, []);
        if (number is not null) CheckKnown(row, number, leftOn);
        if (number is null || name is null || unit is null || stated.IsBad) return null;
        var facts = Facts(row, name, unit, status, born?.Value);
        if (leftOn < facts.WorkStartedOn) row.Error(K.Left, F.ImpossibleDate, $"离开日期 {leftOn:yyyy-MM-dd} 早于参加工作时间 {facts.WorkStartedOn:yyyy-MM}。请核对两个日期。");
        return new(number, facts, member, posts) { LeftOn = leftOn };
    }

    PersonFacts Facts(RowReader row, string name, RosterUnit unit, PoliticalStatus status, DateOnly? born) => new(name, unit.Id)
    {
        Gender = ReadGender(row), BornOn = born, Ethnicity = Ethnicity(row.Line(K.Ethnicity, 40) ?? ""),
        Position = unit.Position, JobTitle = unit.JobTitle, EmploymentKind = row.Line(K.Employment, 60) ?? "",
        WorkStartedOn = ReadWorkStart(row, born), Education = row.Line(K.Education, 60) ?? "", Qualification = row.Line(K.Qualification, 100) ?? "",
        PoliticalStatus = status, Phone = row.Phone(K.Phone) ?? "",
    };

    /// <summary>A number cell has lost its leading zeros; it gets back the width that the others have.</summary>
    string? ReadNumber(RowReader row, string sheet)
    {
        var number = row.Code(K.Number);
        if (number is null)
        {
            if (row.Cell(K.Number).IsBlank || row.Cell(K.Number).Kind == CellKind.Text) row.Error(K.Number, F.MissingNumber, "工号没有填写。请补上后重新导入。");
            return null;
        }
        if (row.Cell(K.Number).Kind == CellKind.Number) number = number.PadLeft(numberWidth, '0');
        var at = $"{sheet}!{row.Address(K.Number)}";
        if (_seen.TryAdd(number, at)) return number;
        row.Error(K.Number, F.DuplicateNumber, $"工号 {number} 已经用在 {_seen[number]}，一个工号只能给一个人。请核对后改正其中一个。");
        return null;
    }

    /// <summary>Somebody who is stored already must be mine to change, and here or gone in both.</summary>
    void CheckKnown(RowReader row, string number, DateOnly? leftOn)
    {
        if (!directory.People.TryGetValue(number, out var known)) return;
        if (known.IsHere && leftOn is not null)
            row.Error(row.Has(K.Presence) ? K.Presence : K.Left, F.LeftPerson, $"工号 {number} 的{known.Name}在表里已离开，在平台里还在岗。请先在“人员”页面给他办理离开，或改正这一行。");
        else if (!known.IsHere && leftOn is null) row.Error(K.Number, F.LeftPerson, $"工号 {number} 的{known.Name}已在 {known.LeftOn:yyyy-MM-dd} 离开。请删去这一行；回来工作的请用新工号。");
        else if (reach?.Contains(known.UnitId) == false) row.Error(K.Number, F.OutsideReach, $"工号 {number} 的{known.Name}在您管理范围外的单位，这一行请由管理该单位的人导入。");
    }

    RosterUnit? ReadUnit(RowReader row)
    {
        var department = ReadDepartment(row);
        var (position, jobTitle) = (row.Line(K.Position, 100) ?? "", row.Line(K.JobTitle, 100) ?? "");
        var crewName = row.Line(K.Crew, 100);
        if (department is null) return null;
        if (reach?.Contains(department.Id) == false) row.Error(K.Department, F.OutsideReach, $"“{department.Name}”不在您的管理范围内，这一行请由管理该单位的人导入。");
        if (crewName is null || CellText.IsNothing(crewName)) return new(department, null, position, jobTitle);
        if (directory.Crew(department.Id, questions.Meant(row, K.Crew, crewName)) is { } crew) return new(department, crew, position, jobTitle);
        var known = string.Join("、", directory.CrewNames(department.Id).Take(20));
        row.Error(K.Crew, F.UnknownCrew, $"“{department.Name}”下面没有班组“{crewName}”。{(known == "" ? "这个部门没有班组，请填 / 或留空。" : $"可填：{known}；不在班组的填 / 。")}");
        return null;
    }

    Unit? ReadDepartment(RowReader row)
    {
        if (row.Line(K.Department, 100) is not { } name)
        {
            if (row.Cell(K.Department).Kind != CellKind.Error) row.Error(K.Department, F.MissingUnit, "部门没有填写。请补上后重新导入。");
            return null;
        }
        switch (directory.Departments(questions.Meant(row, K.Department, name)))
        {
            case [var unit]: return unit;
            case []:
                questions.Ask(row, K.Department, name, directory.DepartmentNames);
                row.Error(K.Department, F.UnknownUnit, $"没有部门“{name}”。请按组织机构填写，可填：{string.Join("、", directory.DepartmentNames.Take(30))}。");
                return null;
            case var several:
                questions.Ask(row, K.Department, name, several.Select(directory.Label));
                row.Error(K.Department, F.AmbiguousUnit, $"有几个部门都叫“{name}”，分不清是哪一个。请带上上级填写：{string.Join("、", several.Take(5).Select(directory.Label))}。");
                return null;
        }
    }

    string ReadGender(RowReader row)
    {
        if (row.Line(K.Gender, 10) is not { } gender) return "";
        if (!Genders.Contains(gender)) row.Error(K.Gender, F.UnknownGender, $"性别填的是“{gender}”，请填 男 或 女。");
        return gender;
    }

    DateOnly? ReadWorkStart(RowReader row, DateOnly? born)
    {
        var started = Past(row, K.WorkStarted, "参加工作时间")?.Value;
        if (started < born) row.Error(K.WorkStarted, F.ImpossibleDate, $"参加工作时间 {started:yyyy-MM} 早于出生年月 {born:yyyy-MM}。请核对两个日期。");
        return started;
    }

    /// <summary>A date that cannot lie ahead.</summary>
    PreciseDate? Past(RowReader row, string key, string title)
    {
        if (row.Date(key) is not { } date) return null;
        if (date.Value <= today) return date;
        row.Error(key, F.ImpossibleDate, $"{title} {date.Value:yyyy-MM-dd} 还没有到。请核对年份。");
        return null;
    }

    /// <summary>The same few words in every row share one string.</summary>
    string Ethnicity(string word) => _ethnicities.TryGetValue(word, out var known) ? known : _ethnicities[word] = OrganisationWords.Ethnicity(word);
}

/// <summary>Where a person works, and the two columns from which posts are read.</summary>
sealed record RosterUnit(Unit Department, Unit? Crew, string Position, string JobTitle)
{
    public Guid Id => (Crew ?? Department).Id;
}
