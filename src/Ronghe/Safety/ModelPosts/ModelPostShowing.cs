using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.PublicNotices;

namespace Ronghe.Safety.ModelPosts;

/// <summary>
/// The public notice of a checked nomination. It opens in the same save in which the post goes on, and its outcome moves the post in the
/// save that declares it: neither can be there without the other.
/// </summary>
public sealed class ModelPostShowing(AppDb db, Me me, ModelPostActions posts, PublicNoticeActions notices, TimeProvider clock)
{
    public static readonly PublicNoticeSubject Subject = new(ModelPostActions.Kind, (scope, id, notice, cancel) => scope.GetRequiredService<ModelPostShowing>().EndedAsync(id, notice, cancel));

    sealed record Facts(string Person, string Unit, string? Zone, string[] Places, string Opinion);

    /// <param name="id">The post.</param>
    /// <param name="version">As the page showed it.</param>
    /// <param name="noticeId">UUIDv7 made by the caller.</param>
    /// <param name="workdays">How long; objections are taken until then.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task ShowAsync(Guid id, int version, Guid noticeId, int workdays, CancellationToken cancel = default)
    {
        var post = await posts.LoadAsync(id, version, ModelPostVerb.Show, cancel);
        if (post.Obstacle(ModelPostVerb.Show, clock.Today()) is { } obstacle) throw new Refusal(obstacle);
        var words = new PublicNoticeWords($"党员安全示范岗拟定：{post.Position}（{post.Kind.Title()}）", await TextAsync(post, cancel), [await WidestAsync(post, cancel)], workdays);
        await notices.AddOpenAsync(noticeId, words, (ModelPostActions.Kind, id), cancel);
        post.Show(noticeId, me.Id, clock.GetUtcNow());
        await posts.SaveAsync(post, ModelPostVerb.Show, cancel);
    }

    /// <summary>The notice was closed or withdrawn; saved by whoever did that.</summary>
    async Task EndedAsync(Guid id, PublicNotice notice, CancellationToken cancel)
    {
        var post = await db.ModelPosts.SingleOrDefaultAsync(one => one.Id == id && one.NoticeId == notice.Id && one.State == ModelPostState.Shown, cancel);
        if (post is null) return;
        post.EndNotice(notice.Held, notice.Reason, me.PersonId, clock.GetUtcNow());
        posts.Record(post, notice.Held switch { true => ModelPostVerb.Clear, false => ModelPostVerb.Fail, _ => ModelPostVerb.TakeBack });
    }

    /// <summary>Everybody in the highest unit above the post to which I may publish.</summary>
    async Task<Guid> WidestAsync(ModelPost post, CancellationToken cancel)
    {
        var reach = me.ReachOf(PublicNoticePermissions.Publish);
        return await db.NodeClosure.Where(c => c.DescendantId == post.UnitId && reach.Contains(c.AncestorId)).OrderByDescending(c => c.Depth).Select(c => (Guid?)c.AncestorId).FirstOrDefaultAsync(cancel)
            ?? throw new Forbidden("您在这个单位没有公示的权限，请由党委、党务专责办理。");
    }

    /// <summary>What everybody reads: who, where, why. What the records say of violations stays with those who may read it.</summary>
    async Task<string> TextAsync(ModelPost post, CancellationToken cancel)
    {
        var places = post.Places.Select(place => place.PlaceId).ToArray();
        var facts = await db.ModelPosts.Where(one => one.Id == post.Id).Select(one => new Facts(
            db.People.First(p => p.Id == one.PersonId).Name, db.Units.First(u => u.Id == one.UnitId).Name, db.Zones.Where(z => z.Id == one.ZoneId).Select(z => z.Name).FirstOrDefault(),
            db.Places.Where(p => places.Contains(p.Id)).Select(p => p.FullName).ToArray(),
            one.Steps.Where(step => step.Verb == ModelPostVerb.Recommend).OrderByDescending(step => step.At).Select(step => step.Note).First())).SingleAsync(cancel);
        return $"""
            经本人同意、支部推荐、对照记录审核，拟定以下党员安全示范岗，现予公示。有不同意见的，请在公示期内提出，可以不署名。

            姓名：{facts.Person}
            单位和岗位：{facts.Unit} {post.Position}
            类别：{post.Kind.Title()}
            岗位范围：{string.Join('、', facts.Places.Prepend(facts.Zone).Where(part => part is not null))}

            事迹：{Short(post.Statement)}

            支部推荐意见：{Short(facts.Opinion)}
            """;
    }

    /// <summary>Both together stay below what a notice holds.</summary>
    static string Short(string text) => text.Length <= ModelPost.MaxText ? text : text[..ModelPost.MaxText];
}
