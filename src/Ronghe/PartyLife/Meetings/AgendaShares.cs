using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Data;

namespace Ronghe.PartyLife.Meetings;

/// <param name="Body">With what stands below it; null for all that I may see.</param>
public sealed record AgendaPeriod(Guid? Body, DateOnly From, DateOnly To);

/// <summary>Items of one kind, or of one body, in the period.</summary>
/// <param name="Resolved">With a resolution or a record that it is about.</param>
public sealed record AgendaCount(string Key, string Name, int Items, int Safety, int Production, int Resolved);

/// <summary>议题占比: of the items that were discussed, how many are about what. Items, not minutes; each counted once (M27).</summary>
public sealed record AgendaShare(IReadOnlyList<AgendaCount> Kinds, IReadOnlyList<AgendaCount> Bodies)
{
    public int Items => Kinds.Sum(kind => kind.Items);
    public int Safety => Kinds.Sum(kind => kind.Safety);
    public int Production => Kinds.Sum(kind => kind.Production);
    public int Resolved => Kinds.Sum(kind => kind.Resolved);

    /// <summary>In percent; null without items.</summary>
    public static int? Percent(int part, int of) => of == 0 ? null : (int)Math.Round(100m * part / of, MidpointRounding.AwayFromZero);
}

/// <summary>An item behind a share.</summary>
public sealed record AgendaItemRow(Guid Id, Guid MeetingId, string Meeting, string Body, DateOnly HeldOn, DateTimeOffset HeldFrom, int No, string Title, string KindName, bool IsSafety, bool IsProduction, string Outcome, bool IsResolved);

/// <summary>What of the share is opened.</summary>
public sealed record AgendaItemFilter(AgendaPeriod Period, string? Kind = null, bool? Safety = null, bool? Production = null, bool? Resolved = null, string? After = null);

/// <summary>Computes the shares from the items alone, and opens them to the items.</summary>
public sealed class AgendaShares(AppDb db, Me me, MeetingAccess access)
{
    const int PerPage = 50;

    sealed class Line
    {
        public required AgendaItem Item { get; init; }
        public required Meeting Meeting { get; init; }
        public bool IsResolved { get; init; }
    }

    public async Task<AgendaShare> OfAsync(AgendaPeriod period, CancellationToken cancel = default)
    {
        var sums = await Lines(period).GroupBy(line => new { line.Item.Kind, line.Item.KindName, line.Meeting.BodyId }).Select(same => new
        {
            same.Key.Kind, same.Key.KindName, same.Key.BodyId, Body = db.Nodes.First(node => node.Id == same.Key.BodyId).Name, Items = same.Count(), Safety = same.Count(line => line.Item.IsSafety),
            Production = same.Count(line => line.Item.IsProduction), Resolved = same.Count(line => line.IsResolved),
        }).ToListAsync(cancel);
        return new(
            [.. sums.GroupBy(sum => sum.Kind).Select(same => new AgendaCount(same.Key, same.First().KindName, same.Sum(s => s.Items), same.Sum(s => s.Safety), same.Sum(s => s.Production), same.Sum(s => s.Resolved))).OrderByDescending(count => count.Items)],
            [.. sums.GroupBy(sum => (sum.BodyId, sum.Body)).Select(same => new AgendaCount(same.Key.BodyId.ToString(), same.Key.Body, same.Sum(s => s.Items), same.Sum(s => s.Safety), same.Sum(s => s.Production), same.Sum(s => s.Resolved))).OrderByDescending(count => count.Items)]);
    }

    public async Task<Paged<AgendaItemRow>> ItemsAsync(AgendaItemFilter filter, CancellationToken cancel = default)
    {
        var lines = Lines(filter.Period);
        if (!string.IsNullOrEmpty(filter.Kind)) lines = lines.Where(line => line.Item.Kind == filter.Kind);
        if (filter.Safety is { } safety) lines = lines.Where(line => line.Item.IsSafety == safety);
        if (filter.Production is { } production) lines = lines.Where(line => line.Item.IsProduction == production);
        if (filter.Resolved is { } resolved) lines = lines.Where(line => line.IsResolved == resolved);
        if (Cursor.Parse(filter.After) is { } after) lines = lines.Where(line => EF.Functions.LessThan(ValueTuple.Create(line.Meeting.HeldFrom!.Value, line.Item.Id), ValueTuple.Create(after.At, after.Id)));
        var rows = await lines.OrderByDescending(line => line.Meeting.HeldFrom).ThenByDescending(line => line.Item.Id).Take(PerPage + 1).Select(line => new AgendaItemRow(
            line.Item.Id, line.Meeting.Id, line.Meeting.Title, db.Nodes.First(node => node.Id == line.Meeting.BodyId).Name, line.Meeting.HeldOn!.Value, line.Meeting.HeldFrom!.Value, line.Item.No, line.Item.Title,
            line.Item.KindName, line.Item.IsSafety, line.Item.IsProduction, line.Item.Outcome, line.IsResolved)).ToListAsync(cancel);
        return rows.Count <= PerPage ? new(rows) : new(rows[..PerPage], new Cursor(rows[PerPage - 1].HeldFrom, rows[PerPage - 1].Id).ToString());
    }

    /// <summary>Discussed at meetings that took place; what was dropped is not counted.</summary>
    IQueryable<Line> Lines(AgendaPeriod period)
    {
        var (from, to) = (period.From, period.To);
        var meetings = access.Visible().AsNoTracking().Where(meeting => meeting.CompanyId == me.CompanyId && meeting.HeldOn >= from && meeting.HeldOn <= to && MeetingStates.TookPlace.Contains(meeting.Status));
        if (period.Body is { } body) meetings = meetings.Where(meeting => db.NodeClosure.Any(c => c.DescendantId == meeting.BodyId && c.AncestorId == body));
        return from meeting in meetings
               from item in meeting.Agenda
               where item.State == ItemState.Discussed
               select new Line
               {
                   Item = item, Meeting = meeting,
                   IsResolved = db.Resolutions.Any(one => one.ItemId == item.Id)
                       || db.Links.Any(link => link.FromKind == MeetingActions.Kind && link.FromId == meeting.Id && link.Relation == MeetingActions.About + ":" + item.Id.ToString()),
               };
    }
}
