using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Ronghe.Platform.Files;
using Ronghe.Platform.Hosting;
using Ronghe.Tests.Platform.Files;

namespace Ronghe.Figures.Durability;

/// <summary>
/// the product is killed when a photo lies on disk and its row is not written yet. No row without its file, every file is what
/// its row says, and what nobody refers to is collected.
/// </summary>
public sealed class PhotoKills() : Figure("R-03")
{
    const int Uploads = 8;

    int _acknowledged;

    protected override async Task RunAsync(Run run, Tally tally)
    {
        var rounds = run.CountOr(10);
        await using var site = await run.Plant.StartAsync(run.Cancel);
        var orphans = 0;
        for (var round = 1; round <= rounds; round++)
        {
            await RoundAsync(site, run, tally);
            await site.StartAsync(run.Cancel);
            foreach (var wrong in await WrongAsync(site, run.Cancel)) tally.Lost($"round {round}: {wrong}");
            orphans = (await OrphansAsync(site, run.Cancel)).Count;
            tally.Say($"round {round}: {_acknowledged} photos acknowledged, {orphans} files without a row");
        }
        tally.MustSee(orphans > 0, "no kill fell between a file and its row");
        await ControlAsync(site, tally, run.Cancel);
        var collected = await CollectAsync(site, run.Cancel);
        await site.StartAsync(run.Cancel);
        foreach (var left in await OrphansAsync(site, run.Cancel)) tally.Lost($"{left} belongs to no row and was not collected");
        foreach (var wrong in await WrongAsync(site, run.Cancel)) tally.Lost($"after collecting: {wrong}");
        (tally.Load, tally.Faults) = ($"{rounds * Uploads} uploads, {_acknowledged} acknowledged", $"{rounds} kill -9 between file and row");
        tally.Remark = $"{orphans} orphans, {collected} collected; control seen";
    }

    /// <summary>Half of the uploads go through; then the rows are held up in the database until files lie on disk, and the product is killed.</summary>
    async Task RoundAsync(Site site, Run run, Tally tally)
    {
        using var caller = new Caller(site.Address, run.Plant.Worker.Token);
        await Parallel.ForAsync(0, Uploads / 2, run.Cancel, async (_, _) => await UploadAsync(caller));
        await using var database = await site.OpenDatabaseAsync(run.Cancel);
        await using var transaction = await database.BeginTransactionAsync(run.Cancel);
        await using (var hold = new NpgsqlCommand("lock table stored_files in share mode", database)) await hold.ExecuteNonQueryAsync(run.Cancel);
        var before = Files(site).Count;
        var uploads = Enumerable.Range(0, Uploads / 2).Select(_ => UploadAsync(caller)).ToList();
        for (var waited = 0; Files(site).Count < before + 2 && waited < 3000; waited++) await Task.Delay(10, run.Cancel);
        if (Files(site).Count < before + 2) tally.Invalid("no photo reached the disk");
        site.KillApplication();
        if (Random.Shared.Next(2) == 0) site.KillDatabase();
        await Task.WhenAll(uploads);
    }

    async Task UploadAsync(Caller caller)
    {
        var id = Guid.CreateVersion7();
        var report = await caller.TryAsync(HttpMethod.Post, "/api/v1/findings", System.Net.Http.Json.JsonContent.Create(new { id, description = "护栏松动", place = "锅炉 8 米层" }));
        if (report is not { IsGood: true }) return;
        var colour = Random.Shared.Next();
        var jpeg = await TestImages.JpegAsync(TestImages.Ppm(320, 240, (x, y) => ((byte)(x + colour), (byte)(y ^ colour >> 8), (byte)(colour >> 16))));
        var photo = new ByteArrayContent(jpeg) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };
        using var form = new MultipartFormDataContent { { photo, "photos", "现场.jpg" } };
        if (await caller.TryAsync(HttpMethod.Post, $"/api/v1/findings/{id}/photos?stage=before", form) is { IsGood: true }) Interlocked.Increment(ref _acknowledged);
    }

    /// <summary>Rows without a file, and files that are not what their row says.</summary>
    async Task<List<string>> WrongAsync(Site site, CancellationToken cancel)
    {
        var wrong = new List<string>();
        var files = Files(site);
        foreach (var hash in await HashesAsync(site, cancel))
            if (!files.TryGetValue(hash, out var path)) wrong.Add($"row {hash} has no file");
            else if (Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(path, cancel))) != hash) wrong.Add($"file {hash} is not what its row says");
        var rows = await site.ValueAsync<long>("select count(*) from finding_photos p join stored_files f on f.id = p.file_id", cancel);
        if (rows < _acknowledged) wrong.Add($"{rows} photos stored of {_acknowledged} acknowledged");
        return wrong;
    }

    static async Task<List<string>> OrphansAsync(Site site, CancellationToken cancel)
    {
        var known = (await HashesAsync(site, cancel)).ToHashSet();
        return [.. Files(site).Keys.Where(hash => !known.Contains(hash))];
    }

    static Task<List<string>> HashesAsync(Site site, CancellationToken cancel) =>
        site.ListAsync<string>("select hash from stored_files union select thumb_hash from stored_files where thumb_hash is not null", cancel);

    static Dictionary<string, string> Files(Site site)
    {
        var folder = Path.Combine(site.Data, "files");
        return !Directory.Exists(folder) ? [] : Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path).Length == 64).ToDictionary(path => Path.GetFileName(path));
    }

    /// <summary>A stored photo altered, and one taken away by hand, must be noticed.</summary>
    async Task ControlAsync(Site site, Tally tally, CancellationToken cancel)
    {
        var hashes = (await HashesAsync(site, cancel)).Take(2).ToList();
        var paths = hashes.ConvertAll(hash => Files(site)[hash]);
        foreach (var path in paths) File.Copy(path, path + ".kept");
        await File.AppendAllTextAsync(paths[0], "x", cancel);
        File.Delete(paths[1]);
        tally.MustSee((await WrongAsync(site, cancel)).Count == 2, "a photo altered or taken away by hand was not noticed");
        foreach (var path in paths) File.Move(path + ".kept", path, overwrite: true);
    }

    /// <summary>The product's own collection, two days later by its clock.</summary>
    static async Task<int> CollectAsync(Site site, CancellationToken cancel)
    {
        await site.StopAsync();
        await using var product = await Program.Product.OpenAsync(new Deployment(site.Data, IsDemo: false), LogStyle.Plain,
            builder => builder.Services.AddSingleton<TimeProvider>(new LaterClock()), cancel);
        await using var scope = product.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<FileActions>().CollectOrphansAsync(cancel);
    }

    sealed class LaterClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromDays(2);
    }
}
