using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.People;
using Ronghe.Platform.Calendar;
using Ronghe.Safety.Checklists;
using Ronghe.Safety.Inspections;
using Ronghe.Safety.Zones;

namespace Ronghe.Demo;

/// <summary>The site is divided among Party members, who walk their zones and put what they see into the loop.</summary>
public sealed class DemoZones(SafetyStory story, DemoCalendar calendar, DemoCast cast, DemoFindings findings)
{
    const int DividedDay = -311;
    static readonly TimeOnly Walk = new(9, 5);

    static readonly string[] Said = ["按表逐项看过，没有新的问题。", "逐项查过，现场整齐，上次的问题没有反弹。", "看过设备和通道，未见异常。"];

    public IEnumerable<DemoAct> All() => Divide().Concat(story.Zones.SelectMany(Appoint)).Concat(story.Rounds.SelectMany(Rounds));

    IEnumerable<DemoAct> Divide()
    {
        if (story.Zones.Count == 0) yield break;
        yield return new(calendar.StoryDay(DividedDay, new TimeOnly(9, 0)), cast.Of(DemoCast.SafetyHead).Id, s => s.GetRequiredService<ZonePack>().LoadAsync());
    }

    IEnumerable<DemoAct> Appoint(StoryZone zone, int index)
    {
        var at = calendar.StoryDay(zone.Day, new TimeOnly(10, 0)).AddMinutes(index);
        yield return new(at, cast.Of(DemoCast.SafetyHead).Id, async s =>
        {
            var (actions, id) = (s.GetRequiredService<ZoneActions>(), await ZoneAsync(s, zone.Zone));
            await actions.AppointAsync(id, await DemoAct.VersionAsync<Zone>(s, id), cast.Of(zone.Lead).Id, ZoneRole.Lead, at.PlantDate(), zone.UntilDay is { } until ? calendar.Zero.AddDays(until) : null);
            if (zone.Deputy is { } deputy)
                await actions.AppointAsync(id, await DemoAct.VersionAsync<Zone>(s, id), cast.Of(deputy).Id, ZoneRole.Deputy, at.PlantDate(), null);
        });
    }

    IEnumerable<DemoAct> Rounds(StoryRound round, int index) => round.WeeksAgo.SelectMany((week, n) => Round(round, week, index + n));

    IEnumerable<DemoAct> Round(StoryRound round, int week, int index)
    {
        var key = $"round-{round.Zone}-{week}";
        var lead = cast.Of(story.Zones.Last(zone => zone.Zone == round.Zone).Lead);
        var at = calendar.StoryDay(round.Weekday - 7 * week, Walk).AddMinutes(index % 12 * 5);
        var faults = round.Faults.Where(fault => fault.WeeksAgo == week).ToList();
        yield return new(at, lead.Id, s => BeginAsync(s, key, round, lead, at));
        foreach (var (n, fault) in faults.Index())
        {
            var found = at.AddMinutes(10 + n);
            var id = DemoAct.IdOf(fault.Id);
            yield return new(found, lead.Id, s => ReportAsync(s, DemoAct.IdOf(key), fault));
            foreach (var act in findings.Course(id, fault.Path, found, index + n, () => fault)) yield return act;
        }
        var noted = week == round.WeeksAgo.Min() ? round.Noted : new Dictionary<string, string>();
        var said = faults.Count > 0 ? $"查出 {faults.Count} 处，已登记。" : noted.Count > 0 ? "小问题当场处理，其余正常。" : Said[index % Said.Length];
        yield return new(at.AddMinutes(40), lead.Id, s => EndAsync(s, DemoAct.IdOf(key), said, faults.ConvertAll(fault => fault.Item!), noted, index, closes: faults.Count == 0));
        if (faults.Count > 0) yield return new(at.AddHours(6), lead.Id, s => CloseAsync(s, DemoAct.IdOf(key)));
    }

