using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace Ronghe.Figures.Offline;

/// <summary>What lies in the queue on the device.</summary>
public sealed record QueuedReport(string Title, string State, int Photos, bool HoldsCameraData);

/// <summary>Somebody's phone: Chromium with a profile that outlives it, started here and killed (-9) by the id that was written down.</summary>
sealed class Phone(string profile, Uri address) : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    IPlaywright? _playwright;
    Process? _chromium;
    IBrowser? _browser;

    public IBrowserContext Context => _browser!.Contexts[0];

    public async Task StartAsync(CancellationToken cancel)
    {
        _playwright ??= await Playwright.CreateAsync();
        var port = Path.Combine(profile, "DevToolsActivePort");
        File.Delete(port);
        _chromium = Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--remote-debugging-port=0", $"--user-data-dir={profile}", "--window-size=390,844", "about:blank",
        ]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        foreach (var output in new[] { _chromium.StandardError, _chromium.StandardOutput }) _ = output.ReadToEndAsync(cancel);
        var began = Stopwatch.GetTimestamp();
        string[] lines;
        while ((lines = File.Exists(port) ? await File.ReadAllLinesAsync(port, cancel) : []).Length < 2)
        {
            if (_chromium.HasExited || Stopwatch.GetElapsedTime(began) > Patience) throw new InvalidOperationException("Chromium did not start.");
            await Task.Delay(50, cancel);
        }
        _browser = await _playwright.Chromium.ConnectOverCDPAsync($"http://127.0.0.1:{int.Parse(lines[0], CultureInfo.InvariantCulture)}");
    }

    /// <summary>kill -9, with all that it started.</summary>
    public void Kill()
    {
        _chromium!.Kill(entireProcessTree: true);
        _chromium.WaitForExit();
        foreach (var left in Directory.EnumerateFiles(profile, "Singleton*")) File.Delete(left);
    }

    public async Task<IPage> OpenAsync(string path)
    {
        var page = await Context.NewPageAsync();
        page.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        await GoAsync(page, path);
        return page;
    }

    /// <summary>As people do where there is hardly a signal: again, until it opens.</summary>
    public async Task GoAsync(IPage page, string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await page.GotoAsync(new Uri(address, path).ToString(), new() { WaitUntil = WaitUntilState.DOMContentLoaded, Timeout = 15_000 });
                await page.EvaluateAsync("document.readyState === 'complete' || new Promise(done => addEventListener('load', done, { once: true }))");
                return;
            }
            catch (Exception trouble) when (trouble is PlaywrightException or TimeoutException && attempt < 40)
            {
                await Task.Delay(150);
            }
        }
    }

    public async Task SignInAsync(Player player, CancellationToken cancel)
    {
        var page = await Context.NewPageAsync();
        for (var attempt = 1; ; attempt++)
        {
            await GoAsync(page, "/sign-in");
            try
            {
                await page.Locator("input[autocomplete=username]").FillAsync(player.Number, new() { Timeout = 5_000 });
                await page.Locator("input[type=password]").FillAsync(player.Password, new() { Timeout = 5_000 });
                await page.Locator("main button[type=submit]").First.ClickAsync(new() { Timeout = 5_000 });
                await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal) && url.StartsWith("http", StringComparison.Ordinal), new() { Timeout = 8_000 });
            }
            catch (Exception trouble) when (trouble is PlaywrightException or TimeoutException && attempt < 20)
            {
                // Broken off; whether it came through shows below.
            }
            if ((await Context.CookiesAsync([address.ToString()])).Any(cookie => cookie.Name == "ronghe")) break;
            await Task.Delay(300, cancel);
        }
        await page.CloseAsync();
    }

    /// <summary>What the queue holds, read from the browser's own database.</summary>
    public static async Task<QueuedReport[]> QueueAsync(IPage page, string secret) => JsonSerializer.Deserialize<QueuedReport[]>(await page.EvaluateAsync<string>("""
        secret => new Promise((done, fail) => {
          const opening = indexedDB.open("ronghe");
          opening.onerror = () => fail(opening.error);
          opening.onsuccess = () => {
            const reading = opening.result.transaction("items").objectStore("items").getAll();
            reading.onsuccess = () => {
              opening.result.close();
              done(JSON.stringify(reading.result.map(item => ({ title: item.title, state: item.state, photos: item.photos.length,
                holdsCameraData: item.photos.some(photo => new TextDecoder("latin1").decode(photo.bytes).includes(secret)) }))));
            };
          };
        })
        """, secret), JsonSerializerOptions.Web)!;

    public ValueTask DisposeAsync()
    {
        if (_chromium is { HasExited: false }) Kill();
        _chromium?.Dispose();
        _playwright?.Dispose();
        return ValueTask.CompletedTask;
    }
}
