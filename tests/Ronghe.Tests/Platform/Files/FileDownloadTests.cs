using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Ronghe.Platform;
using Ronghe.Platform.Files;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Tests.Platform.Files;

/// <summary>Files over HTTP, on a small host with a record kind "album" whose viewers the test chooses.</summary>
public sealed class FileDownloadTests : IAsyncLifetime
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    readonly TestFolder _folder = new();
    readonly HashSet<Guid> _visible = [];
    readonly FileOwner _owner = new("album", Guid.CreateVersion7(), null);
    WebApplication _app = null!;
    HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        var database = (await TestServer.FreshDatabaseAsync()).App;
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System).AddFiles(_folder.Path).AddScoped(_ => AppDb.Open(database))
            .AddFileViewers("album", (_, id, _) => Task.FromResult(_visible.Contains(id)));
        _app = builder.Build();
        _app.UseMiddleware<SecurityHeaders>();
        _app.MapFiles("use");
        _app.MapPost("/upload", async (HttpRequest request, PhotoActions photos, AppDb db, CancellationToken cancel) =>
        {
            try
            {
                var added = await photos.AddAsync(request, _owner, cancel);
                await db.SaveChangesAsync(cancel);
                return Results.Json(added.Select(file => file.Id));
            }
            catch (Refusal refusal)
            {
                return Results.UnprocessableEntity(refusal.Message);
            }
        });
        await _app.StartAsync(Cancel);
        _client = _app.GetTestClient();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    async Task<StoredFile> AddPhotoAsync(FileOwner owner, string name = "护栏 松动.jpg")
    {
        var jpeg = await TestImages.JpegAsync(TestImages.Quarters(640, 480));
        await using var scope = _app.Services.CreateAsyncScope();
        var file = await scope.ServiceProvider.GetRequiredService<PhotoActions>().AddAsync(new MemoryStream(jpeg), name, owner, Cancel);
        await scope.ServiceProvider.GetRequiredService<AppDb>().SaveChangesAsync(Cancel);
        return file;
    }

    [Fact]
    public async Task Who_may_see_the_record_gets_its_photo_and_nobody_else_learns_that_it_exists()
    {
        var file = await AddPhotoAsync(_owner);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync(FileApi.Address(file.Id), Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync(FileApi.ThumbAddress(file.Id), Cancel)).StatusCode);
        _visible.Add(_owner.Id);
        var (photo, thumb) = (await _client.GetByteArrayAsync(FileApi.Address(file.Id), Cancel), await _client.GetByteArrayAsync(FileApi.ThumbAddress(file.Id), Cancel));
        Assert.Equal(new ImageHeader(ImageKind.Jpeg, 640, 480), ImageHeader.Read(new MemoryStream(photo)));
        Assert.Equal(new ImageHeader(ImageKind.Jpeg, 320, 240), ImageHeader.Read(new MemoryStream(thumb)));
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync(FileApi.Address(Guid.CreateVersion7()), Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_kind_that_nobody_speaks_for_is_seen_by_nobody()
    {
        var file = await AddPhotoAsync(_owner with { Kind = "stray" });
        _visible.Add(_owner.Id);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync(FileApi.Address(file.Id), Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_browser_keeps_it_for_this_person_and_never_runs_it()
    {
        _visible.Add(_owner.Id);
        var answer = await _client.GetAsync(FileApi.Address((await AddPhotoAsync(_owner)).Id), Cancel);
        Assert.Equal("image/jpeg", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("default-src 'none'; sandbox; frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.True(answer.Headers.CacheControl is { Private: true, MaxAge.TotalDays: 365, NoStore: false });
        Assert.Contains("immutable", answer.Headers.CacheControl!.Extensions.Select(extension => extension.Name));
        Assert.Equal("inline", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("护栏 松动.jpg", answer.Content.Headers.ContentDisposition.FileNameStar);
    }

    [Fact]
    public async Task An_unchanged_photo_is_not_sent_again_but_a_lost_right_counts_at_once()
    {
        _visible.Add(_owner.Id);
        var file = await AddPhotoAsync(_owner);
        var first = await _client.GetAsync(FileApi.Address(file.Id), Cancel);
        Assert.Equal($"\"{file.Hash}\"", first.Headers.ETag!.Tag);
        _client.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, (await _client.GetAsync(FileApi.Address(file.Id), Cancel)).StatusCode);
        _visible.Clear();
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync(FileApi.Address(file.Id), Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_workbook_is_offered_for_saving_and_has_no_thumbnail()
    {
        _visible.Add(_owner.Id);
        await using var scope = _app.Services.CreateAsyncScope();
        var file = await scope.ServiceProvider.GetRequiredService<FileActions>().AddAsync(
            new MemoryStream("<script>alert(1)</script>"u8.ToArray()), "..\\花名册\u202exslx.html", "application/vnd.ms-excel", _owner, Cancel);
        await scope.ServiceProvider.GetRequiredService<AppDb>().SaveChangesAsync(Cancel);
        var answer = await _client.GetAsync(FileApi.Address(file.Id), Cancel);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("花名册xslx.html", answer.Content.Headers.ContentDisposition.FileNameStar);
        Assert.Equal("application/vnd.ms-excel", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync(FileApi.ThumbAddress(file.Id), Cancel)).StatusCode);
    }

    [Fact]
    public async Task The_doors_carry_a_right()
    {
        var doors = _app.Services.GetServices<Microsoft.AspNetCore.Routing.EndpointDataSource>().SelectMany(source => source.Endpoints)
            .OfType<Microsoft.AspNetCore.Routing.RouteEndpoint>().Where(door => door.RoutePattern.RawText!.StartsWith(FileApi.Route, StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, doors.Length);
        Assert.All(doors, door => Assert.Equal("use", door.Metadata.GetMetadata<RequiresAttribute>()?.Permission));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Photos_come_in_one_request_beside_other_fields()
    {
        var jpeg = await TestImages.JpegAsync(TestImages.Quarters(300, 200));
        using var form = new MultipartFormDataContent { { new StringContent("护栏松动"), "description" } };
        for (var i = 0; i < 3; i++) form.Add(new ByteArrayContent(jpeg), "photos", $"{i}.jpg");
        var answer = await _client.PostAsync("/upload", form, Cancel);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancel));
        await using var scope = _app.Services.CreateAsyncScope();
        var files = await scope.ServiceProvider.GetRequiredService<AppDb>().Files.OrderBy(file => file.Name).ToListAsync(Cancel);
        Assert.Equal(["0.jpg", "1.jpg", "2.jpg"], files.Select(file => file.Name));
        Assert.Single(files.Select(file => file.Hash).Distinct());
        Assert.All(files, file => Assert.Equal((300, 200), (file.Width, file.Height)));
    }

    [Fact]
    public async Task A_single_photo_may_be_the_whole_request()
    {
        var body = new ByteArrayContent(await TestImages.JpegAsync(TestImages.Quarters(300, 200)));
        body.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        Assert.Equal(HttpStatusCode.OK, (await _client.PostAsync("/upload", body, Cancel)).StatusCode);
    }

    [Fact]
    public async Task One_bad_photo_and_nothing_is_saved()
    {
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(await TestImages.JpegAsync(TestImages.Quarters(300, 200))), "photos", "good.jpg" },
            { new ByteArrayContent("<html></html>                     "u8.ToArray()), "photos", "bad.jpg" },
        };
        var answer = await _client.PostAsync("/upload", form, Cancel);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("bad.jpg", await answer.Content.ReadAsStringAsync(Cancel));
        await using var scope = _app.Services.CreateAsyncScope();
        Assert.Empty(await scope.ServiceProvider.GetRequiredService<AppDb>().Files.ToListAsync(Cancel));
    }

    [Fact]
    public async Task More_photos_than_allowed_are_refused()
    {
        var jpeg = await TestImages.JpegAsync(TestImages.Quarters(30, 20));
        using var form = new MultipartFormDataContent();
        for (var i = 0; i <= PhotoUploads.Most; i++) form.Add(new ByteArrayContent(jpeg), "photos", $"{i}.jpg");
        var answer = await _client.PostAsync("/upload", form, Cancel);
        Assert.Contains("最多传 6 张", await answer.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task Orphans_go_and_files_with_a_row_stay()
    {
        var kept = await AddPhotoAsync(_owner);
        var store = _app.Services.GetRequiredService<FileStore>();
        var orphan = await store.PutAsync(new MemoryStream("left by a killed process"u8.ToArray()), Cancel);
        foreach (var path in Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path).AddDays(-2));
        await using var scope = _app.Services.CreateAsyncScope();
        Assert.Equal(1, await scope.ServiceProvider.GetRequiredService<FileActions>().CollectOrphansAsync(Cancel));
        Assert.True(store.Exists(kept.Hash) && store.Exists(kept.ThumbHash!));
        Assert.False(store.Exists(orphan.Hash));
    }
}
