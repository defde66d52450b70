using Microsoft.EntityFrameworkCore;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Notices;

namespace Ronghe.Safety.Violations;

/// <summary>The person is told of everything that is written about him, before it counts and after (F4).</summary>
public sealed class ViolationNotices(AppDb db)
{
    const string Noted = "violation.noted", Decided = "violation.decided";

    public static readonly IReadOnlyList<NoticeKind> Kinds =
    [
        new(Noted, "记了我一条违章，请我说明", "有一件事请您说明情况，请登录平台查看。") { IsMandatory = true },
        new(Decided, "我的违章有了认定结果", "您说明过的一件事有了结果，请登录平台查看。") { IsMandatory = true },
    ];

    public static readonly NoticeSource Source = new((scope, rows, cancel) => scope.GetRequiredService<ViolationNotices>().FindAsync(rows, cancel));

    async Task<IReadOnlyList<NoticeDraft>> FindAsync(IReadOnlyList<JournalRow> rows, CancellationToken cancel)
    {
        var mine = rows.Where(row => row.SubjectKind == ViolationActions.Kind).ToList();
        if (mine.Count == 0) return [];
        var ids = mine.Select(row => row.SubjectId).Distinct().ToArray();
        var persons = await db.Violations.AsNoTracking().Where(one => ids.Contains(one.Id) && one.PersonId != null).ToDictionaryAsync(one => one.Id, one => one.PersonId!.Value, cancel);
        return [.. from row in mine
                   where persons.ContainsKey(row.SubjectId) && persons[row.SubjectId] != row.ActorId
                   from told in About(row.Event)
                   select new NoticeDraft(persons[row.SubjectId], told.Kind, $"journal {row.Seq}", told.Text, $"/violations/{row.SubjectId}")];
    }

    static (string Kind, string Text)[] About(string @event) => @event switch
    {
        "violation.noted" => [(Noted, "记了您一条违章，请看看是否属实，说明情况。听过您的说明、另一位同事认定后才算数。")],
        "violation.confirmed" => [(Decided, "您的一条违章已认定，理由在里面。")],
        "violation.dropped" => [(Decided, "记您的一条违章已撤销。")],
        _ => [],
    };
}
