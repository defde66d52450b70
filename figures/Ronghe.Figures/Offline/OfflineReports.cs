using System.Diagnostics;
using Microsoft.Playwright;
using Ronghe.Tests.Platform.Files;

namespace Ronghe.Figures.Offline;

/// <summary>
/// R-40: reports with photos made on a phone without a signal; the browser is killed (-9) while they are made and while they are sent; then a
/// line that breaks off, three tabs at once. Each is stored once with its photo; none is doubled, none lost.
/// </summary>
public sealed class OfflineReports() : Figure("R-40")
{
    const int Tabs = 3;
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    protected override async Task RunAsync(Run run, Tally tally)
    {
        var count = run.CountOr(50);
        await using var site = await run.Plant.StartAsync(run.Cancel);
        await using var link = new FlakyLink(site.Port);
        await using var phone = new Phone(Directory.CreateDirectory(Path.Combine(site.Folder, "phone")).FullName, link.Address);
        var titles = Enumerable.Range(1, count).Select(number => $"第 {number} 条，护栏松动，{Guid.CreateVersion7():n}").ToList();
        await phone.StartAsync(run.Cancel);
        await phone.SignInAsync(run.Plant.Worker, run.Cancel);
        await PrepareAsync(phone, run.Cancel);
        link.Turn(LinkQuality.Down);
        await WriteAsync(phone, titles, tally, run.Cancel);
        var kills = await SendAsync(site, link, phone, run.Plant.Worker, count, tally, run.Cancel);
        foreach (var wrong in await WrongAsync(site, count, run.Cancel)) tally.Lost(wrong);
        tally.MustSee(kills == 2, "the browser was not killed in the midst of the sending");
        tally.MustSee(link.CutAnswers >= count / 10 && link.CutRequests > 0, $"the line cut {link.CutAnswers} answers and {link.CutRequests} requests only");
        await ControlAsync(site, run, titles, count, tally);
        tally.Load = $"{count} reports with photos, written without a signal, sent from {Tabs} tabs";
        tally.Faults = $"{kills} kill -9 of the browser, {link.CutAnswers} answers and {link.CutRequests} requests cut off";
        tally.Remark = $"stored {await site.ValueAsync<long>("select count(distinct description) from findings", run.Cancel)}, doubled 0 but by the control, which was seen";
    }

    const string State = "Promise.all([caches.keys(), navigator.serviceWorker.getRegistration(), fetch('/api/v1/offline').then(answer => answer.text())]).then(([names, worker, desk]) => `${location.href} ${names} ${worker?.active?.state} ${desk}`)";

    /// <summary>Opened once with a signal: from then on the page is on the device.</summary>
    static async Task PrepareAsync(Phone phone, CancellationToken cancel)
    {
        var page = await phone.OpenAsync("/findings/report");
        for (var waited = 0; !await page.EvaluateAsync<bool>("caches.open('pages').then(cache => cache.match('/findings/report')).then(Boolean)"); waited++)
        {
            if (waited > 900) throw new InvalidOperationException("The report page was not kept on the device: " + await page.EvaluateAsync<string>(State));
            await Task.Delay(100, cancel);
        }
        await page.CloseAsync();
    }

    /// <summary>Half of them, then the browser dies just after a press, then the rest; what the device had confirmed must be there.</summary>
    static async Task WriteAsync(Phone phone, List<string> titles, Tally tally, CancellationToken cancel)
    {
        var page = await phone.OpenAsync("/findings/report");
        var half = titles.Count / 2;
        for (var at = 0; at < half; at++) await ReportAsync(page, titles[at], at);
        await FillAsync(page, titles[half], half);
        await page.GetByRole(AriaRole.Button, new() { Name = "上报", Exact = true }).EvaluateAsync("button => button.click()");
        phone.Kill();
        await phone.StartAsync(cancel);
        page = await phone.OpenAsync("/findings/report");
        var there = (await Phone.QueueAsync(page, CameraMetadata.Serial)).Select(item => item.Title).ToHashSet();
        foreach (var lost in titles[..half].Where(title => !there.Contains(title))) tally.Lost($"{lost} was confirmed on the device and is gone");
        for (var at = half; at < titles.Count; at++)
            if (!there.Contains(titles[at])) await ReportAsync(page, titles[at], at);
        var queue = await Phone.QueueAsync(page, CameraMetadata.Serial);
        tally.Holds(queue.Length == titles.Count && queue.All(item => item is { State: "waiting", Photos: 1 }), $"{queue.Length} in the queue instead of {titles.Count}, or not as they should be");
        tally.Holds(queue.All(item => !item.HoldsCameraData), "a photo lies in the queue with what the camera wrote into it");
        tally.Say($"{queue.Length} reports wait on the device");
    }

