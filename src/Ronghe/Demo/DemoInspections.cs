using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Appointments;
using Ronghe.Platform.Calendar;
using Ronghe.Safety.Inspections;

namespace Ronghe.Demo;

/// <summary>Special checks, 啄木鸟, environment, the patrol over the safety department, supervision; and the spot checks, whose target nobody writes down beforehand.</summary>
public sealed class DemoInspections(SafetyStory story, DemoCalendar calendar, DemoCast cast, DemoFindings findings)
{
    static readonly TimeOnly Planning = new(16, 0), Begin = new(9, 20), Closing = new(15, 30);

    public IEnumerable<DemoAct> All() => story.Inspections.SelectMany(Play).Concat(story.SpotChecks.SelectMany(Play));

    IEnumerable<DemoAct> Play(StoryInspection check, int index)
    {
        var (id, lead, at) = (DemoAct.IdOf(check.Key), cast.Of(check.Lead).Id, calendar.StoryDay(check.Day, Begin));
        var plan = new InspectionPlan(check.Kind, check.Title, cast.Unit(check.Unit), null, lead, at.PlantDate(), [.. check.Members.Select(member => new TeamMember(cast.Of(member.No).Id, member.Role))]);
        yield return new(calendar.StoryDay(check.PlannedDay, Planning), cast.Of(check.PlannedBy).Id, s => s.GetRequiredService<InspectionActions>().PlanAsync(id, plan, check.Checklist));
        yield return new(at, lead, s => StartAsync(s, id));
        foreach (var (n, fault) in check.Faults.Index())
        {
            var found = at.AddMinutes(20 + 15 * n);
            yield return new(found, lead, s => DemoZones.ReportAsync(s, id, fault));
            foreach (var act in findings.Course(DemoAct.IdOf(fault.Id), fault.Path, found, index + n, () => fault, isIndependent: check.Kind == InspectionKind.WorkerPatrol)) yield return act;
            if (fault.Explained is { } words)
            {
                yield return new(calendar.StoryDay(words.Day, new TimeOnly(10, 0)), cast.Of(words.By).Id, s => ExplainAsync(s, id, DemoAct.IdOf(fault.Id), words, calendar.Zero.AddDays(words.DueDay)));
                yield return new(calendar.StoryDay(words.Day, new TimeOnly(14, 30)), lead, s => HearAsync(s, id, accepted: true, words.Heard));
            }
        }
        yield return new(at.AddHours(2), lead, s => DemoZones.EndAsync(s, id, check.Conclusion, [.. check.Faults.Select(fault => fault.Item).OfType<string>()], check.Noted, index, closes: false));
        if (check.ClosedDay is { } day) yield return new(calendar.StoryDay(day, Closing), lead, s => DemoZones.CloseAsync(s, id));
    }

    /// <summary>The department that is drawn decides what is found; what was drawn is read back at the start, like everybody does.</summary>
    IEnumerable<DemoAct> Play(StorySpotCheck check, int index)
    {
        var (id, faultId, lead) = (DemoAct.IdOf(check.Key), DemoAct.IdOf(check.Key + "-1"), cast.Of(check.Lead).Id);
        var planned = calendar.StoryDay(check.PlannedDay, Planning);
        var month = check.Day is { } on ? calendar.Zero.AddDays(on) : calendar.Today;
        TeamMember[] members = check.Member is { } no ? [new(cast.Of(no).Id, TeamRole.Member)] : [];
        var plan = new InspectionPlan(InspectionKind.SpotCheck, $"{month.Month} 月四不两直抽查", null, null, lead, month, members);
        yield return new(planned, cast.Of(check.PlannedBy).Id, s => s.GetRequiredService<InspectionActions>().PlanAsync(id, plan, "CK16"));
        if (check.Day is not { } day) yield break;
        var at = calendar.StoryDay(day, Begin);
        var fault = story.SpotFaults.Values.First();
        yield return new(at.AddMinutes(-30), lead, async s => await s.GetRequiredService<SpotChecks>().DrawAsync(id, await DemoAct.VersionAsync<Inspection>(s, id)));
        yield return new(at, lead, async s =>
        {
            await StartAsync(s, id);
            fault = story.SpotFaults[await CodeAsync(s.GetRequiredService<AppDb>(), id)] with { Id = check.Key + "-1" };
        });
        if (check.FindsFault)
        {
            yield return new(at.AddMinutes(25), lead, s => DemoZones.ReportAsync(s, id, fault));
            foreach (var act in findings.Course(faultId, "C", at.AddMinutes(25), index, () => fault)) yield return act;
            foreach (var act in SaidClearly(check, id, faultId, day, () => fault)) yield return act;
        }
        yield return new(at.AddHours(1), lead, s => DemoZones.EndAsync(s, id, check.Conclusion!, check.FindsFault ? [fault.Item!] : [], new Dictionary<string, string>(), index, closes: false));
        if (check.ClosedDay is { } closed) yield return new(calendar.StoryDay(closed, Closing), lead, s => DemoZones.CloseAsync(s, id));
    }

