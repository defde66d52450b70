using System.ComponentModel;
using System.Diagnostics;

namespace Ronghe.Platform.Data.Embedded;

/// <summary>A program of the database server or the system, run to its end, as another user if asked.</summary>
static class ChildProcess
{
    /// <summary>What it left behind; <c>Output</c> is standard output and error together.</summary>
    public sealed record Outcome(int ExitCode, string Output)
    {
        public bool IsGood => ExitCode == 0;
    }

    /// <param name="capture">False where a grandchild would keep the pipe open for ever.</param>
    public static async Task<Outcome> RunAsync(
        string program, string[] arguments, string? user = null, bool capture = true, CancellationToken cancel = default)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = capture,
            RedirectStandardError = capture,
            // Some folder that every user may enter; the child stays away from ours.
            WorkingDirectory = Path.GetPathRoot(AppContext.BaseDirectory)!,
        };
        if (user is not null) start.UserName = user;
        KeepOurSettingsOut(start.Environment);
        using var process = Start(start);
        if (process is null) return new(127, $"{program}: not found");
        process.StandardInput.Close();
        var output = capture
            ? await Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancel), process.StandardError.ReadToEndAsync(cancel))
            : [];
        await process.WaitForExitAsync(cancel);
        return new(process.ExitCode, string.Concat(output).Trim());
    }

    static Process? Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>PGPORT and its like would redirect the server; ours may hold secrets.</summary>
    static void KeepOurSettingsOut(IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.ToList())
            if (name.StartsWith("PG", StringComparison.Ordinal) || name.StartsWith("Ronghe", StringComparison.OrdinalIgnoreCase))
                environment.Remove(name);
        environment["LC_ALL"] = "C";
    }
}
