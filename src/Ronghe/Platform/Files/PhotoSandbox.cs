using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Ronghe.Platform.Files;

/// <summary>A photo made anew from its pixels: upright, at most 1,600 pixels, without any metadata. Both pictures are JPEG.</summary>
public sealed record SafePhoto(byte[] Picture, byte[] Thumbnail, int Width, int Height);

/// <summary>
/// Takes in what somebody says is a photo. The size is judged from the header before anything is decoded; decoding happens in
/// a process of its own; what is kept is a new encoding, so that position, serial numbers, comments and hidden content are gone.
/// </summary>
public sealed class PhotoSandbox(IMeterFactory? meters = null)
{
    public const int MaxBytes = 12 << 20, MaxSide = 12_000, MaxPixels = 40_000_000;
    const string Picture = "1600x1600>", Thumbnail = "320x320>";
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    readonly SemaphoreSlim _places = new(2);
    readonly PhotoMeasures? _measures = meters is null ? null : new(meters);

    /// <summary>Whether photos can be taken in on this machine; a missing program is named by the refusal.</summary>
    public static Task<bool> IsAvailableAsync() => SandboxProcess.IsAvailableAsync();

    /// <summary>Reads the content to its end or to the limit. The name is only used in messages.</summary>
    public async Task<SafePhoto> MakeSafeAsync(Stream content, string name, CancellationToken cancel = default)
    {
        if (!await IsAvailableAsync())
            throw new Refusal("服务器没有装图片处理程序，照片没有保存；已填写的内容还在，可以先不带照片提交。请系统管理员执行 apt install libvips-tools 后重试。");
        var label = Label(name);
        await using var spool = SpoolFile.Create();
        await FillAsync(spool, content, label, cancel);
        Check(ImageHeader.Read(spool), label);
        return await MeasuredAsync(() => ReencodeInTurnAsync(spool, label, cancel));
    }

    async Task<SafePhoto> MeasuredAsync(Func<Task<SafePhoto>> work)
    {
        var (watch, isGood) = (Stopwatch.StartNew(), false);
        try
        {
            var photo = await work();
            isGood = true;
            return photo;
        }
        finally
        {
            _measures?.Ended(isGood, watch.Elapsed);
        }
    }

    async Task<SafePhoto> ReencodeInTurnAsync(Stream spool, string label, CancellationToken cancel)
    {
        if (!await _places.WaitAsync(LongestWait, cancel))
            throw new Refusal($"{label}没有保存：正在处理的照片太多。已填写的内容还在，请过一分钟再提交。");
        try
        {
            return await ReencodeAsync(spool, label, cancel);
        }
        finally
        {
            _places.Release();
        }
    }

    static async Task<SafePhoto> ReencodeAsync(Stream original, string label, CancellationToken cancel)
    {
        var picture = await RunAsync(Picture, quality: 82, original, label, cancel);
        using var small = new MemoryStream(picture);
        var size = ImageHeader.Read(small) ?? throw Broken(label);
        return new(picture, await RunAsync(Thumbnail, quality: 75, small, label, cancel), size.Width, size.Height);
    }

    static async Task<byte[]> RunAsync(string size, int quality, Stream input, string label, CancellationToken cancel)
    {
        string[] arguments =
            ["stdin[fail_on=truncated]", "--size", size, "--export-profile", "srgb", "-o", $".jpg[Q={quality},strip,optimize_coding,background=255]"];
        var run = await SandboxProcess.RunAsync(arguments, input, cancel);
        if (run.TimedOut) throw new Refusal($"{label}处理时间过长，没有保存；已填写的内容还在。请换一张照片，或用手机重新拍一张。");
        return run.Output is { Length: > 0 } made ? made : throw Broken(label);
    }

    /// <summary>Nothing is kept in memory: many uploads may wait for a place.</summary>
    static async Task FillAsync(Stream spool, Stream content, string label, CancellationToken cancel)
    {
        try
        {
            await CopyAsync(spool, content, label, cancel);
        }
        catch (IOException e) when (DiskFull.Caused(e))
        {
            throw DiskFull.Refusal;
        }
    }

    static async Task CopyAsync(Stream spool, Stream content, string label, CancellationToken cancel)
    {
        var buffer = new byte[64 * 1024];
        for (int read; (read = await ReadAsync(content, buffer, label, cancel)) > 0;)
        {
            if (spool.Length + read > MaxBytes)
                throw new Refusal($"{label}超过 {MaxBytes >> 20} MB，没有保存；已填写的内容还在。请选小一点的照片，或用手机普通画质重拍。");
            await spool.WriteAsync(buffer.AsMemory(0, read), cancel);
        }
        await spool.FlushAsync(cancel);
    }

    static async Task<int> ReadAsync(Stream content, byte[] buffer, string label, CancellationToken cancel)
    {
        try
        {
            return await content.ReadAsync(buffer, cancel);
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            throw Broken(label);
        }
    }

    static void Check(ImageHeader? header, string label)
    {
        if (header is null)
            throw new Refusal($"{label}不是能识别的照片，没有保存；已填写的内容还在。请选 JPEG、PNG、WebP 或 HEIC 格式的照片。");
        if (header.Width > MaxSide || header.Height > MaxSide || header.Pixels > MaxPixels)
            throw new Refusal($"{label}的尺寸 {header.Width}×{header.Height} 太大（每边不超过 {MaxSide}，总共不超过 {MaxPixels / 10_000} 万像素），没有保存；已填写的内容还在。请缩小后再传。");
    }

    static Refusal Broken(string label) => new($"{label}已损坏或没有传完整，没有保存；已填写的内容还在。请重新选择，或重拍一张。");

    static string Label(string name) => FileName.Tidy(name, "") is { Length: > 0 } tidy ? $"照片“{(tidy.Length > 60 ? tidy[..60] + "…" : tidy)}”" : "这张照片";
}
