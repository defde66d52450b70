using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;

namespace Ronghe.Safety.ModelPosts;

/// <summary>A record of something done at a post.</summary>
public sealed record NewActivity(Guid Id, ActivityKind Kind, DateOnly On, string Title, string Outcome);

/// <summary>Every act on a model post: load what I may see → may I → do → journal → one save. Its public notice: <see cref="ModelPostShowing"/>.</summary>
public sealed class ModelPostActions(AppDb db, Me me, ModelPostAccess access, ModelPostReadings readings, TimeProvider clock)
{
    public const string Kind = "model-post";

    /// <summary>With an id made by the caller: sent twice, it is stored once. Oneself, or a colleague in whose unit I may put people forward.</summary>
    public async Task NominateAsync(Guid id, ModelPostNomination facts, CancellationToken cancel = default)
    {
        if (id == Guid.Empty) throw new Refusal("id 不能全是零，没有保存。请为每份申报生成一个 UUIDv7。", "id");
        if (await IsThereAsync(id, facts, cancel)) return;
        (facts, var unit) = await CompleteAsync(facts, cancel);
        var post = ModelPost.Nominate(id, me.CompanyId, unit, facts, me.Id, clock.GetUtcNow());
        db.ModelPosts.Add(post);
        Record(post, ModelPostVerb.Nominate);
        if (!await db.SaveNewAsync(cancel) && !await IsThereAsync(id, facts, cancel)) throw OneAtATime(facts.Kind);
    }

    public Task AgreeAsync(Guid id, int version, CancellationToken cancel = default) => ActAsync(id, version, ModelPostVerb.Agree, post => post.Agree(me.Id, clock.GetUtcNow()), cancel);

    public Task RecommendAsync(Guid id, int version, string opinion, CancellationToken cancel = default) =>
        ActAsync(id, version, ModelPostVerb.Recommend, post => post.Recommend(opinion, me.Id, clock.GetUtcNow()), cancel);

    /// <summary>Keeps what the records say at this moment; the page showed the same.</summary>
    public async Task CheckAsync(Guid id, int version, string opinion, CancellationToken cancel = default)
    {
        var post = await LoadAsync(id, version, ModelPostVerb.Check, cancel);
        await RequireHolderAsync(post, ModelPostVerb.Check, cancel);
        post.Check(await readings.OfAsync(post, cancel), opinion, me.Id, clock.GetUtcNow());
        await SaveAsync(post, ModelPostVerb.Check, cancel);
    }

    public async Task AwardAsync(Guid id, int version, ModelPostTerm term, CancellationToken cancel = default)
    {
        var post = await LoadAsync(id, version, ModelPostVerb.Award, cancel);
        await RequireHolderAsync(post, ModelPostVerb.Award, cancel);
        post.Award(term, me.Id, clock.GetUtcNow());
        await SaveAsync(post, ModelPostVerb.Award, cancel);
    }

    public Task AddActivityAsync(Guid id, int version, NewActivity activity, CancellationToken cancel = default)
    {
        if (activity.Id == Guid.Empty) throw new Refusal("id 不能全是零，没有保存。请为每项活动生成一个 UUIDv7。", "id");
        return ActAsync(id, version, ModelPostVerb.AddActivity, post =>
            post.AddActivity(activity.Id, activity.Kind, activity.On, activity.Title, activity.Outcome, me.Id, clock.GetUtcNow()), cancel, repeated: post => post.Activities.Any(one => one.Id == activity.Id));
    }

    public async Task ReviewAsync(Guid id, int version, string opinion, CancellationToken cancel = default)
    {
        var post = await LoadAsync(id, version, ModelPostVerb.Review, cancel);
        post.Review(await readings.OfAsync(post, cancel), opinion, me.Id, clock.GetUtcNow());
        await SaveAsync(post, ModelPostVerb.Review, cancel);
    }

