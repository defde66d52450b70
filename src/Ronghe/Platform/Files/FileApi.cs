using Microsoft.Net.Http.Headers;
using Ronghe.Platform.Security;

namespace Ronghe.Platform.Files;

/// <summary>Files over HTTP. The content behind an address never changes, so a browser may keep it, for this person only.</summary>
public static class FileApi
{
    public const string Route = "/files";

    public static string Address(Guid id) => $"{Route}/{id}";
    public static string ThumbAddress(Guid id) => $"{Route}/{id}/thumb";

    public static void MapFiles(this IEndpointRouteBuilder routes, string permission)
    {
        var files = routes.MapGroup(Route).Requires(permission);
        files.MapGet("/{id:guid}", DownloadAsync);
        files.MapGet("/{id:guid}/thumb", ThumbAsync);
    }

    static async Task<IResult> DownloadAsync(Guid id, FileQueries files, FileStore store, HttpContext http) =>
        await files.VisibleAsync(id, http.RequestAborted) is { } file ? Send(file, file.Hash, store, http) : Results.NotFound();

    static async Task<IResult> ThumbAsync(Guid id, FileQueries files, FileStore store, HttpContext http) =>
        await files.VisibleAsync(id, http.RequestAborted) is { ThumbHash: { } thumb } file ? Send(file, thumb, store, http) : Results.NotFound();

    static IResult Send(StoredFile file, string hash, FileStore store, HttpContext http)
    {
        if (store.Open(hash) is not { } content) return Results.NotFound();
        var headers = http.Response.Headers;
        headers.CacheControl = "private, max-age=31536000, immutable";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox; frame-ancestors 'none'";
        headers.ContentDisposition = new ContentDispositionHeaderValue(file.IsPhoto ? "inline" : "attachment") { FileNameStar = file.Name }.ToString();
        return Results.Stream(content, file.MediaType, entityTag: new EntityTagHeaderValue($"\"{hash}\""), enableRangeProcessing: true);
    }
}
