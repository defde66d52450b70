using Microsoft.EntityFrameworkCore;
using Ronghe.Findings;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;

namespace Ronghe.Safety.Watch;

/// <summary>The board of a branch: what its watch found and is open, what was put right lately, who stands watch. Names of those who keep it only.</summary>
/// <param name="Found">Of the watch since the first of the year; closed ones among them.</param>
public sealed record BoardView(IReadOnlyList<BoardLine> Open, IReadOnlyList<BoardLine> Done, IReadOnlyList<string> OnDuty, int Found, int Closed);

/// <summary>
/// The board 监督台: a view of the same findings for the branch's display, a sheet of paper and the phone. Place, hazard, deadline and the
/// responsible post; never whose fault it was or who reported it (F14).
/// </summary>
public sealed class WatchBoard(AppDb db, Me me, FindingBoard board, TimeProvider clock)
{
    /// <summary>What was put right stays on the board so long.</summary>
    public const int DaysDone = 14;

    /// <param name="branchId">Null: of all branches, also what was reported from a watch without a name.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<BoardView> OfAsync(Guid? branchId, CancellationToken cancel = default)
    {
        var today = clock.Today();
        var (since, year, monday) = (clock.GetUtcNow().AddDays(-DaysDone), new DateOnly(today.Year, 1, 1).At(TimeOnly.MinValue), today.Monday());
        var found = Found(branchId);
        var open = await board.LinesAsync(found.Open(), cancel);
        var done = await board.LinesAsync(found.Where(f => f.Status == FindingStatus.Closed && f.ClosedAt >= since), cancel);
        var sums = await found.Where(f => f.FoundAt >= year).GroupBy(_ => 1).Select(all => new { Found = all.Count(), Closed = all.Count(f => f.Status == FindingStatus.Closed) }).SingleOrDefaultAsync(cancel);
        var onDuty = branchId is null ? [] : await (
            from week in db.WatchWeeks
            where week.CompanyId == me.CompanyId && week.BranchId == branchId && week.Monday == monday
            from duty in week.Duties
            where !duty.IsGivenUp
            join person in db.People on duty.PersonId equals person.Id
            select person.Name).ToListAsync(cancel);
        return new(open, done, onDuty, sums?.Found ?? 0, sums?.Closed ?? 0);
    }

    IQueryable<Finding> Found(Guid? branchId)
    {
        var all = db.Findings.Where(f => f.CompanyId == me.CompanyId && f.Source == FindingSource.Watch);
        return branchId is null ? all : all.Where(f => db.Links.Any(link => link.FromKind == FindingActions.Kind && link.FromId == f.Id && link.ToKind == WatchActions.Week
            && db.WatchWeeks.Any(week => week.Id == link.ToId && week.BranchId == branchId)));
    }
}
