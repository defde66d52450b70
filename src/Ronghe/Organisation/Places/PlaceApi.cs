using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Ronghe.Organisation.Units;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;

namespace Ronghe.Organisation.Places;

/// <summary>Places for programs, and the drawing of the site.</summary>
public static class PlaceApi
{
    public static void MapPlaceApi(this IEndpointRouteBuilder routes)
    {
        var places = routes.MapGroup("/api/v1/places").WithTags("地点与设备").Requires(OrganisationPermissions.View);
        places.MapGet("/", ListAsync).WithSummary("在用的地点，按编码排列，用 after 翻页；q 按名称、别名、编码或 KKS 查找");
        places.MapGet("/{id:guid}", FindAsync).WithSummary("一处地点：所在、负责单位、下级、台账用词、您现在能办的事");
        places.MapPost("/", CreateAsync).Requires(OrganisationPermissions.ManagePlaces).WithSummary("新建地点；id 由调用方生成（UUIDv7），重复发送只建一个");
        places.MapPut("/{id:guid}/name", RenameAsync).Requires(OrganisationPermissions.ManagePlaces).WithSummary("改名");
        places.MapPut("/{id:guid}/facts", DescribeAsync).Requires(OrganisationPermissions.ManagePlaces).WithSummary("KKS、负责单位、别名");
        places.MapPost("/{id:guid}/retirement", RetireAsync).Requires(OrganisationPermissions.ManagePlaces).WithSummary("停用；下面还有在用的地点时不能停用");
        routes.MapGet("/places/site-plan.svg", SitePlan).Requires(OrganisationPermissions.View).ExcludeFromDescription();
    }

    static async Task<Ok<Paged<PlaceRow>>> ListAsync([AsParameters] PlaceListRequest request, PlaceQueries places, CancellationToken cancel) =>
        TypedResults.Ok(await places.ListAsync(request.Parent, request.Q, request.After, request.Limit.AsLimit(), cancel));

    static async Task<Ok<PlaceAnswer>> FindAsync(Guid id, PlaceQueries places, CancellationToken cancel) =>
        TypedResults.Ok(PlaceAnswer.Of(await places.DetailAsync(id, cancel)));

    static async Task<Created<PlaceAnswer>> CreateAsync(NewPlaceRequest request, PlaceActions places, PlaceQueries queries, CancellationToken cancel)
    {
        var id = await places.CreateAsync(new(request.Level, request.Name, request.Code, request.ParentId)
        {
            Id = request.Id ?? Guid.CreateVersion7(), Kks = request.Kks ?? "", UnitId = request.UnitId, Aliases = request.Aliases ?? [],
        }, cancel);
        return TypedResults.Created($"/api/v1/places/{id}", PlaceAnswer.Of(await queries.DetailAsync(id, cancel)));
    }

    static Task<Ok<PlaceAnswer>> RenameAsync(Guid id, NameRequest request, PlaceActions places, PlaceQueries queries, CancellationToken cancel) =>
        AnswerAsync(id, queries, places.RenameAsync(id, request.Name, request.Version, cancel), cancel);

    static Task<Ok<PlaceAnswer>> DescribeAsync(Guid id, PlaceFactsRequest request, PlaceActions places, PlaceQueries queries, CancellationToken cancel) =>
        AnswerAsync(id, queries, places.DescribeAsync(id, request.Kks ?? "", request.UnitId, request.Aliases ?? [], request.Version, cancel), cancel);

    static Task<Ok<PlaceAnswer>> RetireAsync(Guid id, VersionRequest request, PlaceActions places, PlaceQueries queries, CancellationToken cancel) =>
        AnswerAsync(id, queries, places.RetireAsync(id, request.Version, cancel), cancel);

    static async Task<Ok<PlaceAnswer>> AnswerAsync(Guid id, PlaceQueries queries, Task act, CancellationToken cancel)
    {
        await act;
        return TypedResults.Ok(PlaceAnswer.Of(await queries.DetailAsync(id, cancel)));
    }

    /// <summary>The page shows it as an image, where nothing in it can run; opened by itself the policy of every answer holds.</summary>
    static IResult SitePlan(HttpContext http)
    {
        if (PlacePack.SitePlan is not { } file) throw new Platform.NotFound("厂区平面图");
        http.Response.Headers.CacheControl = "private, max-age=3600";
        return Results.File(file, "image/svg+xml");
    }
}

/// <summary>A place with everything that its page shows.</summary>
public sealed record PlaceAnswer(
    Guid Id, int Version, PlaceLevel Level, string Name, [property: Description("区域和名称")] string FullName, string Code, string Kks, Guid? ParentId, bool IsActive,
    [property: Description("大家平时的叫法")] IReadOnlyList<string> Aliases, [property: Description("日常负责单位")] NodeLink? Unit,
    IReadOnlyList<PlaceLink> Path, IReadOnlyList<PlaceRow> Children, [property: Description("旧台账里指这里的词")] IReadOnlyList<PlaceWordRow> Words,
    [property: Description("您现在能办的事")] IReadOnlyList<string> Acts)
{
    public static PlaceAnswer Of(PlaceDetail place) => new(
        place.Id, place.Version, place.Level, place.Name, place.FullName, place.Code, place.Kks, place.ParentId, place.IsActive, place.Aliases, place.Unit,
        place.Path, place.Children, place.Words, place.Acts.Possible);
}

public sealed record PlaceListRequest(
    [property: Description("只要这处的直接下级")] Guid? Parent, [property: Description("名称、别名、编码或 KKS")] string? Q,
    [property: Description("上一页答复里的 next")] string? After, [property: Description("每页条数，1—200")] int? Limit);

public sealed record NewPlaceRequest(
    [property: Description("由调用方生成的 UUIDv7，可不给")] Guid? Id, PlaceLevel Level, [property: Description("例如：#1炉给煤机（12.6m层）")] string Name,
    [property: Description("本公司内唯一，例如：CL-GL-04")] string Code, [property: Description("上级地点；厂区不给")] Guid? ParentId, string? Kks, Guid? UnitId, string[]? Aliases);

public sealed record PlaceFactsRequest(int Version, string? Kks, Guid? UnitId, string[]? Aliases);
