namespace Ronghe.Organisation.People;

/// <summary>Names of a person's facts. The journal keeps which facts changed, never what they were.</summary>
public static class PersonFactNames
{
    static readonly (string Name, Func<Person, object?> Known, Func<PersonFacts, object?> Said)[] All =
    [
        ("姓名", person => person.Name, facts => facts.Name.Trim()),
        ("性别", person => person.Gender, facts => facts.Gender),
        ("出生日期", person => person.BornOn, facts => facts.BornOn),
        ("民族", person => person.Ethnicity, facts => facts.Ethnicity),
        ("岗位", person => person.Position, facts => facts.Position),
        ("职务", person => person.JobTitle, facts => facts.JobTitle),
        ("用工形式", person => person.EmploymentKind, facts => facts.EmploymentKind),
        ("参加工作时间", person => person.WorkStartedOn, facts => facts.WorkStartedOn),
        ("学历", person => person.Education, facts => facts.Education),
        ("职称或技能等级", person => person.Qualification, facts => facts.Qualification),
        ("政治面貌", person => person.PoliticalStatus, facts => facts.PoliticalStatus),
        ("电话", person => person.Phone, facts => facts.Phone),
    ];

    public static string[] Changed(Person person, PersonFacts facts) =>
        [.. All.Where(fact => !Equals(fact.Known(person), fact.Said(facts))).Select(fact => fact.Name)];
}
