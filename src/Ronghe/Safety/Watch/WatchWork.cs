using Microsoft.EntityFrameworkCore;
using Ronghe.Findings;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Work;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Web;

namespace Ronghe.Safety.Watch;

/// <summary>The watch part of “my work”: who asks me to change weeks, and weeks of mine that can be closed.</summary>
public sealed class WatchWork(AppDb db, Me me, TimeProvider clock)
{
    const int Most = 50;

    public static readonly WaitingSource Source = new(
        scope => scope.GetRequiredService<WatchWork>().WaitingIds(),
        (scope, cancel) => scope.GetRequiredService<WatchWork>().WaitingAsync(cancel));

    internal IQueryable<Guid> WaitingIds() => Asked().Select(swap => swap.Id).Concat(Closable().Select(week => week.Id));

    async Task<IReadOnlyList<WaitingLine>> WaitingAsync(CancellationToken cancel)
    {
        var year = clock.Today().Year;
        var asked = await Asked().Select(swap => new { swap.Id, swap.AskedAt, Asker = db.People.First(p => p.Id == swap.AskerId).Name, db.WatchWeeks.First(week => week.Id == swap.WeekId).Monday }).ToListAsync(cancel);
        var closable = await Closable().Select(week => new { week.Id, week.Monday, Branch = db.PartyOrganisations.First(node => node.Id == week.BranchId).Name }).ToListAsync(cancel);
        return
        [
            .. asked.Select(swap => new WaitingLine(swap.Id, "arrows-exchange", $"答复换班：{swap.Asker}请您换 {swap.Monday.Say(year)}起的一周", "党员监督台", "/watch", "去答复", swap.Monday.AddDays(-1)) { Since = swap.AskedAt }),
            .. closable.Select(week => new WaitingLine(week.Id, "eye-check", $"办结值守：{week.Monday.Say(year)}起的一周", $"{week.Branch} · 发现的都已关闭或落实到人", $"/watch/{week.Id}", "去办结", week.Monday.AddDays(13))
            { Since = week.Monday.AddDays(7).At(TimeOnly.MinValue) }),
        ];
    }

    IQueryable<WatchSwap> Asked() => db.WatchSwaps.AsNoTracking().Where(swap => swap.Status == SwapStatus.Asked && swap.AskedId == me.PersonId).OrderBy(swap => swap.AskedAt).Take(Most);

    /// <summary>Over, with findings, none of which is nobody's.</summary>
    IQueryable<WatchWeek> Closable()
    {
        var monday = clock.Today().Monday();
        return db.WatchWeeks.AsNoTracking().Where(week => week.ClosedAt == null && week.Monday < monday && week.Duties.Any(duty => duty.PersonId == me.PersonId && !duty.IsGivenUp)
                && db.Links.Any(link => link.ToKind == WatchActions.Week && link.ToId == week.Id)
                && !db.Links.Any(link => link.ToKind == WatchActions.Week && link.ToId == week.Id
                    && db.Findings.Any(f => f.Id == link.FromId && (f.Status == FindingStatus.Reported || (f.Status == FindingStatus.Assigned && (f.RectifierId == null || f.DueOn == null))))))
            .OrderBy(week => week.Monday).Take(Most);
    }
}
