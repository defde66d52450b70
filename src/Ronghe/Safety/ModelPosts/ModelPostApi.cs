using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;
using Ronghe.PublicNotices;

namespace Ronghe.Safety.ModelPosts;

/// <summary>Model posts for programs: the same acts, rights and refusals as the pages.</summary>
public static class ModelPostApi
{
    public static void MapModelPostApi(this IEndpointRouteBuilder routes)
    {
        var posts = routes.MapGroup("/api/v1/model-posts").WithTags("党员安全示范岗").Requires(ModelPostPermissions.View);
        posts.MapGet("/", ListAsync).WithSummary("示范岗，按申报时间从新到旧，用 after 翻页");
        posts.MapPost("/", NominateAsync).WithSummary("申报；id 由调用方生成（UUIDv7），重复发送只存一份；不给 personId 就是申报自己");
        posts.MapGet("/{id:guid}", FindAsync).WithSummary("一个示范岗：范围、任期、经过、活动、您能看的依据和能办的事");
        posts.MapPost("/{id:guid}/consent", (Guid id, ModelPostVersion request, ModelPostActions actions, ModelPostQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.AgreeAsync(id, request.Version, cancel), cancel)).WithSummary("本人同意参评");
        posts.MapPost("/{id:guid}/recommendation", (Guid id, ModelPostNote request, ModelPostActions actions, ModelPostQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.RecommendAsync(id, request.Version, request.Note ?? "", cancel), cancel)).WithSummary("支部推荐").Requires(ModelPostPermissions.Recommend);
        posts.MapPost("/{id:guid}/check", (Guid id, ModelPostNote request, ModelPostActions actions, ModelPostQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.CheckAsync(id, request.Version, request.Note ?? "", cancel), cancel)).WithSummary("审核通过；依据当场从记录里取，随审核存下").Requires(ModelPostPermissions.Check);
        posts.MapPost("/{id:guid}/notice", (Guid id, ModelPostNoticeRequest request, ModelPostShowing showing, ModelPostQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, showing.ShowAsync(id, request.Version, request.NoticeId, request.Workdays ?? PublicNotice.UsualWorkdays, cancel), cancel))
            .WithSummary("开始公示；结果由公示决定").Requires(ModelPostPermissions.Award);
        posts.MapPost("/{id:guid}/award", AwardAsync).WithSummary("授牌，写明任期和复评日期").Requires(ModelPostPermissions.Award);
        posts.MapPost("/{id:guid}/activities", (Guid id, ActivityRequest request, ModelPostActions actions, ModelPostQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.AddActivityAsync(id, request.Version, new(request.Id, request.Kind, request.On, request.Title, request.Outcome), cancel), cancel))
            .WithSummary("记一项活动；id 由调用方生成（UUIDv7），重复发送只记一项");
        posts.MapPost("/{id:guid}/review", (Guid id, ModelPostNote request, ModelPostActions actions, ModelPostQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.ReviewAsync(id, request.Version, request.Note ?? "", cancel), cancel)).WithSummary("复评").Requires(ModelPostPermissions.Review);
        posts.MapPost("/{id:guid}/renewal", RenewAsync).WithSummary("续任").Requires(ModelPostPermissions.Award);
        posts.MapPost("/{id:guid}/removal", (Guid id, ModelPostNote request, ModelPostActions actions, ModelPostQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.TakeDownAsync(id, request.Version, request.Note ?? "", cancel), cancel)).WithSummary("摘牌，写明理由").Requires(ModelPostPermissions.Award);
        posts.MapPost("/{id:guid}/refusal", (Guid id, ModelPostNote request, ModelPostActions actions, ModelPostQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.RefuseAsync(id, request.Version, request.Note ?? "", cancel), cancel)).WithSummary("不予通过，写明理由；轮到谁办，谁有权否决");
        posts.MapPost("/{id:guid}/withdrawal", (Guid id, ModelPostNote request, ModelPostActions actions, ModelPostQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.WithdrawAsync(id, request.Version, request.Note ?? "", cancel), cancel)).WithSummary("撤回申报");
        posts.MapGet("/{id:guid}/effect", async (Guid id, ModelPostEffects effects, CancellationToken cancel) => TypedResults.Ok(await effects.OfPostAsync(id, cancel)))
            .WithSummary("一个示范岗的前后对照：条数、人天、率、率比和 95% 区间");
        posts.MapGet("/effect", async (ModelPostKind? kind, ModelPostEffects effects, CancellationToken cancel) => TypedResults.Ok(await effects.OfKindAsync(kind ?? ModelPostKind.Procedure, cancel)))
            .WithSummary("一类示范岗合起来的前后对照").Requires(ModelPostPermissions.Effect);
        posts.MapGet("/criteria", async (ModelPostCriteriaBook book, CancellationToken cancel) => TypedResults.Ok(await book.AllAsync(cancel))).WithSummary("三类示范岗的标准及出处");
        posts.MapPut("/criteria", ChangeCriterionAsync).WithSummary("改一条标准；不给 id 就加一条").Requires(ModelPostPermissions.Configure);
        posts.MapPut("/criteria/term", SetTermAsync).WithSummary("改一类示范岗的任期和复评月数").Requires(ModelPostPermissions.Configure);
        posts.MapGet("/zones", async (int? year, ZoneAssessments zones, TimeProvider clock, CancellationToken cancel) => TypedResults.Ok(await zones.BoardAsync(year ?? clock.Today().Year, cancel)))
            .WithSummary("各责任区一年的数字").Requires(ModelPostPermissions.Effect);
        posts.MapGet("/zones/{zone:guid}", async (Guid zone, int? year, ZoneAssessments zones, TimeProvider clock, CancellationToken cancel) =>
            TypedResults.Ok(await zones.SheetAsync(zone, year ?? clock.Today().Year, cancel))).WithSummary("一个责任区的年度评估表").Requires(ModelPostPermissions.Effect);
        posts.MapPut("/zones/{zone:guid}", ConcludeAsync).WithSummary("写责任区年度结论；数字随结论存下").Requires(ModelPostPermissions.Review);
    }