    public async Task RenewAsync(Guid id, int version, int months, int reviewMonths, string note, CancellationToken cancel = default)
    {
        var post = await LoadAsync(id, version, ModelPostVerb.Renew, cancel);
        await RequireHolderAsync(post, ModelPostVerb.Renew, cancel);
        post.Renew(months, reviewMonths, note, me.Id, clock.GetUtcNow());
        await SaveAsync(post, ModelPostVerb.Renew, cancel);
    }

    public Task TakeDownAsync(Guid id, int version, string reason, CancellationToken cancel = default) =>
        ActAsync(id, version, ModelPostVerb.TakeDown, post => post.TakeDown(reason, me.Id, clock.GetUtcNow()), cancel);

    public Task RefuseAsync(Guid id, int version, string reason, CancellationToken cancel = default) =>
        ActAsync(id, version, ModelPostVerb.Refuse, post => post.Refuse(reason, me.Id, clock.GetUtcNow()), cancel);

    public Task WithdrawAsync(Guid id, int version, string reason, CancellationToken cancel = default) =>
        ActAsync(id, version, ModelPostVerb.Withdraw, post => post.Withdraw(reason, me.Id, clock.GetUtcNow()), cancel);

    async Task ActAsync(Guid id, int version, ModelPostVerb verb, Action<ModelPost> act, CancellationToken cancel, Func<ModelPost, bool>? repeated = null)
    {
        var post = await LoadAsync(id, version, verb, cancel, repeated);
        if (repeated?.Invoke(post) == true) return;
        act(post);
        await SaveAsync(post, verb, cancel);
    }

    internal async Task<ModelPost> LoadAsync(Guid id, int version, ModelPostVerb verb, CancellationToken cancel, Func<ModelPost, bool>? repeated = null)
    {
        var post = await access.Visible().Include(one => one.Places).Include(one => one.Activities).SingleOrDefaultAsync(one => one.Id == id, cancel) ?? throw new NotFound("这个示范岗");
        var path = await db.NodeClosure.Where(c => c.DescendantId == post.UnitId).Select(c => c.AncestorId).ToArrayAsync(cancel);
        if (!access.MayEver(post, verb, path)) throw new Forbidden(access.Stranger(post, verb));
        if (post.Version != version && repeated?.Invoke(post) != true) throw new StaleWrite("您打开以后这个示范岗有了变化，这次没有办，填写的内容还在。请看过最新情况再办。");
        return post;
    }

    internal async Task SaveAsync(ModelPost post, ModelPostVerb verb, CancellationToken cancel)
    {
        Record(post, verb);
        await db.SaveChangesAsync(cancel);
    }

    internal void Record(ModelPost post, ModelPostVerb verb) =>
        db.Record(post, Kind, ModelPostJournal.EventOf(verb), me.PersonId, clock.GetUtcNow(), post.UnitId, new { post.State, post.Kind, term = post.From is null ? null : $"{post.From:yyyy-MM-dd}/{post.To:yyyy-MM-dd}" });

    async Task<bool> IsThereAsync(Guid id, ModelPostNomination facts, CancellationToken cancel)
    {
        var already = await db.ModelPosts.Where(post => post.Id == id).Select(post => new { post.NominatorId, post.PersonId, post.Kind }).SingleOrDefaultAsync(cancel);
        if (already is null) return false;
        if (already.NominatorId == me.PersonId && already.PersonId == facts.PersonId && already.Kind == facts.Kind) return true;
        throw new Refusal("这个编号已经用过，没有保存，填写的内容还在。请刷新页面后再提交。", "id");
    }

