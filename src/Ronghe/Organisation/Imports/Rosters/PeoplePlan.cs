using Ronghe.Organisation.People;
using K = Ronghe.Organisation.Imports.Rosters.RosterSpec;

namespace Ronghe.Organisation.Imports.Rosters;

/// <summary>What a roster changes: people who are new or different, their membership, and their posts.</summary>
sealed class PeoplePlan(RosterDirectory directory, IReadOnlyList<RosterEntry> entries, RosterColumns columns, DateOnly asOf, bool appoints) : ImportPlan
{
    readonly Dictionary<string, Guid> _ids = [];

    public override async Task<Guid> ApplyAsync(ImportWriter writer, CancellationToken cancel)
    {
        var db = writer.Db;
        await writer.CreateAsync(NewPeople(), cancel);
        foreach (var entry in entries.Where(entry => entry.LeftOn is null))
            if (directory.People.TryGetValue(entry.Number, out var person)) Restate(db, person, entry);
        var members = columns.HasParty ? Members(db).ToList() : [];
        await writer.CreateAsync(members, cancel);
        if (appoints)
        {
            var posts = new RosterAppointments(directory, columns, asOf, writer.Me.PersonId);
            await writer.CreateAsync(await posts.MakeAsync(db, entries, _ids, cancel), cancel);
        }
        await writer.SaveChangesAsync(cancel);
        return directory.CompanyId;
    }

    IEnumerable<Person> NewPeople()
    {
        foreach (var entry in entries)
        {
            if (directory.People.TryGetValue(entry.Number, out var known))
            {
                _ids[entry.Number] = known.Id;
                continue;
            }
            var person = new Person(directory.CompanyId, entry.Number, entry.Facts.Name, entry.Facts.UnitId);
            person.Restate(entry.Facts, person.SearchTokens);
            if (entry.LeftOn is { } gone) person.Leave(gone);
            _ids[entry.Number] = person.Id;
            yield return person;
        }
    }

    void Restate(AppDb db, Person person, RosterEntry entry)
    {
        var facts = Known(person, entry.Facts);
        if (person.UnitId == facts.UnitId && PersonFactNames.Changed(person, facts).Length == 0) return;
        db.Attach(person);
        person.Restate(facts, facts.Name == person.Name ? person.SearchTokens : PeopleActions.TokensOf(facts.Name, person.Number));
    }

    /// <summary>Facts for which the file has no column stay as they are known.</summary>
    PersonFacts Known(Person person, PersonFacts facts) => facts with
    {
        Gender = columns.Has(K.Gender) ? facts.Gender : person.Gender,
        BornOn = columns.Has(K.Born) ? facts.BornOn : person.BornOn,
        Ethnicity = columns.Has(K.Ethnicity) ? facts.Ethnicity : person.Ethnicity,
        Position = columns.Has(K.Position) ? facts.Position : person.Position,
        JobTitle = columns.Has(K.JobTitle) ? facts.JobTitle : person.JobTitle,
        EmploymentKind = columns.Has(K.Employment) ? facts.EmploymentKind : person.EmploymentKind,
        WorkStartedOn = columns.Has(K.WorkStarted) ? facts.WorkStartedOn : person.WorkStartedOn,
        Education = columns.Has(K.Education) ? facts.Education : person.Education,
        Qualification = columns.Has(K.Qualification) ? facts.Qualification : person.Qualification,
        PoliticalStatus = columns.HasParty ? facts.PoliticalStatus : person.PoliticalStatus,
        Phone = columns.Has(K.Phone) ? facts.Phone : person.Phone,
    };

    /// <summary>New memberships; changed and ended ones go through the change tracker.</summary>
    IEnumerable<Membership> Members(AppDb db)
    {
        foreach (var entry in entries.Where(entry => entry.LeftOn is null))
        {
            var known = directory.Memberships[_ids[entry.Number]].FirstOrDefault();
            if (entry.Member is not { } member)
            {
                if (known is not null) db.Remove(known);
            }
            else if (known is null)
                yield return new(directory.CompanyId, _ids[entry.Number], member.NodeId, member.Kind, member.JoinedOn, member.ConfirmedOn);
            else if (member != new MemberFacts(known.PartyOrganisationId, known.Kind, known.JoinedOn, known.ConfirmedOn))
            {
                db.Attach(known);
                known.Restate(member.NodeId, member.Kind, member.JoinedOn, member.ConfirmedOn);
            }
        }
    }
}
