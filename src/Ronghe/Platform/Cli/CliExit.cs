namespace Ronghe.Platform.Cli;

/// <summary>What a command answers to the shell.</summary>
public static class CliExit
{
    public const int Ok = 0;
    /// <summary>Refused, or some of the input was wrong, or something failed.</summary>
    public const int Refused = 1;
    /// <summary>The words of the command line make no sense.</summary>
    public const int Usage = 2;
}