    static async Task BeginAsync(IServiceProvider s, string key, StoryRound round, Person lead, DateTimeOffset at)
    {
        var (actions, id, zoneId) = (s.GetRequiredService<InspectionActions>(), DemoAct.IdOf(key), await ZoneAsync(s, round.Zone));
        var zone = await s.GetRequiredService<AppDb>().Zones.Where(zone => zone.Id == zoneId).Select(zone => new { zone.Name, zone.UnitId }).SingleAsync();
        await actions.PlanAsync(id, new(InspectionKind.ZoneRound, $"{zone.Name}巡查", zone.UnitId, zoneId, lead.Id, at.PlantDate(), []), round.Checklist);
        await actions.StartAsync(id, 1);
    }

    public static async Task ReportAsync(IServiceProvider s, Guid inspectionId, StoryFault fault)
    {
        var place = fault.Place.StartsWith("P-", StringComparison.Ordinal) ? fault.Place : null;
        await s.GetRequiredService<InspectionActions>().ReportAsync(inspectionId,
            new(DemoAct.IdOf(fault.Id), fault.Item, fault.Text, await DemoFindings.PlaceAsync(s, place), place is null ? fault.Place : "", fault.Urgent), []);
    }

    /// <summary>Fills in the list as somebody does who looked: faults as faults, what was put right on the spot with a word, all else in order.</summary>
    public static async Task EndAsync(
        IServiceProvider s, Guid id, string said, IReadOnlyCollection<string> faulty, IReadOnlyDictionary<string, string> noted, int index, bool closes)
    {
        var (db, actions) = (s.GetRequiredService<AppDb>(), s.GetRequiredService<InspectionActions>());
        var list = await (from inspection in db.Inspections
                          where inspection.Id == id
                          join version in db.ChecklistVersions on new { inspection.ChecklistId, inspection.ChecklistNumber } equals new { ChecklistId = (Guid?)version.ChecklistId, ChecklistNumber = (int?)version.Number }
                          select version.Items).SingleOrDefaultAsync();
        if (list is not null)
            await actions.FillAsync(id, await DemoAct.VersionAsync<Inspection>(s, id), [.. ChecklistItem.Read(list).Where(Inspection.MustBeAnswered).Select(item => Answer(item, faulty, noted, index))]);
        await actions.FinishAsync(id, await DemoAct.VersionAsync<Inspection>(s, id), said);
        if (closes) await CloseAsync(s, id);
    }

    public static async Task CloseAsync(IServiceProvider s, Guid id) =>
        await s.GetRequiredService<InspectionActions>().CloseAsync(id, await DemoAct.VersionAsync<Inspection>(s, id));

    static InspectionReply Answer(ChecklistItem item, IReadOnlyCollection<string> faulty, IReadOnlyDictionary<string, string> noted, int index)
    {
        var note = noted.GetValueOrDefault(item.Id);
        if (item.Kind == ChecklistItemKind.Number) return new(item.Id, null, faulty.Contains(item.Id) ? item.Max + 1 : Good(item, index), note);
        return new(item.Id, faulty.Contains(item.Id) || note is not null ? Verdict.No : Verdict.Yes, null, note);
    }

    /// <summary>Well within the limits, and not the same every time.</summary>
    static decimal Good(ChecklistItem item, int index)
    {
        var share = 0.35m + 0.05m * (index % 5);
        var value = (item.Min, item.Max) switch
        {
            ({ } min, { } max) => min + (max - min) * share,
            ({ } min, null) => min * (1.1m + share / 2),
            (_, { } max) => max * share,
            _ => 1,
        };
        return Math.Round(value, (item.Max ?? item.Min) < 2 ? 2 : 1);
    }

    static Task<Guid> ZoneAsync(IServiceProvider s, string contentId) =>
        s.GetRequiredService<AppDb>().Zones.Where(zone => zone.ContentId == contentId).Select(zone => zone.Id).SingleAsync();
}
