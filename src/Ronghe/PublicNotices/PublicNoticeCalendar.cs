using Microsoft.EntityFrameworkCore;
using Ronghe.Duties.Calendar;
using Ronghe.Organisation.Access;

namespace Ronghe.PublicNotices;

/// <summary>The last day on which one can object to what is shown.</summary>
public sealed class PublicNoticeCalendar(AppDb db, Me me, PublicNoticeAccess access)
{
    public static readonly CalendarSource Source = new("公示", (scope, ask, cancel) => scope.GetRequiredService<PublicNoticeCalendar>().LinesAsync(ask, cancel));

    async Task<IReadOnlyList<CalendarEntry>> LinesAsync(CalendarAsk ask, CancellationToken cancel)
    {
        var notices = access.Visible();
        // Of mine: what I wrote and what is shown to my unit.
        if (ask.Mine) notices = notices.Where(notice => notice.AuthorId == me.PersonId || db.NodeClosure.Any(c => c.DescendantId == me.UnitId && notice.ShownTo.Contains(c.AncestorId)));
        var rows = await notices.AsNoTracking().Where(notice => notice.State == PublicNoticeState.Open && notice.Until >= ask.From && notice.Until <= ask.To)
            .Select(notice => new { notice.Id, notice.Title, Until = notice.Until!.Value }).ToListAsync(cancel);
        return [.. rows.Select(notice => new CalendarEntry(PublicNoticeActions.Kind, notice.Id, $"公示最后一天：{notice.Title}", notice.Until, notice.Until, PlanTag.Party, $"/public-notices/{notice.Id}", "公示最后一天")
        {
            Icon = "speakerphone", Detail = "有不同意见，当天以前提",
        })];
    }
}
