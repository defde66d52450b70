using Ronghe.Duties;

namespace Ronghe.Safety.Zones;

/// <summary>Who owes the walks through a zone: its lead and its deputy of the day. A zone without either is a gap of its own.</summary>
static class ZoneDuties
{
    public static readonly DutySubjectKind Leads = new("zone_lead", "责任区长", (db, company, day) =>
        from zone in db.Zones
        where zone.CompanyId == company && zone.IsActive
        from lead in db.ZoneLeads.Where(lead => lead.ZoneId == zone.Id && lead.From <= day && (lead.To == null || lead.To >= day)
            && db.People.Any(person => person.Id == lead.PersonId && person.LeftOn == null)).DefaultIfEmpty()
        select new DutySubject { Id = zone.Id, Name = zone.Name, NodeId = zone.UnitId ?? zone.CompanyId, PersonId = lead!.PersonId });
}
