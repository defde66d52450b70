using System.Net.Http.Headers;
using System.Text;
using Ronghe.Tests.Platform.Files;

namespace Ronghe.Figures.Content;

/// <summary>
/// photos as phones make them, with position, serial number, maker and names inside, in all eight orientations. Nothing of it is in
/// what is kept on disk or handed out, and every picture stands upright.
/// </summary>
public sealed class CameraTraces() : Figure("R-27", isShort: true)
{
    static readonly byte[][] Secrets =
    [
        .. new[] { CameraMetadata.Maker, CameraMetadata.Serial, CameraMetadata.Comment, CameraMetadata.Creator, CameraMetadata.Byline, "Exif\0", "http://ns.adobe.com/xap" }.Select(Encoding.ASCII.GetBytes),
        CameraMetadata.LatitudeBytes,
    ];

    /// <summary>What the upper left quarter shows once the picture is upright, for each orientation.</summary>
    static readonly string[] UpperLeft = ["red", "green", "white", "blue", "red", "blue", "white", "green"];

    int _taken, _upright;

    protected override async Task RunAsync(Run run, Tally tally)
    {
        var count = run.CountOr(run.IsShort ? 8 : 100);
        await using var site = await run.Plant.StartAsync(run.Cancel);
        using var caller = new Caller(site.Address, run.Plant.Worker.Token);
        var plain = await TestImages.JpegAsync(TestImages.Quarters(480, 320));
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = run.Cancel }, async (number, cancel) =>
        {
            var photo = CameraMetadata.AddTo(plain, (ushort)(1 + number % 8));
            tally.MustSee(Secrets.All(secret => Holds(photo, secret)), "the photo that is sent lacks what must not be kept");
            await SendAsync(caller, photo, number, tally, cancel);
        });
        foreach (var file in Directory.EnumerateFiles(site.Data, "*", SearchOption.AllDirectories).Where(file => file.Contains("/files/", StringComparison.Ordinal)))
            Search(await File.ReadAllBytesAsync(file, run.Cancel), $"the stored file {Path.GetFileName(file)}", tally);
        tally.MustSee(_taken == count, $"only {_taken} of {count} photos were taken in");
        (tally.Load, tally.BadInputs) = ($"{count} photos with position, serial number, names", "8 orientations");
        tally.Remark = $"{_upright} of {count} upright";
    }

    async Task SendAsync(Caller caller, byte[] photo, int number, Tally tally, CancellationToken cancel)
    {
        var id = Guid.CreateVersion7();
        (await caller.PostAsync("/api/v1/findings", new { id, description = "护栏松动", place = "锅炉" }, cancel: cancel)).Must(201);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(photo) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } }, "photos", $"IMG_{number}.jpg" } };
        var answer = await caller.SendAsync(HttpMethod.Post, $"/api/v1/findings/{id}/photos?stage=before", form, cancel: cancel);
        if (!tally.Holds(answer.IsGood, $"photo {number} was answered {answer.Status} {answer.Words}")) return;
        Interlocked.Increment(ref _taken);
        var kept = answer.Json.GetProperty("photos")[0];
        var (picture, thumb) = (await caller.BytesAsync(kept.GetProperty("href").GetString()!, cancel), await caller.BytesAsync(kept.GetProperty("thumb").GetString()!, cancel));
        Search(picture, $"photo {number}", tally);
        Search(thumb, $"the thumbnail of photo {number}", tally);
        var (r, g, b) = await TestImages.ColourAtAsync(picture, 0.25, 0.25);
        var colour = (r > 128, g > 128, b > 128) switch { (true, false, false) => "red", (false, true, false) => "green", (false, false, true) => "blue", (true, true, true) => "white", _ => "?" };
        if (tally.Holds(colour == UpperLeft[number % 8], $"photo {number} of orientation {1 + number % 8} shows {colour} in its upper left")) Interlocked.Increment(ref _upright);
    }

    static void Search(byte[] bytes, string what, Tally tally)
    {
        foreach (var secret in Secrets) tally.Holds(!Holds(bytes, secret), $"{what} holds {Encoding.ASCII.GetString(secret)}");
    }

    static bool Holds(byte[] bytes, byte[] secret) => bytes.AsSpan().IndexOf(secret) >= 0;
}
