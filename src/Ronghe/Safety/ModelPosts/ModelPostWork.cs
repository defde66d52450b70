using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Work;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Web;

namespace Ronghe.Safety.ModelPosts;

/// <summary>Model posts that wait for me: to say whether I want to, to recommend, check, show, award, review, renew, or take down.</summary>
public sealed class ModelPostWork(AppDb db, Me me, TimeProvider clock)
{
    const int MostWaiting = 50, DaysAhead = 14;

    public static readonly WaitingSource Source = new(
        scope => scope.GetRequiredService<ModelPostWork>().Waits().Select(post => post.Id),
        (scope, cancel) => scope.GetRequiredService<ModelPostWork>().ListAsync(cancel));

    IQueryable<ModelPost> Waits()
    {
        var soon = clock.Today().AddDays(DaysAhead);
        var (recommend, check, award, review) = (me.ReachOf(ModelPostPermissions.Recommend), me.ReachOf(ModelPostPermissions.Check), me.ReachOf(ModelPostPermissions.Award), me.ReachOf(ModelPostPermissions.Review));
        return db.ModelPosts.AsNoTracking().Where(post => post.CompanyId == me.CompanyId && (
                (post.PersonId == me.PersonId && post.State == ModelPostState.Nominated && post.AgreedAt == null)
                || (post.PersonId != me.PersonId && (
                    (post.State == ModelPostState.Nominated && post.AgreedAt != null && db.NodeClosure.Any(c => c.DescendantId == post.UnitId && recommend.Contains(c.AncestorId)))
                    || (post.State == ModelPostState.Recommended && post.NominatorId != me.PersonId && post.RecommenderId != me.PersonId
                        && db.NodeClosure.Any(c => c.DescendantId == post.UnitId && check.Contains(c.AncestorId)))
                    || ((post.State == ModelPostState.Checked || post.State == ModelPostState.Cleared || (post.State == ModelPostState.Reviewed && post.To <= soon)
                            || (ModelPostStates.Held.Contains(post.State) && db.People.Any(p => p.Id == post.PersonId && p.LeftOn != null)))
                        && db.NodeClosure.Any(c => c.DescendantId == post.UnitId && award.Contains(c.AncestorId)))
                    || (post.State == ModelPostState.InTerm && post.ReviewOn <= soon && db.NodeClosure.Any(c => c.DescendantId == post.UnitId && review.Contains(c.AncestorId)))))))
            .OrderBy(post => post.NominatedAt).Take(MostWaiting);
    }

    async Task<IReadOnlyList<WaitingLine>> ListAsync(CancellationToken cancel)
    {
        var rows = await Waits().Select(post => new
        {
            post.Id, post.State, post.AgreedAt, post.Kind, post.Position, post.NominatedAt, post.ReviewOn, post.To,
            Person = db.People.Where(p => p.Id == post.PersonId).Select(p => new { p.Name, p.LeftOn }).First(), Unit = db.Units.First(unit => unit.Id == post.UnitId).Name,
        }).ToListAsync(cancel);
        return [.. rows.Select(row =>
        {
            var (title, button, press) = row.State switch
            {
                _ when row.Person.LeftOn is not null && ModelPostStates.Held.Contains(row.State) => ("摘牌或说明：持有人已离岗", "去办理", row.Person.LeftOn.Value),
                ModelPostState.Nominated when row.AgreedAt is null => ("有人申报您为示范岗，愿不愿意参评", "去答复", row.NominatedAt.PlantDate().AddDays(5)),
                ModelPostState.Nominated => ("推荐示范岗", "去推荐", row.NominatedAt.PlantDate().AddDays(10)),
                ModelPostState.Recommended => ("审核示范岗申报", "去审核", row.NominatedAt.PlantDate().AddDays(15)),
                ModelPostState.Checked => ("公示示范岗", "去公示", row.NominatedAt.PlantDate().AddDays(20)),
                ModelPostState.Cleared => ("示范岗授牌", "去授牌", row.NominatedAt.PlantDate().AddDays(30)),
                ModelPostState.InTerm => ("示范岗复评", "去复评", row.ReviewOn!.Value),
                _ => ("示范岗续任或摘牌", "去办理", row.To!.Value),
            };
            return new WaitingLine(row.Id, "award", $"{title}：{row.Position}", $"{row.Person.Name} · {row.Unit} · {row.Kind.Title()} · {press.Say(clock.Today().Year)} 前", $"/model-posts/{row.Id}#acts", button, press)
            { Since = row.NominatedAt };
        })];
    }
}
