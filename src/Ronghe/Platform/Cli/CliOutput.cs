using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace Ronghe.Platform.Cli;

/// <summary>
/// Results on standard output, everything else on standard error. With <c>--json</c> standard output is exactly one JSON object
/// and lines for people are left out.
/// </summary>
public sealed class CliOutput(bool isJson, TextWriter results, TextWriter talk)
{
    static readonly JsonSerializerOptions Style = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public bool IsJson => isJson;

    /// <summary>True once the one JSON object is written.</summary>
    public bool IsAnswered { get; private set; }

    /// <summary>A line of the result, for people.</summary>
    public void Line(string text)
    {
        if (!isJson) results.WriteLine(text);
    }

    /// <summary>A remark: what is going on, what went wrong.</summary>
    public void Say(string text) => talk.WriteLine(text);

    /// <summary>The result for programs; call it once, beside the lines for people.</summary>
    public void Answer(object result)
    {
        if (!isJson || IsAnswered) return;
        IsAnswered = true;
        results.WriteLine(JsonSerializer.Serialize(result, Style));
    }

    /// <summary>Shows a bar while the work reports its share done, from 0 to 1.</summary>
    public async Task<T> ProgressAsync<T>(string title, Func<IProgress<double>, Task<T>> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(talk) });
        if (!console.Profile.Out.IsTerminal) return await work(new Progress<double>());
        return await console.Progress().StartAsync(bars =>
        {
            var bar = bars.AddTask(Markup.Escape(title), maxValue: 1);
            return work(new Progress<double>(share => bar.Value = share));
        });
    }
}
