using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Platform;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;

namespace Ronghe.Organisation.Units;

/// <summary>Both trees for programs. A change names the version that it was made on; each answer names the acts that are possible now.</summary>
public static class UnitApi
{
    public static void MapUnitApi(this IEndpointRouteBuilder routes)
    {
        var units = routes.MapGroup("/api/v1/units").WithTags("组织机构").Requires(OrganisationPermissions.View);
        units.MapGet("/", ListAsync).WithSummary("单位与党组织，按编码排列，用 after 翻页；tree 选一棵树，q 按名称、拼音首字母或编码查找");
        units.MapGet("/{id:guid}", FindAsync).WithSummary("一个单位或党组织：上级、覆盖、任职、您现在能办的事");
        units.MapGet("/{id:guid}/children", ChildrenAsync).WithSummary("直接下级，按编码排列，用 after 翻页");
        units.MapPost("/", CreateAsync).Requires(OrganisationPermissions.ManageUnits).WithSummary("新建单位或党组织；id 由调用方生成（UUIDv7），重复发送只建一个");
        units.MapPut("/{id:guid}/name", RenameAsync).Requires(OrganisationPermissions.ManageUnits).WithSummary("改名");
        units.MapPut("/{id:guid}/superior", MoveAsync).Requires(OrganisationPermissions.ManageUnits).WithSummary("调整上级，下级和人员一起跟随");
        units.MapPut("/{id:guid}/coverage", CoverAsync).Requires(OrganisationPermissions.ManageUnits).WithSummary("党组织覆盖的单位，连同它们的全部下级");
        units.MapPost("/{id:guid}/merger", MergeAsync).Requires(OrganisationPermissions.ManageUnits).WithSummary("并入另一个单位：下级、人员、地点转过去，任职当天结束，隐患等记录随之归到那里");
        units.MapPost("/{id:guid}/closure", CloseAsync).Requires(OrganisationPermissions.ManageUnits).WithSummary("撤销；还有下级、人员或任职时不能撤销");
    }

    static async Task<Ok<Paged<NodeRow>>> ListAsync([AsParameters] UnitListRequest request, TreeQueries trees, CancellationToken cancel) =>
        TypedResults.Ok(await trees.ListAsync(request.Tree, null, request.Q, request.After, request.Limit.AsLimit(), cancel));

    static async Task<Ok<NodeAnswer>> FindAsync(Guid id, NodeDetails details, CancellationToken cancel) =>
        TypedResults.Ok(NodeAnswer.Of(await details.FindAsync(id, cancel)));

    static async Task<Ok<Paged<NodeRow>>> ChildrenAsync(Guid id, string? after, int? limit, NodeDetails details, TreeQueries trees, CancellationToken cancel)
    {
        var node = await details.FindAsync(id, cancel);
        return TypedResults.Ok(await trees.ListAsync(node.Tree, id, null, after, limit.AsLimit(), cancel));
    }

    static async Task<Created<NodeAnswer>> CreateAsync(
        NewNodeRequest request, UnitActions units, PartyOrganisationActions parties, NodeDetails details, CancellationToken cancel)
    {
        var id = request.Id ?? Guid.CreateVersion7();
        if (request.UnitKind is { } unit) await units.CreateAsync(new(unit, request.Name, request.Code, request.ParentId) { Id = id }, cancel);
        else if (request.PartyKind is { } party) await parties.CreateAsync(new(party, request.Name, request.Code, request.ParentId) { Id = id }, cancel);
        else throw new Refusal("unitKind 和 partyKind 要填一个。", "unitKind");
        return TypedResults.Created($"/api/v1/units/{id}", NodeAnswer.Of(await details.FindAsync(id, cancel)));
    }

    static Task<Ok<NodeAnswer>> RenameAsync(Guid id, NameRequest request, TreeActions tree, NodeDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, tree.RenameAsync(id, request.Name, request.Version, cancel), cancel);

