using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Notices;

namespace Ronghe.PublicNotices;

/// <summary>Whom a public notice's course concerns. Readers are not told one by one: it stands on the page for as long as it runs.</summary>
public sealed class PublicNoticeNotices(AppDb db)
{
    const string Objected = "public-notice.objected", Answered = "public-notice.answered";

    public static readonly IReadOnlyList<NoticeKind> Kinds =
    [
        new(Objected, "我的公示有了异议", "您起草的一份公示有了异议，请登录平台查看。") { IsMandatory = true },
        new(Answered, "我提的异议有了答复", "您提的一条异议有了答复，请登录平台查看。"),
    ];

    public static readonly NoticeSource Source = new((scope, rows, cancel) => scope.GetRequiredService<PublicNoticeNotices>().FindAsync(rows, cancel));

    async Task<IReadOnlyList<NoticeDraft>> FindAsync(IReadOnlyList<JournalRow> rows, CancellationToken cancel)
    {
        var mine = rows.Where(row => row.SubjectKind == PublicNoticeActions.Kind && row.Event is "public-notice.objected" or "public-notice.answered").ToList();
        if (mine.Count == 0) return [];
        var ids = mine.Select(row => row.SubjectId).Distinct().ToArray();
        var notices = await db.PublicNotices.AsNoTracking().Include(notice => notice.Objections).Where(notice => ids.Contains(notice.Id)).ToDictionaryAsync(notice => notice.Id, cancel);
        return [.. from row in mine
                   where notices.ContainsKey(row.SubjectId)
                   let notice = notices[row.SubjectId]
                   from draft in About(row, notice)
                   where draft.PersonId != row.ActorId
                   select draft];
    }

    static IReadOnlyList<NoticeDraft> About(JournalRow row, PublicNotice notice)
    {
        var href = $"/public-notices/{notice.Id}";
        if (row.Event == "public-notice.objected") return [new(notice.AuthorId, Objected, $"journal {row.Seq}", $"有异议：{notice.Title}。请有公示权限的另一位同事答复。", href)];
        using var data = JsonDocument.Parse(row.Data);
        var objection = data.RootElement.TryGetProperty("objectionId", out var value) && value.TryGetGuid(out var id) ? id : default;
        return [.. notice.Objections.Where(one => one.Id == objection && one.ById is not null)
            .Select(one => new NoticeDraft(one.ById!.Value, Answered, $"journal {row.Seq}", $"您的异议有了答复：{notice.Title}", href))];
    }
}
