using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using Ronghe.Tests.Platform.Files;

namespace Ronghe.Figures.Durability;

/// <summary>
/// R-12: backups while people write, each restored into an empty place and started there. Whatever was acknowledged before the backup
/// says "as of" is there, row by row, file by file, journal line by journal line, and what was encrypted opens.
/// </summary>
public sealed class Backups() : Figure("R-12")
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    static readonly string[] Damages = ["a bit of a table", "a file less", "no manifest"];

    readonly List<TimeSpan> _taken = [], _back = [];
    int _restored, _duringBackups;

    protected override async Task RunAsync(Run run, Tally tally)
    {
        var rounds = run.CountOr(5);
        await using var site = await run.Plant.StartAsync(run.Cancel);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(run.Cancel);
        var load = new Load(run.Plant);
        var writing = load.RunAsync(site, stop.Token);
        var refused = 0;
        for (var round = 1; round <= rounds; round++)
        {
            var next = Task.Delay(Interval, run.Cancel);
            var backup = await TakeAsync(site, load, round, tally, run.Cancel);
            if (backup is not null) await RestoreAsync(site, backup, load, round, tally, run.Cancel);
            if (backup is not null && round == rounds) refused = await DamageAsync(site, backup, tally, run.Cancel);
            if (round < rounds) await next;
        }
        await stop.CancelAsync();
        await writing;
        tally.MustSee(_duringBackups > 0, "nothing was written while backups were taken");
        (tally.Load, tally.Faults) = ($"{load.Acknowledged.Count} writes and {load.Photos} photos, {_duringBackups} of them during backups", $"{rounds} restores into an empty place");
        tally.BadInputs = $"{refused} of {Damages.Length} damaged backups refused";
        tally.Remark = $"{_restored}/{rounds} restored; backup {Worst(_taken)}; RPO 0 s at the mark, {Interval.TotalSeconds:0} s between backups; RTO {Worst(_back)}; control seen";
    }

    sealed record Taken(string Folder, DateTimeOffset AsOf, IReadOnlyCollection<Write> Owed, int Photos);

    async Task<Taken?> TakeAsync(Site site, Load load, int round, Tally tally, CancellationToken cancel)
    {
        // The first must have something to keep.
        while (load.Acknowledged.Count < 20) await Task.Delay(50, cancel);
        var folder = Path.Combine(site.Folder, $"backup-{round}");
        var (owed, photos, watch) = (load.Acknowledged, load.Photos, Stopwatch.StartNew());
        var (exit, output, remarks) = await site.CommandAsync(["backup", folder, "--json"], cancel: cancel);
        _taken.Add(watch.Elapsed);
        _duringBackups += load.Acknowledged.Count - owed.Count;
        if (!tally.Holds(exit == 0, $"round {round}: no backup: {output} {remarks}")) return null;
        var answer = JsonDocument.Parse(output).RootElement;
        tally.Say($"round {round}: {owed.Count} writes owed, {load.Acknowledged.Count - owed.Count} written meanwhile, {answer.GetProperty("files").GetInt32()} files in {watch.Elapsed.TotalSeconds:0.0} s");
        return new(folder, answer.GetProperty("asOf").GetDateTimeOffset(), owed, photos);
    }

    async Task RestoreAsync(Site site, Taken backup, Load load, int round, Tally tally, CancellationToken cancel)
    {
        await using var place = new Site();
        var watch = Stopwatch.StartNew();
        var (exit, output, remarks) = await place.CommandAsync(["restore", backup.Folder, place.Data, "--json"], cancel: cancel);
        if (!tally.Holds(exit == 0, $"round {round}: not restored: {output} {remarks}")) return;
        await place.StartAsync(cancel);
        _back.Add(watch.Elapsed);
        var before = tally.Losses;
        foreach (var wrong in await WrongAsync(place, backup, cancel)) tally.Lost($"round {round}: {wrong}");
        foreach (var wrong in await JournalAsync(site, place, backup.AsOf, cancel)) tally.Lost($"round {round}: {wrong}");
        var (seals, verdict, _) = await place.CommandAsync(["verify-journal", "--json"], cancel: cancel);
        tally.Holds(seals == 0, $"round {round}: the restored journal does not verify: {verdict}");
        tally.Holds(await OpensAsync(place, load, backup.Owed.First(), cancel), $"round {round}: what was encrypted does not open with the restored keys");
        if (tally.Losses == before) _restored++;
        if (round == 1) await ControlAsync(place, backup, tally, cancel);
    }

    static async Task<List<string>> WrongAsync(Site place, Taken backup, CancellationToken cancel)
    {
        var wrong = await Evidence.MissingAsync(place, backup.Owed, cancel);
        var photos = await place.ValueAsync<long>("select count(*) from finding_photos", cancel);
        if (photos < backup.Photos) wrong.Add($"{photos} photos of {backup.Photos}");
        foreach (var hash in await place.ListAsync<string>("select hash from stored_files union select thumb_hash from stored_files where thumb_hash is not null", cancel))
            if (new FileInfo(FileOf(place, hash)) is var file && (!file.Exists || Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file.FullName, cancel))) != hash))
                wrong.Add($"file {hash} is not what its row says");
        return wrong;
    }

    /// <summary>Line by line as in the original. What was under way at the mark may be there or not; two seconds lie beyond any of that.</summary>
    static async Task<List<string>> JournalAsync(Site site, Site place, DateTimeOffset asOf, CancellationToken cancel)
    {
        var lines = $"select seq || ' ' || md5(journal::text) from journal where at < '{asOf.AddSeconds(-2):O}' order by seq";
        var (was, now) = (await site.ListAsync<string>(lines, cancel), (await place.ListAsync<string>(lines, cancel)).ToHashSet());
        return [.. was.Where(line => !now.Contains(line)).Select(line => $"journal row {line.Split(' ')[0]} is missing or different"), .. was.Count < now.Count ? [$"{now.Count} journal rows of {was.Count}"] : Array.Empty<string>()];
    }

    /// <summary>The kept answer of a call is encrypted with the keys; sent again on the restored product, the call gets it back.</summary>
    static async Task<bool> OpensAsync(Site place, Load load, Write write, CancellationToken cancel)
    {
        using var caller = new Caller(place.Address, load.TokenOf(write));
        var answer = await caller.SendAsync(HttpMethod.Post, write.Url, write.Content, write.Key, cancel);
        return answer.IsGood && answer.Headers!.GetValueOrDefault("Idempotency-Replayed") == "true";
    }

    /// <summary>A step and a photo taken away by hand from what was restored must be noticed.</summary>
    static async Task ControlAsync(Site place, Taken backup, Tally tally, CancellationToken cancel)
    {
        await using (var database = await place.OpenDatabaseAsync(cancel))
        await using (var take = new NpgsqlCommand("delete from finding_steps where finding_id = $1", database) { Parameters = { new() { Value = backup.Owed.First().Id } } })
            await take.ExecuteNonQueryAsync(cancel);
        File.Delete(FileOf(place, (await place.ListAsync<string>("select hash from stored_files limit 1", cancel))[0]));
        tally.MustSee((await WrongAsync(place, backup, cancel)).Count >= 2, "a step and a photo taken away by hand were not noticed");
    }

    static async Task<int> DamageAsync(Site site, Taken backup, Tally tally, CancellationToken cancel)
    {
        var refused = 0;
        foreach (var damage in Damages)
        {
            var victim = Path.Combine(backup.Folder, damage switch
            {
                "no manifest" => "manifest.json",
                "a file less" => Path.GetRelativePath(backup.Folder, Directory.EnumerateFiles(Path.Combine(backup.Folder, "files"), "*", SearchOption.AllDirectories).First()),
                _ => Path.GetRelativePath(backup.Folder, new DirectoryInfo(Path.Combine(backup.Folder, "database", "base")).EnumerateFiles("*", SearchOption.AllDirectories).MaxBy(file => file.Length)!.FullName),
            });
            var content = await File.ReadAllBytesAsync(victim, cancel);
            if (damage == "a bit of a table") await File.WriteAllBytesAsync(victim, [.. content[..^1], (byte)(content[^1] ^ 1)], cancel);
            else File.Delete(victim);
            var into = Path.Combine(site.Folder, "damaged");
            var (exit, _, _) = await site.CommandAsync(["restore", backup.Folder, into, "--json"], cancel: cancel);
            if (tally.Holds(exit == 1 && !Directory.Exists(into), $"a backup with {damage} was restored")) refused++;
            await File.WriteAllBytesAsync(victim, content, cancel);
        }
        return refused;
    }

    static string FileOf(Site place, string hash) => Path.Combine(place.Data, "files", hash[..2], hash[2..4], hash);

    static string Worst(List<TimeSpan> times) => times.Count == 0 ? "-" : $"{times.Max().TotalSeconds:0.0} s";

    /// <summary>People who report, grade and take photos until they are stopped.</summary>
    sealed class Load(Plant plant)
    {
        readonly Writes _writes = new(plant.Worker.Token, plant.Officer.Token);
        int _photos;

        public IReadOnlyCollection<Write> Acknowledged => _writes.Acknowledged;
        public int Photos => Volatile.Read(ref _photos);
        public string TokenOf(Write write) => write.IsGrading ? plant.Officer.Token : plant.Worker.Token;

        public async Task RunAsync(Site site, CancellationToken stop)
        {
            var photos = PhotosAsync(site, stop);
            while (!stop.IsCancellationRequested) await _writes.WriteAsync(site, 40, 4, _ => { });
            await photos;
        }

        async Task PhotosAsync(Site site, CancellationToken stop)
        {
            using var caller = new Caller(site.Address, plant.Worker.Token);
            for (var number = 0; !stop.IsCancellationRequested; number++)
            {
                var id = Guid.CreateVersion7();
                var colour = number * 40_503;
                var report = await caller.TryAsync(HttpMethod.Post, "/api/v1/findings", JsonContent.Create(new { id, description = "护栏松动", place = "锅炉 8 米层" }), cancel: CancellationToken.None);
                var jpeg = await TestImages.JpegAsync(TestImages.Ppm(320, 240, (x, y) => ((byte)(x + colour), (byte)(y ^ colour >> 8), (byte)(colour >> 16))));
                var photo = new ByteArrayContent(jpeg) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };
                using var form = new MultipartFormDataContent { { photo, "photos", "现场.jpg" } };
                if (report is { IsGood: true } && await caller.TryAsync(HttpMethod.Post, $"/api/v1/findings/{id}/photos?stage=before", form, cancel: CancellationToken.None) is { IsGood: true }) Interlocked.Increment(ref _photos);
            }
        }
    }
}