    /// <summary>By the head of the department that was drawn; the first time it may not be good enough.</summary>
    IEnumerable<DemoAct> SaidClearly(StorySpotCheck check, Guid id, Guid faultId, int day, Func<StoryFault> fault)
    {
        var lead = cast.Of(check.Lead).Id;
        if (check.IsSaidTwice)
        {
            var vague = new StoryExplanation(day + 1, "", fault().Text, "工作忙，没有顾上。", "班组", "今后加强管理", day + 10, "");
            yield return DemoAct.Of(calendar.StoryDay(day + 1, new TimeOnly(10, 0)), Head(id), s => ExplainAsync(s, id, faultId, vague with { What = fault().Text }, calendar.Zero.AddDays(day + 10)));
            yield return new(calendar.StoryDay(day + 1, new TimeOnly(15, 0)), lead, s => HearAsync(s, id, accepted: false, "原因没有说到点上，措施不具体，请对照制度重说"));
        }
        var again = check.IsSaidTwice ? day + 3 : day + 1;
        yield return DemoAct.Of(calendar.StoryDay(again, new TimeOnly(10, 30)), Head(id), s => ExplainAsync(s, id, faultId, fault().Explained! with { What = fault().Text }, calendar.Zero.AddDays(again + 7)));
        yield return new(calendar.StoryDay(again, new TimeOnly(15, 0)), lead, s => HearAsync(s, id, accepted: true, "原因清楚，措施可查，到期再看一次"));
    }

    static async Task StartAsync(IServiceProvider s, Guid id) => await s.GetRequiredService<InspectionActions>().StartAsync(id, await DemoAct.VersionAsync<Inspection>(s, id));

    static async Task ExplainAsync(IServiceProvider s, Guid id, Guid findingId, StoryExplanation words, DateOnly due) =>
        await s.GetRequiredService<InspectionActions>().ExplainAsync(id, await DemoAct.VersionAsync<Inspection>(s, id), findingId, new(words.What, words.Why, words.Duty, words.Measure, due));

    /// <summary>The explanation that waits.</summary>
    static async Task HearAsync(IServiceProvider s, Guid id, bool accepted, string note)
    {
        var waiting = await s.GetRequiredService<AppDb>().Inspections.Where(check => check.Id == id)
            .SelectMany(check => check.Explanations).Where(one => one.IsAccepted == null).OrderBy(one => one.At).Select(one => one.Id).FirstAsync();
        await s.GetRequiredService<InspectionActions>().HearAsync(id, await DemoAct.VersionAsync<Inspection>(s, id), waiting, accepted, note);
    }

    static Task<string> CodeAsync(AppDb db, Guid id) => (
        from check in db.Inspections
        where check.Id == id
        join unit in db.Units on check.UnitId equals unit.Id
        select unit.Code).SingleAsync();

    static Func<AppDb, Task<Guid?>> Head(Guid id) => db => (
        from check in db.Inspections
        where check.Id == id
        join held in db.Appointments on check.UnitId equals held.NodeId
        where held.Post == Posts.DepartmentHead && held.To == null
        select (Guid?)held.PersonId).FirstOrDefaultAsync();
}
