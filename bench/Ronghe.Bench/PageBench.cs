using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Ronghe.Bench;

/// <summary>What a phone fetches for its first page, compressed as a browser asks for it: the page, its styles, scripts and icons.</summary>
static partial class PageBench
{
    const double MostKilobytes = 150;

    public static async Task<bool> RunAsync(Stage stage)
    {
        var address = await stage.DatabaseAsync();
        await using var product = await Host.StartAsync(address, stage.Folder, 18344);
        using var handler = new HttpClientHandler { AutomaticDecompression = DecompressionMethods.None, AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = new Uri("http://127.0.0.1:18344") };
        client.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        client.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        var plain = await new HttpClient { BaseAddress = client.BaseAddress }.GetStringAsync(new Uri("/sign-in", UriKind.Relative));
        var parts = Asset().Matches(plain).Select(m => m.Groups[1].Value.Split('#')[0]).Where(p => p.StartsWith('/')).Prepend("/sign-in").Distinct().ToList();
        var (sent, whole) = (0.0, 0.0);
        foreach (var part in parts)
        {
            sent += (await client.GetByteArrayAsync(new Uri(part, UriKind.Relative))).Length / 1000.0;
            whole += (await new HttpClient { BaseAddress = client.BaseAddress }.GetByteArrayAsync(new Uri(part, UriKind.Relative))).Length / 1000.0;
        }
        return Line.Print($"first page on a phone, {parts.Count} requests", $"{sent:0.0} kB", $"{whole:0.0} kB plain", sent / whole, "<= 150 kB", sent <= MostKilobytes);
    }

    [GeneratedRegex("""(?:href|src)="([^"]*assets/[^"]+)""")]
    private static partial Regex Asset();
}
