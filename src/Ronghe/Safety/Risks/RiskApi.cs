using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Ronghe.Platform;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;
using Ronghe.Tasks;

namespace Ronghe.Safety.Risks;

/// <summary>Risks for programs: the same acts, rights and refusals as the pages.</summary>
public static class RiskApi
{
    public static void MapRiskApi(this IEndpointRouteBuilder routes)
    {
        var risks = routes.MapGroup("/api/v1/risks").WithTags("风险").Requires(RiskPermissions.View);
        risks.MapGet("/", ListAsync).WithSummary("风险清单，从红到蓝，用 after 翻页；经营风险只给有权的人");
        risks.MapPost("/", IdentifyAsync).WithSummary("登记风险；id 由调用方生成（UUIDv7），重复发送只存一个").Requires(RiskPermissions.Identify);
        risks.MapPost("/defaults", async (RiskRegister register, CancellationToken cancel) => TypedResults.Ok(new LoadedRisks(await register.LoadAsync(cancel)))).WithSummary("载入默认风险清单；不评级").Requires(RiskPermissions.Configure);
        risks.MapGet("/rules", async (RiskRulebook rulebook, CancellationToken cancel) => TypedResults.Ok(await rulebook.CurrentAsync(cancel))).WithSummary("现行的评级规则：量表、四色界线、复评天数、季节提示");
        risks.MapGet("/{id:guid}", async (Guid id, RiskQueries queries, CancellationToken cancel) => TypedResults.Ok(await queries.FindAsync(id, cancel))).WithSummary("一个风险：评级经过、措施、您现在能办的");
        risks.MapPost("/{id:guid}/facts", (Guid id, RiskChangeRequest request, RiskActions actions, RiskQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.RestateAsync(id, request.Version, request.Facts.ToFacts(), cancel), cancel)).WithSummary("修改情况、责任单位、管控责任人");
        risks.MapPost("/{id:guid}/assessment", (Guid id, RiskAssessmentRequest request, RiskActions actions, RiskQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.AssessAsync(id, request.Version, request.Method, request.Values, request.Note ?? "", request.ConfirmerId, cancel), cancel)).WithSummary("评级或复评；红色和离开红色要指定另一位领导确认");
        risks.MapPost("/{id:guid}/confirmation", (Guid id, RiskNoteRequest request, RiskActions actions, RiskQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.ConfirmAsync(id, request.Version, request.Note ?? "", cancel), cancel)).WithSummary("确认级别；评级的人不能自己确认").Requires(RiskPermissions.Confirm);
        risks.MapPost("/{id:guid}/return", (Guid id, RiskNoteRequest request, RiskActions actions, RiskQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.SendBackAsync(id, request.Version, request.Note ?? "", cancel), cancel)).WithSummary("退回评级，写明理由").Requires(RiskPermissions.Confirm);
        risks.MapPost("/{id:guid}/measures", AddMeasureAsync).WithSummary("定一条措施：成为一件交办的事，有责任人和期限");
        risks.MapPost("/{id:guid}/control", (Guid id, RiskNoteRequest request, RiskActions actions, RiskQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.ControlAsync(id, request.Version, cancel), cancel)).WithSummary("纳入管控").Requires(RiskPermissions.Assess);
        risks.MapPost("/{id:guid}/closure", (Guid id, RiskNoteRequest request, RiskActions actions, RiskQueries queries, CancellationToken cancel) =>
            AnswerAsync(id, queries, actions.CloseAsync(id, request.Version, request.Note ?? "", cancel), cancel)).WithSummary("关闭，写明理由").Requires(RiskPermissions.Assess);
    }

    static async Task<Ok<Paged<RiskRow>>> ListAsync([AsParameters] RiskListRequest request, RiskQueries queries, CancellationToken cancel) => TypedResults.Ok(await queries.ListAsync(request.ToFilter(), cancel));

    static async Task<Created<RiskDetail>> IdentifyAsync(NewRiskRequest request, RiskActions actions, RiskQueries queries, CancellationToken cancel)
    {
        await actions.IdentifyAsync(request.Id, request.Kind, request.Facts.ToFacts(), request.SessionId, cancel);
        return TypedResults.Created($"/api/v1/risks/{request.Id}", await queries.FindAsync(request.Id, cancel));
    }

    static Task<Ok<RiskDetail>> AddMeasureAsync(Guid id, RiskMeasureRequest request, RiskActions actions, RiskQueries queries, CancellationToken cancel) =>
        AnswerAsync(id, queries, actions.AddMeasureAsync(id, request.Version, request.Id, new NewTask(request.Title, request.Requirement ?? "", request.OwnerId, request.DueOn, request.ConfirmerId), cancel), cancel);

    /// <summary>The act, then the risk as it is now.</summary>
    static async Task<Ok<RiskDetail>> AnswerAsync(Guid id, RiskQueries queries, Task act, CancellationToken cancel)
    {
        await act;
        return TypedResults.Ok(await queries.FindAsync(id, cancel));
    }
}

public sealed record RiskListRequest(
    RiskKind? Kind, RiskLevel? Level, RiskState? State, [property: Description("单位及其下级")] Guid? Unit, [property: Description("只要还没有评级的")] bool? Unrated, [property: Description("只要复评超期的")] bool? Overdue,
    [property: Description("只要我管控、我登记的")] bool? Mine, string? Text, [property: Description("上一页答复里的 next")] string? After, [property: Description("每页条数，1—200")] int? Limit)
{
    public RiskFilter ToFilter() => new()
    {
        Kind = Kind, Level = Level, State = State, Unit = Unit, Unrated = Unrated ?? false, Overdue = Overdue ?? false, Mine = Mine ?? false, Text = Text, After = After,
        Limit = Limit is null or (>= 1 and <= RiskFilter.MostPerPage) ? Limit ?? 50 : throw new Refusal($"limit 应在 1—{RiskFilter.MostPerPage} 之间。", "limit"),
    };
}

public sealed record RiskFactsRequest(
    string Title, [property: Description("怎么发生、会造成什么后果")] string Scenario, [property: Description("责任单位")] Guid UnitId, Guid? PlaceId, string? Place, [property: Description("事故类别")] string? AccidentType,
    [property: Description("管控责任人")] Guid? OwnerId)
{
    public RiskFacts ToFacts() => new(Title, Scenario, UnitId, PlaceId, Place ?? "", AccidentType ?? "", OwnerId);
}

public sealed record NewRiskRequest([property: Description("由调用方生成的 UUIDv7")] Guid Id, RiskKind Kind, RiskFactsRequest Facts, [property: Description("在哪次研判会上提出的")] Guid? SessionId);
public sealed record RiskChangeRequest(int Version, RiskFactsRequest Facts);
public sealed record RiskAssessmentRequest(
    int Version, RiskMethod Method, [property: Description("各因素的分值：LEC 法按 L、E、C，矩阵法按 L、S")] decimal[] Values, [property: Description("级别变了必填")] string? Note, [property: Description("请哪位领导确认")] Guid? ConfirmerId);
public sealed record RiskNoteRequest(int Version, string? Note);
public sealed record RiskMeasureRequest(
    int Version, [property: Description("由调用方生成的 UUIDv7")] Guid Id, string Title, [property: Description("办到什么样算好")] string? Requirement, Guid OwnerId, DateOnly DueOn, [property: Description("确认人，不填就是您")] Guid? ConfirmerId);
public sealed record LoadedRisks(int Added);
