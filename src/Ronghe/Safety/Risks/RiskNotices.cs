using Microsoft.EntityFrameworkCore;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Notices;
using Ronghe.Platform.Web;

namespace Ronghe.Safety.Risks;

/// <summary>Whom risks and sessions concern: who has to agree, who keeps it under control, who rated it, who is to take part.</summary>
public sealed class RiskNotices(AppDb db)
{
    const string ToConfirm = "risk.to-confirm", Answered = "risk.answered", Mine = "risk.mine", Invited = "risk-session.invited", Over = "risk-session.over";

    public static readonly IReadOnlyList<NoticeKind> Kinds =
    [
        new(ToConfirm, "请我确认的风险级别", "有一个风险的级别等您确认，请登录平台查看。") { IsMandatory = true },
        new(Answered, "我提出的风险级别有了答复", "您提出的一个风险级别有了答复，请登录平台查看。"),
        new(Mine, "我管控的风险有变化", "您管控的一个风险有了变化，请登录平台查看。"),
        new(Invited, "请我参加的风险研判会", "有一次研判会请您参加，请登录平台查看。"),
        new(Over, "我参加的研判会结束或取消", "您参加的一次研判会有了结果，请登录平台查看。"),
    ];

    public static readonly NoticeSource Source = new((scope, rows, cancel) => scope.GetRequiredService<RiskNotices>().FindAsync(rows, cancel));

    async Task<IReadOnlyList<NoticeDraft>> FindAsync(IReadOnlyList<JournalRow> rows, CancellationToken cancel) =>
        [.. await OfRisksAsync([.. rows.Where(row => row.SubjectKind == RiskActions.Kind)], cancel), .. await OfSessionsAsync([.. rows.Where(row => row.SubjectKind == RiskSessionActions.Kind)], cancel)];

    async Task<IEnumerable<NoticeDraft>> OfRisksAsync(IReadOnlyList<JournalRow> rows, CancellationToken cancel)
    {
        if (rows.Count == 0) return [];
        var ids = rows.Select(row => row.SubjectId).Distinct().ToArray();
        var risks = await db.Risks.AsNoTracking().Include(risk => risk.Assessments).Where(risk => ids.Contains(risk.Id)).ToDictionaryAsync(risk => risk.Id, cancel);
        return from row in rows
               where risks.ContainsKey(row.SubjectId)
               let risk = risks[row.SubjectId]
               from told in About(row.Event, risk)
               where told.Person is { } person && person != row.ActorId
               select new NoticeDraft(told.Person!.Value, told.Kind, $"journal {row.Seq}", told.Text, $"/risks/{risk.Id}");
    }

    static IEnumerable<(Guid? Person, string Kind, string Text)> About(string @event, Risk risk)
    {
        var latest = risk.Assessments.OrderBy(one => one.At).ThenBy(one => one.Id).LastOrDefault();
        return @event switch
        {
            "risk.proposed" => [(latest?.ConfirmerId, ToConfirm, $"风险级别请您确认：{risk.Title}，拟评{latest?.Level.Say()}"), (risk.OwnerId, Mine, $"您管控的风险提出了新的级别，等领导确认：{risk.Title}")],
            "risk.confirmed" => [(latest?.ById, Answered, $"您提出的级别已确认：{risk.Title}"), (risk.OwnerId, Mine, $"您管控的风险现在是{risk.Level?.Say()}：{risk.Title}")],
            "risk.sent-back" => [(latest?.ById, Answered, $"您提出的级别退回了：{risk.Title}，理由：{latest?.SettledNote}")],
            "risk.assessed" => [(risk.OwnerId, Mine, $"您管控的风险评过级：{risk.Title}，{risk.Level?.Say()}，{risk.ReviewOn?.Say()} 前复评")],
            "risk.controlled" => [(risk.OwnerId, Mine, $"风险纳入管控，由您负责：{risk.Title}，{risk.ReviewOn?.Say()} 前复评")],
            "risk.closed" => [(risk.OwnerId, Mine, $"您管控的风险已关闭：{risk.Title}")],
            _ => [],
        };
    }

    async Task<IEnumerable<NoticeDraft>> OfSessionsAsync(IReadOnlyList<JournalRow> rows, CancellationToken cancel)
    {
        if (rows.Count == 0) return [];
        var ids = rows.Select(row => row.SubjectId).Distinct().ToArray();
        var sessions = await db.RiskSessions.AsNoTracking().Where(session => ids.Contains(session.Id))
            .Select(session => new { session.Id, session.Title, session.PlannedOn, session.ChairId, session.InvitedIds, session.PresentIds }).ToDictionaryAsync(session => session.Id, cancel);
        return from row in rows
               where sessions.ContainsKey(row.SubjectId)
               let session = sessions[row.SubjectId]
               from told in AboutSession(row.Event, session.Title, session.PlannedOn)
               from person in session.InvitedIds.Concat(session.PresentIds).Append(session.ChairId).Distinct()
               where person != row.ActorId
               select new NoticeDraft(person, told.Kind, $"journal {row.Seq}", told.Text, $"/risk-sessions/{session.Id}");
    }

    static (string Kind, string Text)[] AboutSession(string @event, string title, DateOnly on) => @event switch
    {
        "risk-session.planned" => [(Invited, $"{on.Say()} 请您参加：{title}")],
        "risk-session.closed" => [(Over, $"研判会结束，结论在里面：{title}")],
        "risk-session.cancelled" => [(Over, $"研判会取消：{title}")],
        _ => [],
    };
}
