using Microsoft.EntityFrameworkCore;
using Ronghe.Findings;
using Ronghe.Organisation.Appointments;
using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Organisation.Units;
using Ronghe.Platform.Calendar;
using Ronghe.Safety.Watch;

namespace Ronghe.Demo;

/// <summary>The branches keep their watch: drawn by their secretaries, changed when two agree, reported on by whoever stands, closed when it is over.</summary>
public sealed class DemoWatch(SafetyStory story, DemoCalendar calendar, DemoCast cast, DemoFindings findings, IReadOnlyList<DemoBranch> branches)
{
    /// <summary>Weeks in which somebody draws the rota, counted from this one, and how many he draws.</summary>
    static readonly int[] Draws = [-9, -5, -1];
    const int Drawn = 4, LastClosed = -2;

    public IEnumerable<DemoAct> All() =>
        branches.SelectMany(Draw).Concat(story.Watch.Weeks.Select(Arrange)).Concat(story.Watch.Absences.Select(Away)).Concat(story.Watch.Swaps.SelectMany(Swap))
            .Concat(story.Watch.Findings.SelectMany(Find)).Concat(branches.SelectMany(Close));

    /// <summary>Whoever has the watch of the branch that covers a unit, on a day; null when nobody has.</summary>
    public static Task<Guid?> OnDutyAsync(AppDb db, Guid unitId, DateOnly day) => (
        from week in db.WatchWeeks
        where week.Monday == day.Monday() && db.PartyCoverage.Any(covered => covered.PartyOrganisationId == week.BranchId && db.NodeClosure.Any(c => c.AncestorId == covered.UnitId && c.DescendantId == unitId))
        from duty in week.Duties
        where !duty.IsGivenUp
        orderby week.BranchId, duty.PersonId
        select (Guid?)duty.PersonId).FirstOrDefaultAsync();

    IEnumerable<DemoAct> Draw(DemoBranch branch) =>
        from week in Draws
        let weeks = week == Draws[^1] && story.Watch.NotAhead.Contains(branch.Code) ? 2 : Drawn
        select new DemoAct(calendar.StoryDay(7 * week, new TimeOnly(8, 10)), branch.SecretaryId, s => s.GetRequiredService<WatchActions>().DrawAsync(branch.Id, weeks));

    /// <summary>The week is kept by those of whom the story tells; on the Friday before this one, so that it stands whatever the hour of today.</summary>
    DemoAct Arrange(StoryWatchWeek kept)
    {
        var branch = Branch(kept.Branch);
        return new(calendar.StoryDay(kept.Week < 0 ? 7 * kept.Week : -3, new TimeOnly(8, 20)), branch.SecretaryId, async s =>
        {
            var (wanted, week) = (kept.Members.Select(no => cast.Of(no).Id).ToList(), await WeekAsync(s.GetRequiredService<AppDb>(), branch.Id, kept.Week));
            var (leave, come) = (week.Members.Except(wanted).ToList(), wanted.Except(week.Members).ToList());
            foreach (var (former, next) in leave.Zip(come))
                await s.GetRequiredService<WatchActions>().ReplaceAsync(week.Id, await DemoAct.VersionAsync<WatchWeek>(s, week.Id), former, next);
        });
    }

    DemoAct Away(StoryAbsence away) => new(calendar.StoryDay(away.NotedDay, new TimeOnly(17, 5)), cast.Of(away.No).Id,
        s => s.GetRequiredService<WatchActions>().BeAwayAsync(calendar.Zero.AddDays(away.FromDay), calendar.Zero.AddDays(away.ToDay)));

    IEnumerable<DemoAct> Swap(StorySwap swap)
    {
        var branch = Branch(swap.Branch);
        async Task<Guid?> AskerAsync(AppDb db) => (await WeekAsync(db, branch.Id, swap.Week)).Members.First(member => swap.Asked is null || member != cast.Of(swap.Asked).Id);
        async Task<Guid> AskedAsync(AppDb db)
        {
            if (swap.Asked is { } no) return cast.Of(no).Id;
            var asker = await AskerAsync(db);
            return (await WeekAsync(db, branch.Id, swap.ForWeek!.Value)).Members.First(member => member != asker);
        }
        yield return DemoAct.Of(calendar.StoryDay(swap.AskedDay, new TimeOnly(8, 40)), AskerAsync, async s =>
        {
            var db = s.GetRequiredService<AppDb>();
            Guid? inReturn = swap.ForWeek is { } other ? (await WeekAsync(db, branch.Id, other)).Id : null;
            await s.GetRequiredService<WatchActions>().AskAsync((await WeekAsync(db, branch.Id, swap.Week)).Id, await AskedAsync(db), inReturn, swap.Reason);
        });
        if (swap.AgreedDay is not { } day) yield break;
        yield return DemoAct.Of(calendar.StoryDay(day, new TimeOnly(12, 30)), async db => (await OpenAsync(db, branch.Id)).AskedId, async s =>
        {
            var open = await OpenAsync(s.GetRequiredService<AppDb>(), branch.Id);
            await s.GetRequiredService<WatchActions>().AgreeAsync(open.Id, open.Version);
        });
    }

