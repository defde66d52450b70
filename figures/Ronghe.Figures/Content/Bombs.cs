using System.Text;
using Ronghe.Organisation.Appointments;
using Ronghe.Tests.Platform.Files;

namespace Ronghe.Figures.Content;

/// <summary>
/// archive, pixel and XML bombs, files that are two things at once, broken ones, over HTTP. All refused in words, each within two
/// seconds, while the web process grows by less than 150 MB and goes on to serve.
/// </summary>
public sealed class Bombs() : Figure("R-26")
{
    const double MostMegabytes = 150;
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    protected override async Task RunAsync(Run run, Tally tally)
    {
        var files = await HostileFiles.AllAsync();
        await using var site = await run.Plant.StartAsync(run.Cancel);
        using Caller system = new(site.Address, run.Plant.Holder(Posts.SystemAdministrator).Token), worker = new(site.Address, run.Plant.Worker.Token);
        var finding = Guid.CreateVersion7();
        (await worker.PostAsync("/api/v1/findings", new { id = finding, description = "护栏松动", place = "锅炉" })).Must(201);
        // Code is compiled at its first use; that is no rise of a bomb.
        await HonestAsync(system, worker, finding, tally);
        var (slowest, clean) = ((Took: TimeSpan.Zero, What: ""), 0);
        await using var watch = new Watch(site.ProcessId);
        foreach (var file in files)
        {
            var (answer, took) = await Watch.TimedAsync(() => SendAsync(file.IsPhoto ? worker : system, file, finding));
            if (took > slowest.Took) slowest = (took, file.What);
            tally.Holds(took < Limit, $"{file.What} took {took.TotalSeconds:0.0} s");
            if (answer.IsGood && file.MayComeClean is { } secret && await IsCleanAsync(worker, answer, secret)) clean++;
            else tally.Holds(answer.Status is >= 400 and < 500 && answer.IsInChinese, $"{file.What} was answered {answer.Status} {answer.Words[..Math.Min(80, answer.Words.Length)]}");
        }
        tally.Holds(watch.RiseInMegabytes < MostMegabytes, $"the web process grew by {watch.RiseInMegabytes:0} MB");
        await HonestAsync(system, worker, finding, tally);
        tally.Holds(await site.ValueAsync<long>("select count(*) from import_runs where file_name like 'a%'", run.Cancel) == 0, "a hostile list became an import");
        (tally.Load, tally.BadInputs) = ("one web process", $"{files.Count} hostile files, {clean} of them pictures taken in without what was hidden");
        tally.Remark = $"memory +{watch.RiseInMegabytes:0} MB, slowest {slowest.Took.TotalSeconds:0.0} s ({slowest.What})";
    }

    static async Task<Answer> SendAsync(Caller caller, HostileFile file, Guid finding)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(file.Bytes), file.IsPhoto ? "photos" : "file", file.Name } };
        if (!file.IsPhoto) form.Add(new StringContent("people"), "kind");
        return await caller.SendAsync(HttpMethod.Post, file.IsPhoto ? $"/api/v1/findings/{finding}/photos?stage=before" : "/api/v1/imports", form);
    }

    static async Task<bool> IsCleanAsync(Caller caller, Answer answer, string secret)
    {
        foreach (var photo in answer.Json.GetProperty("photos").EnumerateArray())
            if ((await caller.BytesAsync(photo.GetProperty("href").GetString()!)).AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0) return false;
        return true;
    }

    /// <summary>The control: what is honest is taken, before and after.</summary>
    static async Task HonestAsync(Caller system, Caller worker, Guid finding, Tally tally)
    {
        var list = await SendAsync(system, new("", "名册.csv", Encoding.UTF8.GetBytes("工号,姓名,部门\n000778,来人,检修部\n"), false), finding);
        var photo = await SendAsync(worker, new("", "现场.jpg", await TestImages.JpegAsync(TestImages.Quarters(1800, 1350)), true), finding);
        tally.MustSee(list.Status == 201, $"an honest list was answered {list.Status} {list.Words}");
        tally.MustSee(photo.IsGood, $"an honest photo was answered {photo.Status} {photo.Words}");
    }
}
