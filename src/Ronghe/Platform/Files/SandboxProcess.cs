using System.ComponentModel;
using System.Diagnostics;

namespace Ronghe.Platform.Files;

/// <summary>How a run ended: what came out, or why nothing did.</summary>
sealed record SandboxRun(byte[]? Output, bool TimedOut);

/// <summary>
/// Runs <c>vipsthumbnail</c> on standard input and output in a process that has little memory, little processor time, no
/// environment and, where the system allows it, another user. A decoder that is tricked can harm this process only.
/// </summary>
sealed class SandboxProcess
{
    const long AddressSpace = 768L << 20, LargestFile = 512L << 20;
    const int ProcessorSeconds = 15, LargestOutput = 8 << 20;
    static readonly TimeSpan WallClock = TimeSpan.FromSeconds(20);

    /// <summary>From strict to what every Linux has; containers often forbid changing the user.</summary>
    static readonly string[][] Wrappers =
    [
        [.. Limits(), "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs"],
        [.. Limits(), "setpriv", "--no-new-privs"],
        [.. Limits()],
    ];

    static readonly Lazy<Task<string[]?>> Wrapper = new(FirstThatWorksAsync);

    public static async Task<bool> IsAvailableAsync() => await Wrapper.Value is not null;

    /// <summary>Needs <see cref="IsAvailableAsync"/>.</summary>
    public static async Task<SandboxRun> RunAsync(string[] arguments, Stream input, CancellationToken cancel) =>
        await RunAsync(await Wrapper.Value ?? throw new InvalidOperationException("No sandbox on this machine."), arguments, input, cancel);

    static async Task<string[]?> FirstThatWorksAsync()
    {
        foreach (var wrapper in Wrappers)
            try
            {
                if ((await RunAsync(wrapper, ["--version"], Stream.Null, CancellationToken.None)).Output is { Length: > 0 }) return wrapper;
            }
            catch (Win32Exception)
            {
                // The wrapper's first program is not installed.
            }
        return null;
    }

    static string[] Limits() =>
        ["nice", "-n", "10", "prlimit", $"--as={AddressSpace}", $"--cpu={ProcessorSeconds}", $"--fsize={LargestFile}", "--core=0", "--nofile=128"];

    static async Task<SandboxRun> RunAsync(string[] wrapper, string[] arguments, Stream input, CancellationToken cancel)
    {
        using var process = Process.Start(Start([.. wrapper, "vipsthumbnail", .. arguments]))!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(WallClock);
        try
        {
            var errors = process.StandardError.BaseStream.CopyToAsync(Stream.Null, limit.Token);
            var feeding = FeedAsync(process, input, limit.Token);
            var output = await DrainAsync(process.StandardOutput.BaseStream, limit.Token);
            if (output is null) process.Kill(entireProcessTree: true);
            await Task.WhenAll(feeding, errors, process.WaitForExitAsync(limit.Token));
            return new(process.ExitCode == 0 ? output : null, TimedOut: false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new(null, TimedOut: true);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    static ProcessStartInfo Start(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath(),
        };
        var path = Environment.GetEnvironmentVariable("PATH");
        // The environment of the web process holds secrets.
        start.Environment.Clear();
        start.Environment["PATH"] = path;
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["TMPDIR"] = Path.GetTempPath();
        start.Environment["VIPS_BLOCK_UNTRUSTED"] = "1";
        start.Environment["VIPS_CONCURRENCY"] = "1";
        start.Environment["MALLOC_ARENA_MAX"] = "2";
        return start;
    }

    static async Task FeedAsync(Process process, Stream input, CancellationToken cancel)
    {
        try
        {
            await using var pipe = process.StandardInput.BaseStream;
            await input.CopyToAsync(pipe, cancel);
        }
        catch (IOException)
        {
            // The decoder has seen enough and closed its end; its exit code tells whether that was well.
        }
    }

    /// <summary>Null when more comes out than a small photo can be.</summary>
    static async Task<byte[]?> DrainAsync(Stream output, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await output.ReadAsync(buffer, cancel)) > 0;)
            if (bytes.Length + read <= LargestOutput) bytes.Write(buffer, 0, read);
            else return null;
        return bytes.ToArray();
    }
}
