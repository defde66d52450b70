namespace Ronghe.Tests;

/// <summary>A folder of one test, gone with it.</summary>
public sealed class TestFolder : IDisposable
{
    public TestFolder()
    {
        // As a folder that somebody made by hand: others may walk through.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path, (UnixFileMode)Convert.ToInt32("711", 8));
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("ronghe-test-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
