using System.CommandLine;

namespace Ronghe.Platform.Cli;

/// <summary>
/// One command: the words that call it, its arguments and options, and what it does. A capability derives its own and lists it
/// in Program.cs; <c>--data</c> and <c>--json</c> are there without being named.
/// </summary>
/// <param name="path">e.g. <c>import people</c>; the words before the last are groups.</param>
/// <param name="description">Shown by <c>--help</c>.</param>
public abstract class CliCommand(string path, string description)
{
    public string Path { get; } = path;
    public string Description { get; } = description;

    /// <summary>Its <see cref="Argument{T}"/>s and <see cref="Option{T}"/>s, kept in fields so that the call can be asked for them.</summary>
    public virtual IReadOnlyList<Symbol> Symbols => [];

    /// <returns>One of <see cref="CliExit"/>.</returns>
    /// <exception cref="Refusal">Shown to the user; exit code 1.</exception>
    public abstract Task<int> RunAsync(CliCall call);
}