    static async Task ReportAsync(IPage page, string title, int number)
    {
        await FillAsync(page, title, number);
        var before = await page.EvaluateAsync<string?>("document.querySelector('.stored')?.dataset.stored ?? null");
        await page.GetByRole(AriaRole.Button, new() { Name = "上报", Exact = true }).ClickAsync();
        await page.WaitForFunctionAsync("before => { const note = document.querySelector('.stored'); return note && note.dataset.stored !== before; }", before);
    }

    static async Task FillAsync(IPage page, string title, int number)
    {
        var colour = number * 7919;
        var photo = CameraMetadata.AddTo(await TestImages.JpegAsync(TestImages.Ppm(320, 240, (x, y) => ((byte)(x + colour), (byte)(y ^ colour), (byte)(colour >> 4)))), orientation: 1);
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "现场.jpg", MimeType = "image/jpeg", Buffer = photo });
        await page.Locator("[name='Form.Description']").FillAsync(title);
        await page.GetByLabel("在哪里").FillAsync("锅炉 8 米层");
        await page.Locator(".shot img").First.WaitForAsync();
    }

    /// <summary>A signal that comes and goes; three tabs; once more killed when a third is through.</summary>
    static async Task<int> SendAsync(Site site, FlakyLink link, Phone phone, Player worker, int count, Tally tally, CancellationToken cancel)
    {
        link.Turn(LinkQuality.Flaky);
        await phone.SignInAsync(worker, cancel);
        var (began, kills) = (Stopwatch.GetTimestamp(), 1);
        var tabs = await OpenTabsAsync(phone);
        for (var round = 1; ; round++)
        {
            await Task.Delay(400, cancel);
            var stored = await site.ValueAsync<long>("select count(*) from findings", cancel);
            if (kills == 1 && stored >= count / 3 && stored < count)
            {
                phone.Kill();
                kills++;
                tally.Say($"killed when {stored} were stored");
                await phone.StartAsync(cancel);
                await phone.SignInAsync(worker, cancel);
                tabs = await OpenTabsAsync(phone);
            }
            var queue = await Phone.QueueAsync(tabs[0], CameraMetadata.Serial);
            foreach (var stuck in queue.Where(item => item.State == "stuck")) tally.Lost($"{stuck.Title} stands still");
            if (queue.All(item => item.State is "received" or "stuck")) break;
            if (Stopwatch.GetElapsedTime(began) > Patience)
            {
                tally.Lost($"{queue.Count(item => item.State is not "received")} still wait after {Patience}");
                break;
            }
            // Impatient people open the page once more.
            if (round % 12 == 0) await Task.WhenAll(tabs.Select((tab, at) => phone.GoAsync(tab, Paths[at])));
        }
        tally.Say($"all through after {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
        return kills;
    }

    static readonly string[] Paths = ["/offline", "/findings/report", "/"];

    static Task<IPage[]> OpenTabsAsync(Phone phone) => Task.WhenAll(Paths.Take(Tabs).Select(phone.OpenAsync));

    static async Task<List<string>> WrongAsync(Site site, int expected, CancellationToken cancel)
    {
        var wrong = new List<string>();
        foreach (var (what, sql) in new[]
        {
            ("records", "select count(*) from findings"), ("distinct texts", "select count(distinct description) from findings"),
            ("distinct numbers", "select count(distinct number) from findings"), ("journal rows", "select count(*) from journal where event = 'finding.reported'"),
            ("photos", "select count(*) from finding_photos"), ("records with one photo", "select count(*) from (select finding_id from finding_photos group by 1 having count(*) = 1) one"),
        })
            if (await site.ValueAsync<long>(sql, cancel) is var found && found != expected) wrong.Add($"{found} {what} instead of {expected}");
        return wrong;
    }

    /// <summary>A queue that drew a new id for each attempt would double a report whose answer was cut off, and that must show.</summary>
    static async Task ControlAsync(Site site, Run run, List<string> titles, int count, Tally tally)
    {
        using var caller = new Caller(site.Address, run.Plant.Worker.Token);
        foreach (var title in titles.Take(2))
            (await caller.PostAsync("/api/v1/findings", new { id = Guid.CreateVersion7(), description = title, place = "锅炉 8 米层" }, Guid.CreateVersion7().ToString(), run.Cancel)).Must(201);
        tally.MustSee((await WrongAsync(site, count, run.Cancel)).Any(wrong => wrong.Contains("records", StringComparison.Ordinal)), "reports sent again under new ids were not noticed");
    }
}
