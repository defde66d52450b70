using Ronghe.Duties;
using Ronghe.Duties.Calendar;
using Ronghe.Organisation.Appointments;

namespace Ronghe.Safety.Inspections;

/// <summary>Which inspections meet which duty. One inspection may meet several, entered once; none before it is finished.</summary>
static class InspectionDuties
{
    static readonly InspectionStatus[] Done = [InspectionStatus.Finished, InspectionStatus.Closed];
    static readonly string[] Secretaries = [Posts.CommitteeSecretary, Posts.Secretary, Posts.DeputySecretary];
    static readonly string[] OfCommittee = [Posts.CommitteeSecretary, Posts.CommitteeMember];

    public static readonly DutyEvidence[] All =
    [
        // Led by a secretary (the plan asks for it): the branch's and, through the tree, the committee's.
        Evidence("SpotCheck", "四不两直抽查", SpotChecks, "/inspections/new?kind=SpotCheck"),
        // A round of one's own zone is another duty.
        Evidence("Inspection", "带队检查", db =>
            from i in db.Inspections
            where i.FinishedOn != null && i.Kind != InspectionKind.ZoneRound && Done.Contains(i.Status)
            select new DutyRecord { SubjectId = i.LeadId, On = i.FinishedOn!.Value, RecordId = i.Id }, "/inspections/new?kind=Campaign"),
        // By the lead or the deputy of that time; another's walk is welcome and does not stand for theirs.
        Evidence("ZoneRound", "责任区巡查", db =>
            from i in db.Inspections
            where i.FinishedOn != null && i.ZoneId != null && i.Kind == InspectionKind.ZoneRound && Done.Contains(i.Status)
                && db.ZoneLeads.Any(lead => lead.ZoneId == i.ZoneId && lead.PersonId == i.LeadId && lead.From <= i.FinishedOn && (lead.To == null || lead.To >= i.FinishedOn))
            select new DutyRecord { SubjectId = i.ZoneId!.Value, On = i.FinishedOn!.Value, RecordId = i.Id }, "/zones"),
        Evidence("Inspection:CommitteeInspection", "专项监督检查", db => OfBody(db, InspectionKind.Special, Done, OfCommittee), "/inspections/new?kind=Special"),
        // Closed, for only then is each problem answered.
        Evidence("WorkerPatrol", "职工代表巡视", db => OfBody(db, InspectionKind.WorkerPatrol, [InspectionStatus.Closed], [Posts.UnionRepresentative]), "/inspections/new?kind=WorkerPatrol") with { Tag = PlanTag.Production },
        Evidence("Audit", "融合监督检查", db => OfBody(db, InspectionKind.Supervision, Done, [Posts.Discipline], byList: true), "/inspections/new?kind=Supervision"),
    ];

    public static readonly EventDutyAnswer Explanations = new("DU-29", "在那次抽查的页面上说清楚；部门负责人的“我的工作台”里有，期限是开始检查后 5 个工作日。", "/inspections");

    static DutyEvidence Evidence(string key, string title, Func<AppDb, IQueryable<DutyRecord>> find, string start) =>
        new(key, title, find, id => $"/inspections/{id}", start) { Tag = PlanTag.Both };

    static IQueryable<DutyRecord> SpotChecks(AppDb db) => (
        from i in db.Inspections
        where i.FinishedOn != null && i.Kind == InspectionKind.SpotCheck && Done.Contains(i.Status)
        from held in db.Appointments
        where held.PersonId == i.LeadId && Secretaries.Contains(held.Post) && held.From <= i.FinishedOn && (held.To == null || held.To >= i.FinishedOn)
        from up in db.NodeClosure
        where up.DescendantId == held.NodeId
        select new DutyRecord { SubjectId = up.AncestorId, On = i.FinishedOn!.Value, RecordId = i.Id }).Distinct();

    /// <summary>Those that a body's own people planned, led or took part in, told by the post that they held on the day.</summary>
    static IQueryable<DutyRecord> OfBody(AppDb db, InspectionKind kind, InspectionStatus[] statuses, string[] posts, bool byList = false) => (
        from i in db.Inspections
        where i.FinishedOn != null && i.Kind == kind && statuses.Contains(i.Status) && (!byList || i.ChecklistId != null)
        from held in db.Appointments
        where posts.Contains(held.Post) && held.From <= i.FinishedOn && (held.To == null || held.To >= i.FinishedOn)
            && (held.PersonId == i.LeadId || held.PersonId == i.PlannedById || i.Members.Any(member => member.PersonId == held.PersonId))
        select new DutyRecord { SubjectId = held.NodeId, On = i.FinishedOn!.Value, RecordId = i.Id }).Distinct();
}
