using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Safety.Violations;

namespace Ronghe.Safety.ModelPosts;

public sealed record ModelPostRow(
    Guid Id, ModelPostKind Kind, string Position, string Unit, HolderFacts Holder, ModelPostState State, DateOnly? From, DateOnly? To, DateOnly? ReviewOn, DateTimeOffset NominatedAt)
{
    /// <summary>What stands in the way of the post, in words; null when nothing does.</summary>
    public string? Trouble(DateOnly today) => !ModelPostStates.Held.Contains(State) ? null
        : Holder.Gap is { } gap ? $"{gap}，应摘牌" : To < today ? $"任期 {To:yyyy-MM-dd} 已满" : State == ModelPostState.InTerm && ReviewOn <= today ? "该复评了" : null;
}

public sealed record ModelPostFilter
{
    public const int MostPerPage = 200;

    public ModelPostKind? Kind { get; init; }
    public ModelPostState? State { get; init; }
    public Guid? Unit { get; init; }
    public Guid? Zone { get; init; }
    public bool Mine { get; init; }
    public string? After { get; init; }
    public int Limit { get; init; } = 50;
}

/// <summary>One post as this reader may see it. Opinions, reasons and what the records say are for those who are concerned or have a say.</summary>
/// <param name="Now">What the records say today, where somebody is about to check or review.</param>
/// <param name="SeesNames">Whether the reader may know whose violations are whose.</param>
public sealed record ModelPostDetail(
    ModelPost Post, HolderFacts Holder, string Nominator, string Unit, string? Zone, IReadOnlyList<NamedPlace> Places, IReadOnlyList<StepLine> Steps,
    IReadOnlyList<ModelPostActivity> Activities, ModelPostReading? Checked, ModelPostReading? Reviewed, ModelPostReading? Now, bool IsInside, bool SeesNames, bool SeesEffect, IReadOnlyList<ModelPostAct> Acts)
{
    public bool Can(ModelPostVerb verb) => Acts.Any(act => act.Verb == verb && act.Obstacle is null);
    public string RangeText => string.Join('、', Places.Select(place => place.Name).Prepend(Zone).Where(part => !string.IsNullOrEmpty(part)));
}

public sealed record NamedPlace(Guid Id, string Name, string Code);
public sealed record StepLine(ModelPostVerb Verb, ModelPostState To, string? By, DateTimeOffset At, string Note);
public sealed record ModelPostAct(ModelPostVerb Verb, string? Obstacle);

/// <summary>Model posts that I may see, newest first, and single ones.</summary>
public sealed class ModelPostQueries(AppDb db, Me me, ModelPostAccess access, ModelPostReadings readings, TimeProvider clock)
{
    /// <summary>Steps that everybody may know of; the others are the business of those concerned.</summary>
    static readonly ModelPostVerb[] PublicSteps = [ModelPostVerb.Show, ModelPostVerb.Clear, ModelPostVerb.Award, ModelPostVerb.AddActivity, ModelPostVerb.Review, ModelPostVerb.Renew, ModelPostVerb.TakeDown];

    public async Task<Paged<ModelPostRow>> ListAsync(ModelPostFilter filter, CancellationToken cancel = default)
    {
        var limit = Math.Clamp(filter.Limit, 1, ModelPostFilter.MostPerPage);
        var posts = access.Visible().AsNoTracking();
        if (filter.Kind is { } kind) posts = posts.Where(post => post.Kind == kind);
        if (filter.State is { } state) posts = posts.Where(post => post.State == state);
        if (filter.Unit is { } unit) posts = posts.Where(post => db.NodeClosure.Any(c => c.DescendantId == post.UnitId && c.AncestorId == unit));
        if (filter.Zone is { } zone) posts = posts.Where(post => post.ZoneId == zone);
        if (filter.Mine) posts = posts.Where(post => post.PersonId == me.PersonId || post.NominatorId == me.PersonId);
        if (Cursor.Parse(filter.After) is { } after)
            posts = posts.Where(post => EF.Functions.LessThan(ValueTuple.Create(post.NominatedAt, post.Id), ValueTuple.Create(after.At, after.Id)));
        var rows = await posts.OrderByDescending(post => post.NominatedAt).ThenByDescending(post => post.Id).Take(limit + 1).Select(post => new ModelPostRow(
            post.Id, post.Kind, post.Position, db.Units.First(u => u.Id == post.UnitId).Name,
            db.People.Where(p => p.Id == post.PersonId).Select(p => new HolderFacts(p.Name, p.LeftOn, readings.Members().Any(member => member.PersonId == p.Id),
                db.NodeClosure.Any(c => c.AncestorId == post.UnitId && c.DescendantId == p.UnitId), db.Units.First(u => u.Id == p.UnitId).Name)).First(),
            post.State, post.From, post.To, post.ReviewOn, post.NominatedAt)).ToListAsync(cancel);
        var more = rows.Count > limit;
        if (more) rows.RemoveAt(limit);
        return new(rows, more ? new Cursor(rows[^1].NominatedAt, rows[^1].Id).ToString() : null);
    }