    /// <summary>With the work that the roster knows when none was written, and the unit in which the person works; refused when something named does not fit.</summary>
    async Task<(ModelPostNomination, Guid Unit)> CompleteAsync(ModelPostNomination facts, CancellationToken cancel)
    {
        var wanted = facts.PlaceIds.Distinct().ToArray();
        var found = await db.Units.Where(unit => unit.Id == me.CompanyId).Select(_ => new
        {
            Person = db.People.Where(p => p.Id == facts.PersonId && p.CompanyId == me.CompanyId && p.LeftOn == null).Select(p => new { p.UnitId, p.Position }).SingleOrDefault(),
            IsMember = readings.Members().Any(member => member.PersonId == facts.PersonId),
            HasZone = db.Zones.Any(zone => zone.Id == facts.ZoneId && zone.CompanyId == me.CompanyId && zone.IsActive),
            Places = db.Places.Count(place => wanted.Contains(place.Id) && place.CompanyId == me.CompanyId && place.IsActive),
            IsUnderWay = db.ModelPosts.Any(post => post.PersonId == facts.PersonId && post.Kind == facts.Kind
                && post.State != ModelPostState.Ended && post.State != ModelPostState.Refused && post.State != ModelPostState.Withdrawn),
        }).SingleAsync(cancel);
        if (found.Person is not { } person) throw new Refusal("没有找到这位同事，或他已离岗，没有保存。请重新选择。", nameof(facts.PersonId));
        if (!found.IsMember) throw new Refusal("党员安全示范岗由党员（含预备党员）担任，名册里没有这位同事的党组织关系，没有保存。名册不对的，请党务专责先更正。", nameof(facts.PersonId));
        if (facts.ZoneId is not null && !found.HasZone) throw new Refusal("没有找到这个责任区，或它已停用，没有保存。请重新选择。", nameof(facts.ZoneId));
        if (found.Places != wanted.Length) throw new Refusal("有的地点没有找到或已停用，没有保存，填写的内容还在。请重新选择。", nameof(facts.PlaceIds));
        if (found.IsUnderWay) throw OneAtATime(facts.Kind);
        var path = await db.NodeClosure.Where(c => c.DescendantId == person.UnitId).Select(c => c.AncestorId).ToArrayAsync(cancel);
        if (facts.PersonId != me.PersonId && !me.May(ModelPostPermissions.Nominate, path)) throw new Refusal("您只能申报自己，或自己管理范围内的同事，没有保存。别处的人，请他自己申报。", nameof(facts.PersonId));
        return (string.IsNullOrWhiteSpace(facts.Position) ? facts with { Position = person.Position } : facts, person.UnitId);
    }

    /// <summary>A plate is not given to, or left with, somebody who left or is no member any more.</summary>
    async Task RequireHolderAsync(ModelPost post, ModelPostVerb verb, CancellationToken cancel)
    {
        var holder = await db.People.Where(p => p.Id == post.PersonId).Select(p => new HolderFacts(
            p.Name, p.LeftOn, readings.Members().Any(member => member.PersonId == p.Id), db.NodeClosure.Any(c => c.AncestorId == post.UnitId && c.DescendantId == p.UnitId),
            db.Units.First(unit => unit.Id == p.UnitId).Name)).SingleAsync(cancel);
        if (holder.Gap is { } gap) throw new Refusal($"{gap}，不能{verb.Title()}。{(post.IsHeld ? "请摘牌，写明原因。" : "请写明原因，不予通过。")}");
    }

    static Refusal OneAtATime(ModelPostKind kind) => new($"这位同事已经有一份“{kind.Title()}”示范岗在办或在任期中，没有保存。", nameof(ModelPostNomination.PersonId));
}

/// <summary>Whether the holder is still there, a member, and at the post.</summary>
public sealed record HolderFacts(string Name, DateOnly? LeftOn, bool IsMember, bool IsAtPost, string UnitNow)
{
    /// <summary>Null when nothing is amiss, else the reason in words.</summary>
    public string? Gap => LeftOn is { } left ? $"{Name}已在 {left:yyyy-MM-dd} 离岗" : !IsMember ? $"{Name}已没有党组织关系" : !IsAtPost ? $"{Name}已调到{UnitNow}" : null;
}
