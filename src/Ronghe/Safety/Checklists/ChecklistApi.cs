using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Ronghe.Platform.Security;

namespace Ronghe.Safety.Checklists;

/// <summary>Checklists for programs.</summary>
public static class ChecklistApi
{
    public static void MapChecklistApi(this IEndpointRouteBuilder routes)
    {
        var lists = routes.MapGroup("/api/v1/checklists").WithTags("检查表").Requires(ChecklistPermissions.View);
        lists.MapGet("/", async (ChecklistBook book, CancellationToken cancel) => TypedResults.Ok(await book.AllAsync(cancel))).WithSummary("全部检查表，含停用的");
        lists.MapGet("/{code}", FindAsync).WithSummary("一张检查表，不给 number 就是现在用的版本");
        lists.MapPost("/", CreateAsync).Requires(ChecklistPermissions.Manage).WithSummary("新建本单位的检查表");
        lists.MapPut("/{code}/facts", RestateAsync).Requires(ChecklistPermissions.Manage).WithSummary("改检查表；每次改动成为一个新版本，已经用过的记录仍按原来的版本");
    }

    static async Task<Ok<ChecklistDetail>> FindAsync(string code, int? number, ChecklistBook book, CancellationToken cancel) => TypedResults.Ok(await book.FindAsync(code, number, cancel));

    static async Task<Created<ChecklistDetail>> CreateAsync(ChecklistRequest request, ChecklistBook book, CancellationToken cancel)
    {
        var code = await book.CreateAsync(request.ToFacts(), cancel);
        return TypedResults.Created($"/api/v1/checklists/{code}", await book.FindAsync(code, null, cancel));
    }

    static async Task<Ok<ChecklistDetail>> RestateAsync(string code, ChecklistChangeRequest request, ChecklistBook book, CancellationToken cancel)
    {
        await book.RestateAsync(code, request.Version, _ => request.Facts.ToFacts(), cancel);
        return TypedResults.Ok(await book.FindAsync(code, null, cancel));
    }
}

public sealed record ChecklistRequest(string Name, string? Scope, string? Cadence, [property: Description("依据库编号或文字")] string? Source, ChecklistItemRequest[] Items)
{
    public ChecklistFacts ToFacts() => new(Name, Scope ?? "", Cadence ?? "", Source ?? "", [.. Items.Select(item => item.ToItem())]);
}

public sealed record ChecklistItemRequest(
    string Id, string Text, ChecklistItemKind Kind, string? Unit, decimal? Min, decimal? Max, string? Severity, string? CategoryId, string? Hint, string? Source, bool? StopWork)
{
    public ChecklistItem ToItem() => new(Id, Text, Kind, Unit ?? "", Min, Max, Severity ?? "一般", CategoryId, Hint ?? "", Source ?? "", StopWork ?? false);
}

public sealed record ChecklistChangeRequest(int Version, ChecklistRequest Facts);