    public async Task<ModelPostDetail> FindAsync(Guid id, CancellationToken cancel = default)
    {
        var found = await access.Visible().AsNoTracking().Include(post => post.Activities).Where(post => post.Id == id).Select(post => new
        {
            Post = post,
            Holder = db.People.Where(p => p.Id == post.PersonId).Select(p => new HolderFacts(p.Name, p.LeftOn, readings.Members().Any(member => member.PersonId == p.Id),
                db.NodeClosure.Any(c => c.AncestorId == post.UnitId && c.DescendantId == p.UnitId), db.Units.First(u => u.Id == p.UnitId).Name)).First(),
            Nominator = db.People.First(p => p.Id == post.NominatorId).Name,
            Unit = db.Units.First(u => u.Id == post.UnitId).Name,
            Zone = db.Zones.Where(z => z.Id == post.ZoneId).Select(z => z.Name).FirstOrDefault(),
            Places = db.Places.Where(p => post.Places.Any(held => held.PlaceId == p.Id)).OrderBy(p => p.Code).Select(p => new NamedPlace(p.Id, p.FullName, p.Code)).ToList(),
            Steps = post.Steps.OrderByDescending(step => step.At).ThenByDescending(step => step.Version)
                .Select(step => new StepLine(step.Verb, step.To, db.People.Where(p => p.Id == step.ById).Select(p => p.Name).FirstOrDefault(), step.At, step.Note)).ToList(),
            Path = db.NodeClosure.Where(c => c.DescendantId == post.UnitId).Select(c => c.AncestorId).ToArray(),
        }).AsSplitQuery().SingleOrDefaultAsync(cancel) ?? throw new NotFound("这个示范岗");
        var post = found.Post;
        var isInside = access.IsInside(post, found.Path);
        var acts = ModelPostStates.Acts.Where(verb => access.MayEver(post, verb, found.Path)).Select(verb => new ModelPostAct(verb, post.Obstacle(verb, clock.Today()))).ToList();
        var now = isInside && (post.IsHeld || post.State == ModelPostState.Recommended) ? await readings.OfAsync(post, cancel) : null;
        var seesNames = post.PersonId == me.PersonId || me.May(ViolationPermissions.Names, found.Path);
        ModelPostReading? Mine(ModelPostReading? reading) => !isInside ? null : seesNames ? reading : reading?.WithoutViolations();
        return new(post, found.Holder, found.Nominator, found.Unit, found.Zone, found.Places, isInside ? found.Steps : Public(found.Steps), [.. post.Activities.OrderByDescending(one => one.On).ThenBy(one => one.Id)],
            Mine(post.Checked), Mine(post.Reviewed), Mine(now), isInside, seesNames, access.MaySeeEffect(post, found.Path), acts);
    }

    /// <summary>Names for a form that is shown again.</summary>
    public Task<string?> PersonNameAsync(Guid id, CancellationToken cancel = default) =>
        db.People.Where(p => p.Id == id && p.CompanyId == me.CompanyId).Select(p => p.Name).FirstOrDefaultAsync(cancel);

    /// <summary>Zones to choose from.</summary>
    public async Task<IReadOnlyList<NamedPlace>> ZonesAsync(CancellationToken cancel = default) =>
        await db.Zones.AsNoTracking().Where(zone => zone.CompanyId == me.CompanyId && zone.IsActive).OrderBy(zone => zone.Name).Select(zone => new NamedPlace(zone.Id, zone.Name, zone.Cadence)).ToListAsync(cancel);

    static List<StepLine> Public(List<StepLine> steps) => [.. steps.Where(step => PublicSteps.Contains(step.Verb)).Select(step => step with { Note = "", By = null })];
}
