using Ronghe.Platform;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Data;

namespace Ronghe.Organisation.People;

/// <summary>Somebody who works here. Found by name, pinyin, initials or employee number.</summary>
public sealed class Person : Aggregate
{
    Person() { }

    public Person(Guid companyId, string number, string name, Guid unitId, Guid? id = null)
    {
        if (string.IsNullOrWhiteSpace(number)) throw new Refusal("工号没有填写。", nameof(Number));
        if (string.IsNullOrWhiteSpace(name)) throw new Refusal("姓名没有填写。", nameof(Name));
        Id = id ?? Id;
        (CompanyId, Number, Name, UnitId) = (companyId, number.Trim(), name.Trim(), unitId);
        SearchTokens = Platform.Search.SearchTokens.ForName(Name, Number);
    }

    public Guid CompanyId { get; private init; }
    /// <summary>Employee number 工号, text with leading zeros.</summary>
    public string Number { get; private init; } = "";
    public string Name { get; private set; } = "";
    /// <summary>The lowest unit the person belongs to: a crew, or a department for its staff.</summary>
    public Guid UnitId { get; private set; }
    public string Gender { get; private set; } = "";
    public DateOnly? BornOn { get; private set; }
    public string Ethnicity { get; private set; } = "";
    /// <summary>岗位, e.g. 主值班员.</summary>
    public string Position { get; private set; } = "";
    /// <summary>职务, e.g. 班长; blank for most.</summary>
    public string JobTitle { get; private set; } = "";
    public string EmploymentKind { get; private set; } = "";
    public DateOnly? WorkStartedOn { get; private set; }
    public string Education { get; private set; } = "";
    public string Qualification { get; private set; } = "";
    public PoliticalStatus PoliticalStatus { get; private set; } = PoliticalStatus.Masses;
    public string Phone { get; private set; } = "";
    public DateOnly? LeftOn { get; private set; }
    /// <summary>Name bigrams, pinyin, initials and number: what the search looks in.</summary>
    [Derived]
    public string[] SearchTokens { get; private set; } = [];

    public bool IsHere => LeftOn is null;

    /// <summary>The facts of one row of the roster, or of the form, replace what is known.</summary>
    public void Restate(PersonFacts facts, string[] searchTokens)
    {
        if (string.IsNullOrWhiteSpace(facts.Name)) throw new Refusal("姓名没有填写。", nameof(Name));
        (Name, UnitId, Gender, BornOn, Ethnicity) = (facts.Name.Trim(), facts.UnitId, facts.Gender, facts.BornOn, facts.Ethnicity);
        (Position, JobTitle, EmploymentKind, WorkStartedOn) = (facts.Position, facts.JobTitle, facts.EmploymentKind, facts.WorkStartedOn);
        (Education, Qualification, PoliticalStatus, Phone) = (facts.Education, facts.Qualification, facts.PoliticalStatus, facts.Phone);
        SearchTokens = searchTokens;
    }

    public void MoveTo(Guid unitId)
    {
        RefuseIfGone();
        if (UnitId == unitId) throw new Refusal($"{Name}已经在这个单位，没有改动。", nameof(UnitId));
        UnitId = unitId;
    }

    public void Leave(DateOnly on)
    {
        RefuseIfGone();
        if (on < WorkStartedOn) throw new Refusal("离开日期早于参加工作时间，请核对。", nameof(LeftOn));
        LeftOn = on;
    }

    void RefuseIfGone()
    {
        if (!IsHere) throw new Refusal($"{Name}已在 {LeftOn:yyyy-MM-dd} 离开，不能再办理。");
    }
}

/// <summary>What the roster says of a person besides the number.</summary>
public sealed record PersonFacts(string Name, Guid UnitId)
{
    public string Gender { get; init; } = "";
    public DateOnly? BornOn { get; init; }
    public string Ethnicity { get; init; } = "";
    public string Position { get; init; } = "";
    public string JobTitle { get; init; } = "";
    public string EmploymentKind { get; init; } = "";
    public DateOnly? WorkStartedOn { get; init; }
    public string Education { get; init; } = "";
    public string Qualification { get; init; } = "";
    public PoliticalStatus PoliticalStatus { get; init; } = PoliticalStatus.Masses;
    public string Phone { get; init; } = "";
}

public enum PoliticalStatus { Masses, LeagueMember, Activist, Candidate, Probationary, Full }

public static class PoliticalStatuses
{
    public static string Title(this PoliticalStatus status) => status switch
    {
        PoliticalStatus.Full => "中共党员", PoliticalStatus.Probationary => "中共预备党员", PoliticalStatus.Candidate => "发展对象",
        PoliticalStatus.Activist => "入党积极分子", PoliticalStatus.LeagueMember => "共青团员", _ => "群众",
    };
}

/// <summary>A person belongs to a Party organisation: as a member, or in training there before joining.</summary>
public sealed class Membership : Aggregate
{
    Membership() { }

    public Membership(Guid companyId, Guid personId, Guid partyOrganisationId, PoliticalStatus kind, DateOnly? joinedOn, DateOnly? confirmedOn)
    {
        if (confirmedOn < joinedOn) throw new Refusal("转正时间早于入党时间，请核对。", nameof(ConfirmedOn));
        (CompanyId, PersonId, PartyOrganisationId, Kind, JoinedOn, ConfirmedOn) = (companyId, personId, partyOrganisationId, kind, joinedOn, confirmedOn);
    }

    public Guid CompanyId { get; private init; }
    public Guid PersonId { get; private init; }
    /// <summary>The group where there is one, else the branch.</summary>
    public Guid PartyOrganisationId { get; private set; }
    public PoliticalStatus Kind { get; private set; }
    public DateOnly? JoinedOn { get; private set; }
    public DateOnly? ConfirmedOn { get; private set; }

    /// <summary>Another branch or group, another stage, corrected dates.</summary>
    public void Restate(Guid partyOrganisationId, PoliticalStatus kind, DateOnly? joinedOn, DateOnly? confirmedOn)
    {
        if (confirmedOn < joinedOn) throw new Refusal("转正时间早于入党时间，请核对。", nameof(ConfirmedOn));
        (PartyOrganisationId, Kind, JoinedOn, ConfirmedOn) = (partyOrganisationId, kind, joinedOn, confirmedOn);
    }
}
