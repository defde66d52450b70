using Microsoft.EntityFrameworkCore;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Notices;

namespace Ronghe.Safety.ModelPosts;

/// <summary>The person and whoever put him forward are told of every step; reasons stand in the record, not in the message.</summary>
public sealed class ModelPostNotices(AppDb db)
{
    const string Asked = "model-post.asked", Went = "model-post.went";

    public static readonly IReadOnlyList<NoticeKind> Kinds =
    [
        new(Asked, "有人申报我当示范岗，请我答复", "有一件事请您答复，请登录平台查看。") { IsMandatory = true },
        new(Went, "我的示范岗有了进展", "您的一项申报有了进展，请登录平台查看。"),
    ];

    public static readonly NoticeSource Source = new((scope, rows, cancel) => scope.GetRequiredService<ModelPostNotices>().FindAsync(rows, cancel));

    static readonly Dictionary<string, string> Words = new()
    {
        [ModelPostJournal.EventOf(ModelPostVerb.Agree)] = "本人同意参评", [ModelPostJournal.EventOf(ModelPostVerb.Recommend)] = "支部已推荐", [ModelPostJournal.EventOf(ModelPostVerb.Check)] = "审核通过，等公示",
        [ModelPostJournal.EventOf(ModelPostVerb.Show)] = "开始公示", [ModelPostJournal.EventOf(ModelPostVerb.Clear)] = "公示通过，等授牌", [ModelPostJournal.EventOf(ModelPostVerb.Fail)] = "公示没有通过",
        [ModelPostJournal.EventOf(ModelPostVerb.TakeBack)] = "公示撤回了", [ModelPostJournal.EventOf(ModelPostVerb.Award)] = "已授牌", [ModelPostJournal.EventOf(ModelPostVerb.Review)] = "已复评",
        [ModelPostJournal.EventOf(ModelPostVerb.Renew)] = "已续任", [ModelPostJournal.EventOf(ModelPostVerb.TakeDown)] = "已摘牌，理由在里面", [ModelPostJournal.EventOf(ModelPostVerb.Refuse)] = "没有通过，理由在里面",
    };

    async Task<IReadOnlyList<NoticeDraft>> FindAsync(IReadOnlyList<JournalRow> rows, CancellationToken cancel)
    {
        var nominated = ModelPostJournal.EventOf(ModelPostVerb.Nominate);
        var mine = rows.Where(row => row.SubjectKind == ModelPostActions.Kind && (row.Event == nominated || Words.ContainsKey(row.Event))).ToList();
        if (mine.Count == 0) return [];
        var ids = mine.Select(row => row.SubjectId).Distinct().ToArray();
        var posts = await db.ModelPosts.AsNoTracking().Where(post => ids.Contains(post.Id)).Select(post => new { post.Id, post.PersonId, post.NominatorId, post.Kind }).ToDictionaryAsync(post => post.Id, cancel);
        return [.. from row in mine
                   let post = posts.GetValueOrDefault(row.SubjectId)
                   where post is not null
                   from told in row.Event == nominated ? [post.PersonId] : new[] { post.PersonId, post.NominatorId }.Distinct()
                   where told != row.ActorId
                   select row.Event == nominated
                       ? new NoticeDraft(told, Asked, $"journal {row.Seq}", $"有人申报您为“{post.Kind.Title()}”示范岗，请看看愿不愿意参评", $"/model-posts/{post.Id}")
                       : new NoticeDraft(told, Went, $"journal {row.Seq}", $"“{post.Kind.Title()}”示范岗：{Words[row.Event]}", $"/model-posts/{post.Id}")];
    }
}
