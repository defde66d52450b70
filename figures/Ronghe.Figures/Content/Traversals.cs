using System.Net.Sockets;
using System.Text;
using Ronghe.Organisation.Appointments;
using Ronghe.Tests.Platform.Files;
using Ronghe.Tests.Platform.Spreadsheets;

namespace Ronghe.Figures.Content;

/// <summary>
/// R-29: ways out of a folder, in every address, parameter, file name and archive entry that could become a path: the system's files, the
/// product's own keys and passwords, a file laid out for it. Nothing outside is read and nothing is written there.
/// </summary>
public sealed class Traversals() : Figure("R-29", isShort: true)
{
    const string Outside = "ronghe-outside";
    static readonly string[] Steps = ["../", "..\\", "%2e%2e/", "..%2f", "%2e%2e%2f", "..%5c", "%252e%252e%252f", "..%c0%af", "....//", "..;/", ".%00./", "/", "//", "\\\\", "file:///", "C:\\"];

    readonly List<string> _secrets = ["root:x:0:0"];
    int _tried;

    protected override async Task RunAsync(Run run, Tally tally)
    {
        await using var site = await run.Plant.StartAsync(run.Cancel);
        var canary = $"canary-{Guid.CreateVersion7():N}";
        await File.WriteAllTextAsync(Path.Combine(site.Folder, "canary.txt"), canary, run.Cancel);
        _secrets.Add(canary);
        _secrets.AddRange(await KeptAsync(site, run.Cancel));
        var before = Outsiders(site);
        using var browser = await Browser.OfAsync(site.Address, run.Plant.Holder(Posts.SystemAdministrator).Number, run.Plant.Holder(Posts.SystemAdministrator).Password);
        var cookies = string.Join("; ", browser.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));
        var paths = Paths(site, run.IsShort ? [12] : [1, 3, 12]).ToList();
        await Parallel.ForEachAsync(Addresses(paths), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = run.Cancel },
            async (address, cancel) => Look(await RawAsync(site, address, cookies, cancel), address, tally));
        await UploadsAsync(site, run.Plant, paths, tally, run.Cancel);
        foreach (var file in Outsiders(site).Except(before)) tally.Lost($"{file} was written outside");
        await ControlAsync(site, run.Plant, canary, tally);
        (tally.Load, tally.BadInputs) = ("addresses, parameters, file names, archive entries", $"{_tried:N0} ways out to {_secrets.Count} secrets");
        tally.Remark = "outside reads 0, writes 0; control seen";
    }

    /// <summary>The product's own: the database's password, the keys that protect sessions.</summary>
    static async Task<List<string>> KeptAsync(Site site, CancellationToken cancel)
    {
        var kept = new List<string>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(site.Data, "keys")).Append(Path.Combine(site.Data, "postgres", "secrets.json")))
            kept.Add((await File.ReadAllTextAsync(file, cancel)).Split('\n').Select(line => line.Trim()).OrderByDescending(line => line.Length).First());
        return kept;
    }

    static IEnumerable<string> Paths(Site site, int[] depths)
    {
        string[] goals = ["etc/passwd", $"{site.Folder[1..]}/canary.txt", $"{site.Data[1..]}/postgres/secrets.json"];
        foreach (var step in Steps)
            foreach (var goal in goals)
                foreach (var depth in depths)
                    yield return string.Concat(Enumerable.Repeat(step, depth)) + goal;
        foreach (var near in (string[])["../postgres/secrets.json", "../../canary.txt", "../keys/", "../../../ronghe.deps.json", "..%2f..%2fcanary.txt"]) yield return near;
    }

    static IEnumerable<string> Addresses(List<string> paths) => paths.SelectMany(path => new[]
    {
        $"/{path}", $"/assets/{path}", $"/files/{path}", $"/files/{Guid.Empty}/{path}", $"/pickers/{path}", $"/openapi/{path}", $"/openapi/v1.json/{path}", $"/places/{path}", $"/imports/{path}",
        $"/api/v1/imports/{path}/marked-file", $"/imports/new?kind={path}&handler=Template", $"/imports/new?kind={path}", $"/?returnUrl={path}", $"/sign-in?returnUrl={path}", $"/rules?area={path}",
        $"/findings?q={path}", $"/search?q={path}", $"/api/v1/findings?category={path}", $"/error/{path}",
    });

    /// <summary>Byte by byte: a client of the library would tidy the path before it is sent.</summary>
    static async Task<string> RawAsync(Site site, string address, string cookies, CancellationToken cancel)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", site.Port, cancel);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"GET {address.Replace(" ", "%20", StringComparison.Ordinal)} HTTP/1.1\r\nHost: 127.0.0.1:{site.Port}\r\nCookie: {cookies}\r\nConnection: close\r\n\r\n"), cancel);
        using var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, cancel);
        }
        catch (IOException)
        {
            // Hung up on in the middle: what came so far counts.
        }
        return Encoding.UTF8.GetString(answer.ToArray());
    }

    void Look(string answer, string where, Tally tally)
    {
        Interlocked.Increment(ref _tried);
        tally.Holds(answer.Length > 0, $"{where} got no answer");
        if (Seen(answer)) tally.Lost($"{where} gave away what lies outside");
        if (answer.StartsWith("HTTP/1.1 5", StringComparison.Ordinal)) tally.Lost($"{where} failed: {answer.Split('\r')[0]}");
    }

    bool Seen(string answer) => _secrets.Exists(secret => answer.Contains(secret, StringComparison.Ordinal));

    /// <summary>Names of photos and lists, and the entries and relations inside of a workbook.</summary>
    async Task UploadsAsync(Site site, Plant plant, List<string> paths, Tally tally, CancellationToken cancel)
    {
        using Caller worker = new(site.Address, plant.Worker.Token), system = new(site.Address, plant.Holder(Posts.SystemAdministrator).Token);
        var jpeg = await TestImages.JpegAsync(TestImages.Quarters(40, 30));
        foreach (var path in paths.Where((_, i) => i % 4 == 0))
        {
            var id = Guid.CreateVersion7();
            (await worker.PostAsync("/api/v1/findings", new { id, description = "护栏松动", place = "锅炉" }, cancel: cancel)).Must(201);
            using var photo = new MultipartFormDataContent { { new ByteArrayContent(jpeg), "photos", $"{path}/{Outside}.jpg" } };
            await KeepAsync(worker.SendAsync(HttpMethod.Post, $"/api/v1/findings/{id}/photos?stage=before", photo, cancel: cancel), $"a photo named {path}", tally);
            using var list = new MultipartFormDataContent { { new StringContent("people"), "kind" }, { new StringContent("工号,姓名,部门\n000779,来人,检修部\n"), "file", $"{path}/{Outside}.csv" } };
            await KeepAsync(system.SendAsync(HttpMethod.Post, "/api/v1/imports", list, cancel: cancel), $"a list named {path}", tally);
            var entries = HandMade.Zip(($"{path}/{Outside}", "x"), ("_rels/.rels", HandMade.Relationships(("rId1", "officeDocument", System.Security.SecurityElement.Escape(path))))).ToArray();
            using var workbook = new MultipartFormDataContent { { new StringContent("people"), "kind" }, { new ByteArrayContent(entries), "file", "a.xlsx" } };
            await KeepAsync(system.SendAsync(HttpMethod.Post, "/api/v1/imports", workbook, cancel: cancel), $"a workbook with the entry {path}", tally);
        }
    }

    async Task KeepAsync(Task<Answer> sending, string what, Tally tally)
    {
        var answer = await sending;
        Interlocked.Increment(ref _tried);
        if (Seen(answer.Text)) tally.Lost($"{what} gave away what lies outside");
        if (answer.Status >= 500) tally.Lost($"{what} was answered {answer.Status}");
    }

    /// <summary>Files that bear our mark, wherever a name could have led.</summary>
    static HashSet<string> Outsiders(Site site)
    {
        var everywhere = new[] { "/etc", "/tmp", "/", site.Folder, AppContext.BaseDirectory, Directory.GetCurrentDirectory() };
        var options = new EnumerationOptions { IgnoreInaccessible = true, RecurseSubdirectories = false };
        return [.. everywhere.SelectMany(folder => Directory.EnumerateFileSystemEntries(folder, $"*{Outside}*", options)),
            .. Directory.EnumerateFiles(site.Data, $"*{Outside}*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true })];
    }

    /// <summary>The mark of the file outside, put into the product by hand, must be noticed in its answer.</summary>
    async Task ControlAsync(Site site, Plant plant, string canary, Tally tally)
    {
        using var worker = new Caller(site.Address, plant.Worker.Token);
        var answer = (await worker.PostAsync("/api/v1/findings", new { id = Guid.CreateVersion7(), description = canary, place = "锅炉" })).Must(201);
        tally.MustSee(Seen(answer.Text), "the mark of the file outside was not noticed");
    }
}
