using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.People;
using Ronghe.PublicNotices;
using Ronghe.Safety.ModelPosts;

namespace Ronghe.Demo;

/// <summary>Model posts on every step of their way: one waits for its branch, one is being shown, three are in their term.</summary>
public sealed class DemoModelPosts(SafetyStory story, DemoCalendar calendar, DemoCast cast)
{
    /// <summary>Working days that a notice runs, and days after which it is over whatever holidays lie in between.</summary>
    const int Shown = 6, OverAfter = 20, TermMonths = 12, ReviewMonths = 6;

    readonly Guid _award = cast.Of(DemoCast.CommitteeSecretary).Id;

    public IEnumerable<DemoAct> All() => story.Posts.SelectMany(Play);

    IEnumerable<DemoAct> Play(StoryPost post)
    {
        var (id, person, day) = (DemoAct.IdOf(post.Key), cast.Of(post.Person), post.Day);
        yield return By(cast.Of(post.By ?? post.Person), day, 9, s => NominateAsync(s, id, post, person));
        if (post.By is not null) yield return Act(person, day, 12, id, (a, v) => a.AgreeAsync(id, v));
        if (post.Recommended is not { } opinion) yield break;
        yield return Act(cast.Of(post.Recommender), day + 2, 10, id, (a, v) => a.RecommendAsync(id, v, opinion));
        yield return Act(cast.Of(DemoCast.SafetyHead), day + 3, 10, id, (a, v) => a.CheckAsync(id, v, "核对了违章、隐患和培训记录，符合条件。"));
        var noticeId = DemoAct.IdOf(post.Key + "-notice");
        yield return new(calendar.StoryDay(day + 4, new TimeOnly(15, 0)), _award, async s =>
            await s.GetRequiredService<ModelPostShowing>().ShowAsync(id, await DemoAct.VersionAsync<ModelPost>(s, id), noticeId, Shown));
        if (post.IsBeingShown) yield break;
        yield return new(calendar.StoryDay(day + OverAfter, new TimeOnly(15, 0)), _award, async s =>
            await s.GetRequiredService<PublicNoticeActions>().CloseAsync(noticeId, await DemoAct.VersionAsync<PublicNotice>(s, noticeId), held: true, "公示期满，没有异议。"));
        var from = calendar.Zero.AddDays(day + OverAfter + 1);
        yield return new(calendar.StoryDay(day + OverAfter + 1, new TimeOnly(9, 0)), _award, async s =>
            await s.GetRequiredService<ModelPostActions>().AwardAsync(id, await DemoAct.VersionAsync<ModelPost>(s, id), ModelPostTerm.Of(from, TermMonths, ReviewMonths)));
        foreach (var (n, activity) in post.Activities.Index())
            yield return Act(person, activity.Day, 16, id, (a, v) =>
                a.AddActivityAsync(id, v, new(DemoAct.IdOf($"{post.Key}-{n + 1}"), activity.Kind, calendar.Zero.AddDays(activity.Day), activity.Title, activity.Outcome)));
        if (post.Reviewed is { } review)
            yield return Act(cast.Of(DemoCast.SafetyHead), post.ReviewedDay, 10, id, (a, v) => a.ReviewAsync(id, v, review));
    }

    static async Task NominateAsync(IServiceProvider s, Guid id, StoryPost post, Person person)
    {
        var zone = await s.GetRequiredService<AppDb>().Zones.Where(zone => zone.ContentId == post.Zone).Select(zone => zone.Id).SingleAsync();
        await s.GetRequiredService<ModelPostActions>().NominateAsync(id, new(post.Kind, person.Id, "", zone, [], post.Statement));
    }

    DemoAct Act(Person by, int day, int hour, Guid id, Func<ModelPostActions, int, Task> act) =>
        By(by, day, hour, async s => await act(s.GetRequiredService<ModelPostActions>(), await DemoAct.VersionAsync<ModelPost>(s, id)));

    DemoAct By(Person by, int day, int hour, Func<IServiceProvider, Task> act) => new(calendar.StoryDay(day, new TimeOnly(hour, 0)), by.Id, act);
}
