using System.Diagnostics;
using System.Text;
using Ronghe.Platform.Files;

namespace Ronghe.Tests.Platform.Files;

/// <summary>Looks at the decoding process from outside, through /proc, while it works on a picture that takes a moment.</summary>
public class SandboxProcessTests
{
    static readonly Lazy<Task<byte[]>> SlowPicture = new(() => TestImages.ConvertAsync(TestImages.Noise(2400, 1400), "ppm", "png"));

    [Fact]
    public async Task The_decoder_knows_nothing_of_the_web_process_and_has_little_room()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root can look into another user's process.");
        Environment.SetEnvironmentVariable("RONGHE_TEST_SECRET", "p4ssw0rd");
        var work = new PhotoSandbox().MakeSafeAsync(new MemoryStream(await SlowPicture.Value), "a.png", TestContext.Current.CancellationToken);
        var (status, environment, limits) = await ObserveAsync(work);
        await work;
        Assert.DoesNotContain("p4ssw0rd", environment);
        Assert.Contains("VIPS_BLOCK_UNTRUSTED=1", environment);
        Assert.Matches(@"Max address space\s+805306368", limits);
        Assert.Matches(@"Max core file size\s+0", limits);
        Assert.Matches(@"NoNewPrivs:\s+1", status);
        Assert.Matches(@"Uid:\s+65534\s+65534\s+65534\s+65534", status);
    }

    [Fact]
    public async Task Who_goes_away_leaves_no_decoder_behind()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs /proc.");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var work = new PhotoSandbox().MakeSafeAsync(new MemoryStream(await SlowPicture.Value), "a.png", stop.Token);
        var decoder = await AppearAsync(work);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
        for (var wait = 0; Directory.Exists($"/proc/{decoder}") && wait < 200; wait++) await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.False(Directory.Exists($"/proc/{decoder}"));
    }

    static async Task<(string Status, string Environment, string Limits)> ObserveAsync(Task work)
    {
        var decoder = await AppearAsync(work);
        string Read(string file) => Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{decoder}/{file}"));
        return (Read("status"), Read("environ"), Read("limits"));
    }

    /// <summary>Waits until the program itself runs, past the small ones that set its limits.</summary>
    static async Task<int> AppearAsync(Task work)
    {
        while (!work.IsCompleted)
        {
            foreach (var process in Process.GetProcessesByName("vipsthumbnail"))
                if (IsOurs(process.Id)) return process.Id;
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
        throw new InvalidOperationException("The decoder was too quick to be seen.");
    }

    static bool IsOurs(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/status").Contains($"PPid:\t{Environment.ProcessId}\n", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