    static Task<Ok<NodeAnswer>> MoveAsync(Guid id, SuperiorRequest request, TreeActions tree, NodeDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, tree.MoveAsync(id, request.ParentId, request.Version, cancel), cancel);

    static Task<Ok<NodeAnswer>> CoverAsync(Guid id, CoverageRequest request, PartyOrganisationActions parties, NodeDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, parties.CoverAsync(id, request.UnitIds, request.Version, cancel), cancel);

    static Task<Ok<NodeAnswer>> MergeAsync(Guid id, MergerRequest request, UnitActions units, NodeDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, units.MergeAsync(id, request.IntoId, request.Version, cancel), cancel);

    static Task<Ok<NodeAnswer>> CloseAsync(Guid id, VersionRequest request, TreeActions tree, NodeDetails details, CancellationToken cancel) =>
        AnswerAsync(id, details, tree.CloseAsync(id, request.Version, cancel), cancel);

    /// <summary>The act, then the node as it is now, with what may be done next.</summary>
    static async Task<Ok<NodeAnswer>> AnswerAsync(Guid id, NodeDetails details, Task act, CancellationToken cancel)
    {
        await act;
        return TypedResults.Ok(NodeAnswer.Of(await details.FindAsync(id, cancel)));
    }
}

/// <summary>A unit or Party organisation with everything that its page shows.</summary>
public sealed record NodeAnswer(
    Guid Id, int Version, OrganisationTree Tree, [property: Description("类型：部门、班组、党支部……")] string Kind, string Code, string Name, Guid? ParentId,
    DateOnly? ClosedOn, [property: Description("从最上级到直接上级")] IReadOnlyList<NodeLink> Path, PartyTerm? Term,
    [property: Description("党组织覆盖的单位")] IReadOnlyList<NodeLink> Covers, [property: Description("覆盖这个单位的党组织，近的在前")] IReadOnlyList<NodeLink> CoveredBy,
    [property: Description("今天在任的职务")] IReadOnlyList<HolderRow> Holders, [property: Description("您现在能办的事")] IReadOnlyList<string> Acts)
{
    public static NodeAnswer Of(NodeDetail node) => new(
        node.Id, node.Version, node.Tree, node.Kind, node.Code, node.Name, node.ParentId, node.ClosedOn, node.Path, node.Term, node.Covers, node.CoveredBy,
        node.Holders, node.Acts.Possible);
}

public sealed record UnitListRequest(
    [property: Description("units 行政组织，party 党组织；不给就是两棵树")] OrganisationTree? Tree, [property: Description("名称、拼音首字母或编码")] string? Q,
    [property: Description("上一页答复里的 next")] string? After, [property: Description("每页条数，1—200")] int? Limit);

public sealed record NewNodeRequest(
    [property: Description("由调用方生成的 UUIDv7，可不给")] Guid? Id, [property: Description("例如：发电一部")] string Name,
    [property: Description("本公司内唯一，例如：1002")] string Code, [property: Description("上级；最上级党组织不给")] Guid? ParentId,
    [property: Description("行政单位的类型")] UnitKind? UnitKind, [property: Description("党组织的类型")] PartyOrganisationKind? PartyKind);

public sealed record NameRequest(int Version, string Name);
public sealed record SuperiorRequest(int Version, [property: Description("新的上级")] Guid ParentId);
public sealed record MergerRequest(int Version, [property: Description("并入哪个单位")] Guid IntoId);
public sealed record CoverageRequest(int Version, [property: Description("覆盖的单位；整个替换原来的")] Guid[] UnitIds);
public sealed record VersionRequest([property: Description("您看到的版本；期间有人改动会被拒绝")] int Version);

static class Limits
{
    public const int Usual = 50, Most = 200;

    /// <exception cref="Refusal">Outside 1 to 200.</exception>
    public static int AsLimit(this int? limit) => limit is null or (>= 1 and <= Most) ? limit ?? Usual : throw new Refusal($"limit 应在 1—{Most} 之间。", "limit");
}
