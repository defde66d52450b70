using Ronghe.Platform.Web.Parts;

namespace Ronghe.Organisation.People.Pages;

/// <summary>The facts of a person as somebody types them, for a new person and for a change.</summary>
public sealed class PersonForm
{
    public static readonly IReadOnlyList<Option> Genders = [new("男", "男"), new("女", "女")];

    public string? Name { get; set; }
    public string? Gender { get; set; }
    public DateOnly? BornOn { get; set; }
    public string? Ethnicity { get; set; }
    public string? Position { get; set; }
    public string? JobTitle { get; set; }
    public string? EmploymentKind { get; set; }
    public DateOnly? WorkStartedOn { get; set; }
    public string? Education { get; set; }
    public string? Qualification { get; set; }
    public PoliticalStatus PoliticalStatus { get; set; } = PoliticalStatus.Masses;
    public string? Phone { get; set; }

    public PersonFacts ToFacts(Guid unitId) => new(Name ?? "", unitId)
    {
        Gender = Said(Gender), BornOn = BornOn, Ethnicity = Said(Ethnicity), Position = Said(Position), JobTitle = Said(JobTitle),
        EmploymentKind = Said(EmploymentKind), WorkStartedOn = WorkStartedOn, Education = Said(Education), Qualification = Said(Qualification),
        PoliticalStatus = PoliticalStatus, Phone = Said(Phone),
    };

    public static PersonForm Of(PersonDetail person) => new()
    {
        Name = person.Name, Gender = person.Gender, BornOn = person.Personal?.BornOn, Ethnicity = person.Personal?.Ethnicity,
        Position = person.Position, JobTitle = person.JobTitle, EmploymentKind = person.EmploymentKind, WorkStartedOn = person.WorkStartedOn,
        Education = person.Education, Qualification = person.Qualification, PoliticalStatus = person.PoliticalStatus, Phone = person.Personal?.Phone,
    };

    static string Said(string? text) => (text ?? "").Trim();
}
