using Microsoft.EntityFrameworkCore;
using Ronghe.Duties.Calendar;
using Ronghe.Organisation.Appointments;
using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Platform.Calendar;

namespace Ronghe.Demo;

/// <summary>What departments and their branches put into the calendar: meetings, a training, an overhaul, theme days; some of them on the same day.</summary>
public static class DemoPlans
{
    const int Departments = 4;

    sealed record Pair(Guid UnitId, Guid SecretaryId, Guid HeadId);

    public static async Task<IEnumerable<DemoAct>> AllAsync(AppDb db, DateOnly today)
    {
        var pairs = await (
            from branch in db.PartyOrganisations
            where branch.Kind == PartyOrganisationKind.Branch
            from covered in db.PartyCoverage.Where(c => c.PartyOrganisationId == branch.Id)
            from secretary in db.Appointments.Where(held => held.NodeId == branch.Id && held.Post == Posts.Secretary && held.To == null)
            from head in db.Appointments.Where(held => held.NodeId == covered.UnitId && held.Post == Posts.DepartmentHead && held.To == null)
            orderby branch.Code
            select new Pair(covered.UnitId, secretary.PersonId, head.PersonId)).Take(Departments).ToListAsync();
        var monday = today.Monday();
        return from pair in pairs.DistinctBy(pair => pair.UnitId).Select((pair, at) => (pair, at))
               from plan in Of(pair.pair, pair.at, monday)
               let made = monday.AddDays(-14).At(new TimeOnly(8, 40)).AddMinutes(pair.at)
               select new DemoAct(made, plan.By, s => s.GetRequiredService<PlanActions>().PlanAsync(Guid.CreateVersion7(), plan.Facts));
    }

    static IEnumerable<(Guid By, PlanFacts Facts)> Of(Pair pair, int at, DateOnly monday)
    {
        PlanFacts Facts(PlanKind kind, PlanTag tag, string title, int first, int last, Guid lead) => new(kind, tag, title, pair.UnitId, monday.AddDays(first), monday.AddDays(last), lead, []);
        for (var week = 0; week < 4; week++) yield return (pair.HeadId, Facts(PlanKind.SafetyMeeting, PlanTag.Production, "部门安全例会", 7 * week + 1, 7 * week + 1, pair.HeadId));
        // In turn: on the day of the meeting, in the same week, during an overhaul, and one that serves both from the beginning.
        yield return at switch
        {
            0 => (pair.SecretaryId, Facts(PlanKind.PartyActivity, PlanTag.Party, "主题党日：身边的隐患", 8, 8, pair.SecretaryId)),
            1 => (pair.SecretaryId, Facts(PlanKind.PartyActivity, PlanTag.Party, "主题党日：学习研讨", 10, 10, pair.SecretaryId)),
            2 => (pair.SecretaryId, Facts(PlanKind.PartyActivity, PlanTag.Party, "党员集中学习", 3, 3, pair.SecretaryId)),
            _ => (pair.SecretaryId, Facts(PlanKind.Training, PlanTag.Both, "应急处置培训暨党员先锋岗授旗", 9, 9, pair.SecretaryId)),
        };
        if (at == 2) yield return (pair.HeadId, Facts(PlanKind.Overhaul, PlanTag.Production, "1 号机 C 级检修", 0, 11, pair.HeadId));
        if (at == 0) yield return (pair.HeadId, Facts(PlanKind.Drill, PlanTag.Production, "油库火灾应急演练", 16, 16, pair.HeadId));
    }
}
