using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Notices;

namespace Ronghe.Findings;

/// <summary>Whom findings concern: who has to act next, and who waits for an answer.</summary>
public sealed class FindingNotices(AppDb db, PostRights rights)
{
    const string Urgent = "finding.urgent", Assigned = "finding.assigned", Returned = "finding.returned", ToVerify = "finding.to-verify", Escalated = "finding.escalated",
        Supervised = "finding.supervised", ToClose = "finding.to-close", Extended = "finding.extended", Answered = "finding.answered";
    internal const string Digest = "finding.digest";

    public static readonly IReadOnlyList<NoticeKind> Kinds =
    [
        new(Urgent, "紧急隐患", "有一条紧急情况等您处理，请马上登录平台查看。") { IsMandatory = true, IsUrgent = true },
        new(Assigned, "派给我整改的", "有一项整改派给了您，请登录平台查看。") { IsMandatory = true },
        new(Returned, "退回我重改的", "有一项整改被退回，请登录平台查看。") { IsMandatory = true },
        new(ToVerify, "请我复核的", "有一项整改等您复核，请登录平台查看。") { IsMandatory = true },
        new(Escalated, "升级到我的", "有一件超期事项升级到您这里，请登录平台查看。") { IsMandatory = true },
        new(Supervised, "我整改的被挂牌督办", "您负责的一项整改被挂牌督办，请登录平台查看。") { IsMandatory = true },
        new(ToClose, "我派发的已复核，可以关闭", "您派发的一项整改已经复核，请登录平台查看。"),
        new(Extended, "我派发的延了期", "您派发的一项整改延了期，请登录平台查看。"),
        new(Answered, "我上报的有了结果", "您上报的一件事有了结果，请登录平台查看。"),
        new(Digest, "每个工作日早上的汇总", "您有待办事项，请登录平台查看。"),
    ];

    public static readonly NoticeSource Source = new((scope, rows, cancel) => scope.GetRequiredService<FindingNotices>().FindAsync(rows, cancel));

    sealed record Told(Guid Id, string Number, string Description, bool IsUrgent, Guid? RectifierId, Guid? VerifierId, Guid? AssignerId, Guid? ReporterId, Guid[] CoReporterIds, Guid? EscalatedToId, DateOnly? DueOn, Guid UnitId)
    {
        public string Name => $"{Number} {(Description.Length > 40 ? Description[..40] + "…" : Description)}";
        public IEnumerable<Guid?> Reporters => [ReporterId, .. CoReporterIds.Cast<Guid?>()];
    }

    async Task<IReadOnlyList<NoticeDraft>> FindAsync(IReadOnlyList<JournalRow> rows, CancellationToken cancel)
    {
        var mine = rows.Where(row => row.SubjectKind == FindingActions.Kind).ToList();
        if (mine.Count == 0) return [];
        var ids = mine.Select(row => row.SubjectId).Distinct().ToArray();
        var findings = await db.Findings.AsNoTracking().Where(f => ids.Contains(f.Id)).Select(f => new Told(
            f.Id, f.Number, f.Description, f.IsUrgent, f.RectifierId, f.VerifierId, f.AssignerId, f.ReporterId, f.CoReporterIds, f.EscalatedToId, f.DueOn, f.UnitId)).ToDictionaryAsync(f => f.Id, cancel);
        var drafts = new List<NoticeDraft>();
        foreach (var row in mine)
        {
            if (!findings.TryGetValue(row.SubjectId, out var finding)) continue;
            foreach (var (people, kind, text) in await AboutAsync(row, finding, cancel))
                drafts.AddRange(people.OfType<Guid>().Where(person => person != row.ActorId).Distinct()
                    .Select(person => new NoticeDraft(person, kind, $"journal {row.Seq}", text, $"/findings/{finding.Id}")));
        }
        return drafts;
    }

    async Task<IEnumerable<(IEnumerable<Guid?> People, string Kind, string Text)>> AboutAsync(JournalRow row, Told f, CancellationToken cancel) => row.Event switch
    {
        "finding.reported" when f.IsUrgent => [(await DispatchersAsync(f.UnitId, cancel), Urgent, $"紧急隐患等着派发：{f.Name}")],
        "finding.assigned" => [([In(row, "personId") ?? f.RectifierId], Assigned, $"派给您整改：{f.Name}{(f.DueOn is { } due ? $"，期限 {due:yyyy-MM-dd}" : "")}")],
        "finding.rectified" => [([f.VerifierId ?? f.AssignerId], ToVerify, $"整改完成，请您复核：{f.Name}")],
        "finding.sent-back" or "finding.disputed" or "finding.recheck-recurred" => [([f.RectifierId], Returned, $"退回重改：{f.Name}")],
        "finding.verified" => [([f.AssignerId], ToClose, $"已复核，可以关闭：{f.Name}")],
        "finding.extended" => [([f.AssignerId], Extended, $"延了期：{f.Name}，新期限 {f.DueOn:yyyy-MM-dd}")],
        "finding.escalated" => [([f.EscalatedToId], Escalated, $"超期升级到您这里：{f.Name}")],
        "finding.listed" => [([f.RectifierId], Supervised, $"被挂牌督办：{f.Name}")],
        "finding.closed" => [(f.Reporters, Answered, $"您上报的已关闭，请看看改好没有：{f.Name}")],
        "finding.rejected" => [(f.Reporters, Answered, $"您上报的没有受理，理由在里面：{f.Name}")],
        "finding.merged" => [(f.Reporters, Answered, $"您上报的与另一条合并：{f.Name}")],
        _ => [],
    };

    /// <summary>Who may assign in this unit, by the posts of today.</summary>
    async Task<IEnumerable<Guid?>> DispatchersAsync(Guid unitId, CancellationToken cancel)
    {
        var posts = rights.PostsWith(FindingPermissions.Assign);
        return await db.Appointments.Where(held => posts.Contains(held.Post) && held.To == null && db.NodeClosure.Any(up => up.DescendantId == unitId && up.AncestorId == held.NodeId))
            .Select(held => (Guid?)held.PersonId).Distinct().ToListAsync(cancel);
    }

    static Guid? In(JournalRow row, string name)
    {
        using var data = JsonDocument.Parse(row.Data);
        return data.RootElement.TryGetProperty(name, out var value) && value.TryGetGuid(out var id) ? id : null;
    }
}
