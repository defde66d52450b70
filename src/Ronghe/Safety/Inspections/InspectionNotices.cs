using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Notices;

namespace Ronghe.Safety.Inspections;

/// <summary>
/// Whom an inspection concerns: who goes, who has to explain, who hears. Nothing is told of a spot check before its start but that there
/// is one, and that only to those who go.
/// </summary>
public sealed class InspectionNotices(AppDb db, PostRights rights, NoticeDelivery delivery, TimeProvider clock)
{
    const string Team = "inspection.team", ToExplain = "inspection.to-explain", ToHear = "inspection.to-hear", Heard = "inspection.heard", Late = "inspection.late";
    /// <summary>In workdays; so long a check may wait for its start or its closing before its lead is reminded.</summary>
    const int Patience = 5;

    public static readonly IReadOnlyList<NoticeKind> Kinds =
    [
        new(Team, "叫我参加的检查", "您有一项检查安排，请登录平台查看。"),
        new(ToExplain, "查到本单位的问题，请我说清楚", "有检查发现的问题等您说明，请登录平台查看。") { IsMandatory = true },
        new(ToHear, "对方说清楚了，请我听取", "有一项说明等您听取，请登录平台查看。") { IsMandatory = true },
        new(Heard, "我的说明有了结果", "您提交的一项说明有了结果，请登录平台查看。"),
        new(Late, "我带队的检查该办了", "您带队的一项检查等着办理，请登录平台查看。"),
    ];

    public static readonly NoticeSource Source = new((scope, rows, cancel) => scope.GetRequiredService<InspectionNotices>().FindAsync(rows, cancel));

    /// <summary>On workdays, each week once for each check: planned long ago and not begun, or ended long ago and not closed.</summary>
    public async Task RemindAsync(CancellationToken cancel = default)
    {
        var today = clock.Today();
        if (!WorkCalendar.China.IsWorkday(today)) return;
        var (since, week) = (WorkCalendar.China.AddWorkdays(today, -Patience), today.Monday());
        var ended = since.At(TimeOnly.MinValue);
        var late = await db.Inspections.AsNoTracking().Where(i => (i.Status == InspectionStatus.Finished && i.FinishedAt < ended)
                || (i.Status == InspectionStatus.Planned && (i.Kind == InspectionKind.SpotCheck ? i.PlannedOn.AddMonths(1) <= today : i.PlannedOn < since)))
            .Select(i => new { i.Id, i.Title, i.Status, i.LeadId }).ToListAsync(cancel);
        await delivery.TellAsync([.. late.Select(i => new NoticeDraft(i.LeadId, Late, $"inspection {i.Id} {week:yyyy-MM-dd}",
            i.Status == InspectionStatus.Planned ? $"检查还没有开始：{i.Title}。不做了请取消并写明原因。" : $"检查结束好几天了还没有关闭：{i.Title}。问题都落实后关闭。", $"/inspections/{i.Id}"))], cancel);
    }

    sealed record Told(Guid Id, InspectionKind Kind, string Title, Guid LeadId, Guid? UnitId, Guid[] Members);

    async Task<IReadOnlyList<NoticeDraft>> FindAsync(IReadOnlyList<JournalRow> rows, CancellationToken cancel)
    {
        var mine = rows.Where(row => row.SubjectKind == InspectionActions.Kind).ToList();
        if (mine.Count == 0) return [];
        var ids = mine.Select(row => row.SubjectId).Distinct().ToArray();
        var inspections = await db.Inspections.AsNoTracking().Where(i => ids.Contains(i.Id))
            .Select(i => new Told(i.Id, i.Kind, i.Title, i.LeadId, i.UnitId, i.Members.Select(member => member.PersonId).ToArray())).ToDictionaryAsync(i => i.Id, cancel);
        var drafts = new List<NoticeDraft>();
        foreach (var row in mine)
        {
            if (!inspections.TryGetValue(row.SubjectId, out var inspection)) continue;
            foreach (var (people, kind, cause, text) in await AboutAsync(row, inspection, cancel))
                drafts.AddRange(people.Where(person => person != row.ActorId).Distinct().Select(person => new NoticeDraft(person, kind, cause ?? $"journal {row.Seq}", text, $"/inspections/{inspection.Id}")));
        }
        return drafts;
    }

    async Task<IEnumerable<(IEnumerable<Guid> People, string Kind, string? Cause, string Text)>> AboutAsync(JournalRow row, Told i, CancellationToken cancel) => row.Event switch
    {
        "inspection.planned" => [([i.LeadId], Team, null, $"请您带队：{i.Title}"), (i.Members, Team, null, $"请您参加：{i.Title}")],
        // Once for each check, however many problems it brings.
        "inspection.found" when i.Kind.AsksToExplain() => [(await SpokesmenAsync(i.UnitId, cancel), ToExplain, $"explain {i.Id}", $"检查发现了本单位的问题，请说清楚：{i.Title}")],
        "inspection.explained" => [([i.LeadId], ToHear, null, $"对方说清楚了，请您听取：{i.Title}")],
        "inspection.explanation-accepted" => [(await ExplainerAsync(row, cancel), Heard, null, $"您的说明得到认可：{i.Title}")],
        "inspection.explanation-repeat" => [(await ExplainerAsync(row, cancel), Heard, null, $"请再说一次，还差什么写在里面：{i.Title}")],
        _ => [],
    };

    /// <summary>Who may explain for the unit, by the posts of today.</summary>
    async Task<Guid[]> SpokesmenAsync(Guid? unitId, CancellationToken cancel)
    {
        var (posts, today) = (rights.PostsWith(InspectionPermissions.Explain), clock.Today());
        return await db.Appointments.CurrentOn(today).Where(held => posts.Contains(held.Post) && db.NodeClosure.Any(up => up.DescendantId == unitId && up.AncestorId == held.NodeId))
            .Select(held => held.PersonId).Distinct().ToArrayAsync(cancel);
    }

    async Task<Guid[]> ExplainerAsync(JournalRow row, CancellationToken cancel)
    {
        using var data = JsonDocument.Parse(row.Data);
        var explanation = data.RootElement.GetProperty("explanation").GetGuid();
        return await db.Inspections.Where(i => i.Id == row.SubjectId).SelectMany(i => i.Explanations).Where(one => one.Id == explanation).Select(one => one.ById).ToArrayAsync(cancel);
    }
}
