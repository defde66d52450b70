using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform;
using Ronghe.Platform.Data;
using Ronghe.Platform.Replay;
using Ronghe.Platform.Security;

namespace Ronghe.Organisation.Imports;

/// <summary>Imports for programs: upload and check, import, undo.</summary>
public static class ImportApi
{
    const long MaxBytes = 21 << 20;

    public static void MapImportApi(this IEndpointRouteBuilder routes)
    {
        var imports = routes.MapGroup("/api/v1/imports").WithTags("导入").Requires(ImportPermissions.View);
        imports.MapGet("/", ListAsync).WithSummary("导入记录，从新到旧，用 after 翻页");
        imports.MapPost("/", StartAsync).WithSummary("上传并检查：multipart/form-data，kind 为 org、people 或 findings；只检查，不导入")
            .Accepts<IFormFile>("multipart/form-data").DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(MaxBytes));
        imports.MapGet("/{id:guid}", FindAsync).WithSummary("一次导入：对应关系、计数、错误");
        imports.MapPost("/{id:guid}/check", CheckAsync).WithSummary("改列的对应、答词语的含义，再检查一次：格式与命令行的对应关系文件相同，remember 为下次同样表头的文件记住");
        imports.MapPost("/{id:guid}/application", ApplyAsync).WithSummary("导入：allOrNothing 全部正确才导入，goodRows 只导入正确的行");
        imports.MapPost("/{id:guid}/reversal", UndoAsync).WithSummary("撤销导入").StepUp();
        imports.MapGet("/{id:guid}/marked-file", MarkedAsync).WithSummary("标出错误的原表");
    }

    static async Task<Ok<Paged<ImportRow>>> ListAsync(Guid? after, ImportQueries imports, CancellationToken cancel) => TypedResults.Ok(await imports.ListAsync(after, cancel));

    static async Task<Ok<ImportDetail>> FindAsync(Guid id, ImportQueries imports, CancellationToken cancel) => TypedResults.Ok(await imports.FindAsync(id, cancel));

    static async Task<Created<ImportDetail>> StartAsync(HttpRequest request, ImportActions actions, ImportQueries imports, CancellationToken cancel)
    {
        if (!request.HasFormContentType) throw new Refusal("请用 multipart/form-data 上传文件，附 kind 字段。", "file");
        var form = await request.ReadFormAsync(cancel);
        var file = form.Files.FirstOrDefault() ?? throw new Refusal("没有收到文件，请附上 file 字段。", "file");
        var id = Guid.TryParse(form["id"], out var given) ? given : CallKey.NewId(request, ImportActions.Kind);
        await using var content = file.OpenReadStream();
        await actions.StartAsync(id, form["kind"].ToString(), file.FileName, content, cancel);
        return TypedResults.Created($"/api/v1/imports/{id}", await imports.FindAsync(id, cancel));
    }

    static async Task<Ok<ImportDetail>> CheckAsync(Guid id, ImportCheckRequest request, ImportActions actions, ImportQueries imports, CancellationToken cancel)
    {
        var map = new MapFile(request.Columns ?? [], request.Words ?? []);
        await actions.CheckAsync(id, request.Version, (choices, _, specs) => map.Apply(choices, specs), request.Remember, cancel);
        return TypedResults.Ok(await imports.FindAsync(id, cancel));
    }

    static async Task<Ok<ImportDetail>> ApplyAsync(Guid id, ImportApplication request, ImportActions actions, ImportQueries imports, CancellationToken cancel)
    {
        await actions.ApplyAsync(id, request.Version, request.Mode, cancel);
        return TypedResults.Ok(await imports.FindAsync(id, cancel));
    }

    static async Task<Ok<ImportDetail>> UndoAsync(Guid id, ImportReversalRequest request, ImportActions actions, ImportQueries imports, CancellationToken cancel)
    {
        await actions.UndoAsync(id, request.Version, cancel);
        return TypedResults.Ok(await imports.FindAsync(id, cancel));
    }

    static async Task<FileStreamHttpResult> MarkedAsync(Guid id, ImportQueries imports, CancellationToken cancel)
    {
        var (name, content) = await imports.MarkedAsync(id, cancel);
        return TypedResults.Stream(content, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name);
    }
}

/// <param name="Version">As seen.</param>
/// <param name="Columns">By title or key of the column, the letters or the heading of the file.</param>
/// <param name="Words">By key of the column and word, what is meant: an id, a code or a name; blank keeps the word.</param>
/// <param name="Remember">Uses the answers again for the next file with the same headings.</param>
public sealed record ImportCheckRequest(int Version, Dictionary<string, string>? Columns, Dictionary<string, Dictionary<string, string>>? Words, bool Remember = false);
public sealed record ImportApplication(int Version, ImportMode Mode);
public sealed record ImportReversalRequest(int Version);