    static async Task<Ok<Paged<ModelPostRow>>> ListAsync(
        ModelPostKind? kind, ModelPostState? state, Guid? unit, Guid? zone, bool? mine, string? after, int? limit, ModelPostQueries queries, CancellationToken cancel)
    {
        if (limit is < 1 or > ModelPostFilter.MostPerPage) throw new Refusal($"limit 应在 1—{ModelPostFilter.MostPerPage} 之间。", "limit");
        return TypedResults.Ok(await queries.ListAsync(new() { Kind = kind, State = state, Unit = unit, Zone = zone, Mine = mine ?? false, After = after, Limit = limit ?? 50 }, cancel));
    }

    static async Task<Created<ModelPostAnswer>> NominateAsync(NominationRequest request, ModelPostActions actions, ModelPostQueries queries, Me me, CancellationToken cancel)
    {
        await actions.NominateAsync(request.Id, new(request.Kind, request.PersonId ?? me.Id, request.Position ?? "", request.ZoneId, request.PlaceIds ?? [], request.Statement), cancel);
        return TypedResults.Created($"/api/v1/model-posts/{request.Id}", ModelPostAnswer.Of(await queries.FindAsync(request.Id, cancel)));
    }

    static async Task<Ok<ModelPostAnswer>> FindAsync(Guid id, ModelPostQueries queries, CancellationToken cancel) => TypedResults.Ok(ModelPostAnswer.Of(await queries.FindAsync(id, cancel)));

    static async Task<Ok<ModelPostAnswer>> AwardAsync(Guid id, AwardRequest request, ModelPostActions actions, ModelPostQueries queries, ModelPostCriteriaBook book, TimeProvider clock, CancellationToken cancel)
    {
        var usual = (await book.OneAsync((await queries.FindAsync(id, cancel)).Post.Kind, cancel)).Sheet;
        var term = ModelPostTerm.Of(request.From ?? clock.Today(), request.Months ?? usual.TermMonths, request.ReviewMonths ?? usual.ReviewMonths);
        return await AnswerAsync(id, queries, actions.AwardAsync(id, request.Version, term, cancel), cancel);
    }

    static async Task<Ok<ModelPostAnswer>> RenewAsync(Guid id, RenewalRequest request, ModelPostActions actions, ModelPostQueries queries, ModelPostCriteriaBook book, CancellationToken cancel)
    {
        var usual = (await book.OneAsync((await queries.FindAsync(id, cancel)).Post.Kind, cancel)).Sheet;
        return await AnswerAsync(id, queries, actions.RenewAsync(id, request.Version, request.Months ?? usual.TermMonths, request.ReviewMonths ?? usual.ReviewMonths, request.Note ?? "", cancel), cancel);
    }