    IEnumerable<DemoAct> Find(StoryWatchFinding found, int index)
    {
        var (id, at, branch) = (DemoAct.IdOf(found.Id), calendar.StoryDay(found.Day, found.Time), Branch(found.Branch));
        yield return DemoAct.Of(at, async db => (await WeekAsync(db, branch.Id, (found.Day - Weekday(found.Day)) / 7)).Members[0],
            findings.Report(id, at, found.Text, found.Place, "", FindingSource.Watch, found.Urgent, withoutName: false, withPhoto: false));
        foreach (var act in findings.Course(id, found.Path, at, index, () => found)) yield return act;
    }

    /// <summary>On the Monday after, by one of the two, unless nothing was found or something of it is nobody's yet.</summary>
    IEnumerable<DemoAct> Close(DemoBranch branch) =>
        from week in Enumerable.Range(Draws[0], LastClosed - Draws[0] + 1)
        where !story.Watch.LeftOpen.Any(open => open.Branch == branch.Code && open.Week == week)
        select DemoAct.Of(calendar.StoryDay(7 * (week + 1), new TimeOnly(16, 30)), async db => await IsToBeClosedAsync(db, branch.Id, week) ? (await WeekAsync(db, branch.Id, week)).Members[0] : null, async s =>
        {
            var id = (await WeekAsync(s.GetRequiredService<AppDb>(), branch.Id, week)).Id;
            await s.GetRequiredService<WatchActions>().CloseAsync(id, await DemoAct.VersionAsync<WatchWeek>(s, id));
        });

    async Task<bool> IsToBeClosedAsync(AppDb db, Guid branchId, int week)
    {
        var (members, monday) = ((await WeekAsync(db, branchId, week)).Members, calendar.Zero.AddDays(7 * week));
        var found = await db.Findings.Where(f => f.Source == FindingSource.Watch && f.ReporterId != null && members.Contains(f.ReporterId.Value)
            && f.FoundAt >= monday.At(TimeOnly.MinValue) && f.FoundAt < monday.AddDays(7).At(TimeOnly.MinValue)).Select(f => f.RectifierId != null).ToListAsync();
        return found.Count > 0 && found.TrueForAll(isSomebodys => isSomebodys);
    }

    async Task<(Guid Id, List<Guid> Members)> WeekAsync(AppDb db, Guid branchId, int week)
    {
        var monday = calendar.Zero.AddDays(7 * week);
        var found = await db.WatchWeeks.Where(one => one.BranchId == branchId && one.Monday == monday)
            .Select(one => new { one.Id, Members = one.Duties.Where(duty => !duty.IsGivenUp).OrderBy(duty => duty.PersonId).Select(duty => duty.PersonId).ToList() }).SingleAsync();
        return (found.Id, found.Members);
    }

    static Task<WatchSwap> OpenAsync(AppDb db, Guid branchId) => db.WatchSwaps.AsNoTracking()
        .FirstAsync(swap => swap.Status == SwapStatus.Asked && db.WatchWeeks.Any(week => week.Id == swap.WeekId && week.BranchId == branchId));

    DemoBranch Branch(string code) => branches.Single(branch => branch.Code == code);

    static int Weekday(int day) => (day % 7 + 7) % 7;
}

/// <summary>A branch with crews, and who arranges its watch.</summary>
public sealed record DemoBranch(Guid Id, string Code, Guid SecretaryId)
{
    public static async Task<IReadOnlyList<DemoBranch>> ReadAsync(AppDb db) => await (
        from held in db.Appointments
        where held.Post == Posts.Secretary && held.To == null
        join branch in db.PartyOrganisations on held.NodeId equals branch.Id
        where branch.Kind == PartyOrganisationKind.Branch && db.PartyCoverage.Any(c => c.PartyOrganisationId == branch.Id && db.Units.Any(unit => unit.Kind == UnitKind.Crew && (unit.Id == c.UnitId || unit.ParentId == c.UnitId)))
        orderby branch.Code
        select new DemoBranch(branch.Id, branch.Code, held.PersonId)).ToListAsync();
}
