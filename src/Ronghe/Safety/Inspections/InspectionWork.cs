using Microsoft.EntityFrameworkCore;
using Ronghe.Findings;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Work;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Web;

namespace Ronghe.Safety.Inspections;

/// <summary>The inspections part of “my work”: to begin, to fill in and end, to explain, to hear, to close.</summary>
public sealed class InspectionWork(AppDb db, Me me, TimeProvider clock)
{
    const int MostPerKind = 50;
    /// <summary>Working days from the start of a check until its problems are explained (DU-29).</summary>
    const int WorkdaysToExplain = 5;

    public static readonly WaitingSource Source = new(
        scope => scope.GetRequiredService<InspectionWork>().WaitingIds(),
        (scope, cancel) => scope.GetRequiredService<InspectionWork>().WaitingAsync(cancel));

    enum Next { Start, Fill, Hear, Close, Explain }

    sealed class Waiting
    {
        public Guid Id { get; init; }
        public required string Title { get; init; }
        public InspectionKind Kind { get; init; }
        public InspectionStatus Status { get; init; }
        public Guid LeadId { get; init; }
        public bool IsMember { get; init; }
        public bool HasToHear { get; init; }
        public string? Unit { get; init; }
        public DateOnly PlannedOn { get; init; }
        public DateTimeOffset? StartedAt { get; init; }
        public DateTimeOffset? FinishedAt { get; init; }
    }

    internal IQueryable<Guid> WaitingIds() => Kinds().Select(kind => kind.Select(i => i.Id)).Aggregate((all, kind) => all.Concat(kind));

    async Task<IReadOnlyList<WaitingLine>> WaitingAsync(CancellationToken cancel)
    {
        var rows = await Kinds().Select(Describe).Aggregate((all, kind) => all.Concat(kind)).ToListAsync(cancel);
        var (person, year) = (me.Id, clock.Today().Year);
        return [.. rows.Select(row => LineOf(row, NextOf(row, person), year))];
    }

    /// <summary>Of what is led, hearing comes first: another waits for it.</summary>
    static Next NextOf(Waiting i, Guid person) => i switch
    {
        _ when i.LeadId == person && i.HasToHear => Next.Hear,
        { Status: InspectionStatus.Planned } => Next.Start,
        { Status: InspectionStatus.Finished } when i.LeadId == person => Next.Close,
        { Status: InspectionStatus.Started } when i.LeadId == person || i.IsMember => Next.Fill,
        _ => Next.Explain,
    };

    static WaitingLine LineOf(Waiting i, Next next, int year)
    {
        var (icon, act, button, presses) = next switch
        {
            Next.Start => ("player-play", "开始检查", "去开始", i.Kind == InspectionKind.SpotCheck ? i.PlannedOn.AddMonths(1).AddDays(-1) : i.PlannedOn),
            Next.Fill => ("list-check", "填写并结束检查", "去填写", i.StartedAt!.Value.PlantDate()),
            Next.Hear => ("message-check", "听取说明", "去听取", (i.FinishedAt ?? i.StartedAt!.Value).PlantDate().AddDays(3)),
            Next.Close => ("circle-check", "关闭检查", "去关闭", i.FinishedAt!.Value.PlantDate().AddDays(7)),
            _ => ("message-exclamation", "说清楚", "去说清楚", WorkCalendar.China.AddWorkdays(i.StartedAt!.Value.PlantDate(), WorkdaysToExplain)),
        };
        var when = i.Kind == InspectionKind.SpotCheck && next == Next.Start ? $"{i.PlannedOn:yyyy 年 M 月}内" : (i.FinishedAt ?? i.StartedAt)?.PlantDate().Say(year) ?? i.PlannedOn.Say(year);
        return new(i.Id, icon, $"{act}：{i.Title}", string.Join(" · ", new[] { i.Kind.Title(), i.Unit, when }.OfType<string>()), $"/inspections/{i.Id}", button, presses)
        {
            Since = i.FinishedAt ?? i.StartedAt ?? i.PlannedOn.At(TimeOnly.MinValue), DueOn = next is Next.Start or Next.Explain ? presses : null,
        };
    }

    IEnumerable<IQueryable<Inspection>> Kinds()
    {
        var (person, today) = (me.Id, clock.Today());
        var all = db.Inspections.AsNoTracking().Where(i => i.CompanyId == me.CompanyId);
        yield return Oldest(all.Where(i => i.LeadId == person && (
            (i.Status == InspectionStatus.Planned && i.PlannedOn <= today) || i.Status == InspectionStatus.Started
            || (i.Status == InspectionStatus.Finished && (i.Explanations.Any(one => one.IsAccepted == null) || (!Unsettled().Any(link => link == i.Id)
                && (i.Kind != InspectionKind.SpotCheck || !db.Links.Any(link => link.ToKind == InspectionActions.Kind && link.ToId == i.Id && link.FromKind == FindingActions.Kind
                    && !i.Explanations.Any(one => one.FindingId == link.FromId && one.IsAccepted == true)))))))));
        yield return Oldest(all.Where(i => i.Status == InspectionStatus.Started && i.Members.Any(member => member.PersonId == person)));
        if (!me.May(InspectionPermissions.Explain)) yield break;
        var reach = me.ReachOf(InspectionPermissions.Explain);
        yield return Oldest(all.Where(i => (i.Status == InspectionStatus.Started || i.Status == InspectionStatus.Finished) && i.LeadId != person && !i.Members.Any(member => member.PersonId == person)
            && (i.Kind == InspectionKind.SpotCheck || i.Kind == InspectionKind.WorkerPatrol) && db.NodeClosure.Any(c => c.DescendantId == i.UnitId && reach.Contains(c.AncestorId))
            && db.Links.Any(link => link.ToKind == InspectionActions.Kind && link.ToId == i.Id && link.FromKind == FindingActions.Kind
                && !i.Explanations.Any(one => one.FindingId == link.FromId && one.IsAccepted != false))));
    }

    /// <summary>Inspections of which something found is nobody's yet.</summary>
    IQueryable<Guid> Unsettled() =>
        from link in db.Links
        where link.ToKind == InspectionActions.Kind && link.FromKind == FindingActions.Kind
        join f in db.Findings.Open() on link.FromId equals f.Id
        where f.Status == FindingStatus.Reported || f.RectifierId == null || f.DueOn == null
        select link.ToId;

    static IQueryable<Inspection> Oldest(IQueryable<Inspection> inspections) => inspections.OrderBy(i => i.PlannedOn).Take(MostPerKind);

    IQueryable<Waiting> Describe(IQueryable<Inspection> inspections)
    {
        var person = me.Id;
        return inspections.Select(i => new Waiting
        {
            Id = i.Id, Title = i.Title, Kind = i.Kind, Status = i.Status, LeadId = i.LeadId, IsMember = i.Members.Any(member => member.PersonId == person),
            HasToHear = i.Explanations.Any(one => one.IsAccepted == null), Unit = db.Units.Where(unit => unit.Id == i.UnitId).Select(unit => unit.Name).FirstOrDefault(),
            PlannedOn = i.PlannedOn, StartedAt = i.StartedAt, FinishedAt = i.FinishedAt,
        });
    }
}