    static async Task<Ok<CriteriaInForce>> ChangeCriterionAsync(CriterionRequest request, ModelPostCriteriaBook book, CancellationToken cancel)
    {
        var words = new CriterionWords(request.Text, request.Evidence, request.Threshold ?? "", request.Source);
        await book.ChangeAsync(request.Kind, request.Version, criteria =>
        {
            if (request.Id is { } id) criteria.Restate(id, words);
            else criteria.Add(words);
        }, request.Reason, cancel);
        return TypedResults.Ok(await book.OneAsync(request.Kind, cancel));
    }

    static async Task<Ok<CriteriaInForce>> SetTermAsync(CriteriaTermRequest request, ModelPostCriteriaBook book, CancellationToken cancel)
    {
        await book.ChangeAsync(request.Kind, request.Version, criteria => criteria.SetTerm(request.Months, request.ReviewMonths), request.Reason, cancel);
        return TypedResults.Ok(await book.OneAsync(request.Kind, cancel));
    }

    static async Task<Ok<ZoneSheet>> ConcludeAsync(Guid zone, ZoneConclusionRequest request, ZoneAssessments zones, CancellationToken cancel)
    {
        await zones.ConcludeAsync(request.Id, zone, request.Year, request.Version, request.Conclusion, request.Improvement, cancel);
        return TypedResults.Ok(await zones.SheetAsync(zone, request.Year, cancel));
    }

    static async Task<Ok<ModelPostAnswer>> AnswerAsync(Guid id, ModelPostQueries queries, Task act, CancellationToken cancel)
    {
        await act;
        return TypedResults.Ok(ModelPostAnswer.Of(await queries.FindAsync(id, cancel)));
    }
}

public sealed record ModelPostAnswer(
    Guid Id, int Version, ModelPostKind Kind, ModelPostState State, string Person, string Position, string Unit, string? Zone, IReadOnlyList<NamedPlace> Places, string Statement,
    DateOnly? From, DateOnly? To, DateOnly? ReviewOn, DateOnly? EndedOn, int Renewals, [property: Description("持有人离岗、调走或没有党组织关系时的说明")] string? Gap, Guid? NoticeId,
    IReadOnlyList<ModelPostActivity> Activities, IReadOnlyList<StepLine> Steps, [property: Description("审核时从记录里取的依据")] ModelPostReading? Checked,
    [property: Description("复评时的依据")] ModelPostReading? Reviewed, [property: Description("今天的依据")] ModelPostReading? Now, IReadOnlyList<ModelPostAct> Acts)
{
    public static ModelPostAnswer Of(ModelPostDetail detail)
    {
        var post = detail.Post;
        return new(post.Id, post.Version, post.Kind, post.State, detail.Holder.Name, post.Position, detail.Unit, detail.Zone, detail.Places, post.Statement, post.From, post.To, post.ReviewOn,
            post.EndedOn, post.Renewals, detail.Holder.Gap, post.NoticeId, detail.Activities, detail.Steps, detail.Checked, detail.Reviewed, detail.Now, detail.Acts);
    }
}

public sealed record NominationRequest(
    [property: Description("由调用方生成的 UUIDv7")] Guid Id, ModelPostKind Kind, [property: Description("不给就是申报自己")] Guid? PersonId,
    [property: Description("岗位；不给就用名册里的")] string? Position, [property: Description("岗位范围：责任区")] Guid? ZoneId, [property: Description("岗位范围：地点")] Guid[]? PlaceIds, string Statement);

public sealed record ModelPostVersion(int Version);
public sealed record ModelPostNote(int Version, string? Note);
public sealed record ModelPostNoticeRequest(int Version, [property: Description("公示的编号，由调用方生成的 UUIDv7")] Guid NoticeId, [property: Description("公示几个工作日")] int? Workdays);
public sealed record AwardRequest(int Version, [property: Description("不给就是今天")] DateOnly? From, int? Months, int? ReviewMonths);
public sealed record RenewalRequest(int Version, int? Months, int? ReviewMonths, string? Note);
public sealed record ActivityRequest(int Version, [property: Description("由调用方生成的 UUIDv7")] Guid Id, ActivityKind Kind, DateOnly On, string Title, string Outcome);
public sealed record CriterionRequest(
    ModelPostKind Kind, [property: Description("这一类标准的版本；没有改过的是 0")] int Version, string Reason, [property: Description("不给就加一条")] string? Id,
    string Text, string Evidence, string? Threshold, string Source);
public sealed record CriteriaTermRequest(ModelPostKind Kind, int Version, string Reason, int Months, int ReviewMonths);
public sealed record ZoneConclusionRequest(
    [property: Description("由调用方生成的 UUIDv7")] Guid Id, int Year, [property: Description("第一次写是 0")] int Version, string Conclusion, string Improvement);
