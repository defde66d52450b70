using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Npgsql;
using Ronghe.Platform.Data;
using Ronghe.Platform.Data.Embedded;

namespace Ronghe.Figures;

/// <summary>
/// One data folder and the built product working in it, as a process of its own: started, killed, started again. Everything
/// is stopped by the process ids written down here, and the folder goes with it.
/// </summary>
public sealed class Site : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    readonly TimeSpan _stopsWithin = TimeSpan.FromSeconds(30);
    readonly List<int> _databases = [];
    Process? _application;

    public Site(string? template = null)
    {
        Folder = Directory.CreateTempSubdirectory("ronghe-figure-").FullName;
        // The database's own user must walk through.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Folder, (UnixFileMode)Convert.ToInt32("711", 8));
        Port = FreePort();
        if (template is not null) Shell("cp", "-a", Path.Combine(template, "data"), Folder);
    }

    /// <summary>What is thrown away at the end; the product's data lie in <see cref="Data"/>.</summary>
    public string Folder { get; }
    public string Data => Path.Combine(Folder, "data");
    public int Port { get; }
    public Uri Address => new($"http://127.0.0.1:{Port}");
    public int ProcessId => _application?.Id ?? throw new InvalidOperationException("The product is not running.");
    public bool IsRunning => _application is { HasExited: false };
    /// <summary>Where the product writes its log.</summary>
    public string Log => Path.Combine(Folder, "log");

    /// <summary>Starts the product and waits until it answers that it is ready; says how long that took.</summary>
    /// <param name="settings">As environment variables: <c>Ronghe__RobotHosts</c>.</param>
    /// <param name="cancel">Gives up waiting.</param>
    public async Task<TimeSpan> StartAsync(Dictionary<string, string> settings, CancellationToken cancel = default)
    {
        var began = Stopwatch.GetTimestamp();
        _application = Launch(["serve", "--port", Port.ToString(), "--data", Data], settings);
        _ = DrainAsync(_application.StandardOutput, null);
        _ = DrainAsync(_application.StandardError, Log);
        using var http = new HttpClient { BaseAddress = Address };
        while (!await IsReadyAsync(http, cancel))
        {
            if (_application.HasExited) throw new InvalidOperationException($"The product ended with {_application.ExitCode}: {LastWords()}");
            if (Stopwatch.GetElapsedTime(began) > Patience) throw new TimeoutException($"The product was not ready after {Patience}: {LastWords()}");
            await Task.Delay(20, cancel);
        }
        NoteDatabase();
        return Stopwatch.GetElapsedTime(began);
    }

    public Task<TimeSpan> StartAsync(CancellationToken cancel = default) => StartAsync([], cancel);

    /// <summary>Stopped in order and started with other settings.</summary>
    public async Task RestartAsync(Dictionary<string, string> settings, CancellationToken cancel = default)
    {
        await StopAsync();
        await StartAsync(settings, cancel);
    }

    /// <summary>kill -9 of the application.</summary>
    public void KillApplication()
    {
        if (_application is not { } application) throw new InvalidOperationException("The product is not running.");
        application.Kill();
        application.WaitForExit();
    }

    /// <summary>kill -9 of the database's first process, whose id was written down at the start; false when it was not there to be killed.</summary>
    public bool KillDatabase()
    {
        NoteDatabase();
        return _databases.Count > 0 && KillOurs(_databases[^1]);
    }

    /// <summary>Stops it as an operator does.</summary>
    public async Task StopAsync()
    {
        if (_application is not { HasExited: false } application) return;
        NoteDatabase();
        Shell("kill", "-TERM", application.Id.ToString());
        using var patience = new CancellationTokenSource(_stopsWithin);
        await application.WaitForExitAsync(patience.Token);
    }

    /// <summary>A command of the product on this data folder, beside the running one or alone; <paramref name="input"/> goes to its standard input.</summary>
    public async Task<(int Exit, string Output, string Remarks)> CommandAsync(string[] words, string? input = null, CancellationToken cancel = default)
    {
        using var command = Launch([.. words, "--data", Data], []);
        var (output, remarks) = (command.StandardOutput.ReadToEndAsync(cancel), command.StandardError.ReadToEndAsync(cancel));
        await command.StandardInput.WriteLineAsync(input);
        command.StandardInput.Close();
        await command.WaitForExitAsync(cancel);
        return (command.ExitCode, await output, await remarks);
    }

    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public async Task<string> MustCommandAsync(string[] words, string? input = null, CancellationToken cancel = default)
    {
        var (exit, output, remarks) = await CommandAsync(words, input, cancel);
        return exit == 0 ? output : throw new InvalidOperationException($"{string.Join(' ', words)} ended with {exit}: {output} {remarks}");
    }

    /// <summary>Looks into the running product's database as its owner: figures check rows, not answers alone.</summary>
    public async Task<NpgsqlConnection> OpenDatabaseAsync(CancellationToken cancel = default)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder((await DatabaseAsync(cancel)).Owner) { Pooling = false, CommandTimeout = 600 }.ConnectionString);
        await connection.OpenAsync(cancel);
        return connection;
    }

    /// <summary>Address of the database; the product is running.</summary>
    public async Task<DatabaseAddress> DatabaseAsync(CancellationToken cancel = default)
    {
        await using var server = await EmbeddedServer.StartAsync(Data, cancel: cancel);
        return server.Address;
    }

    /// <summary>One value from the database.</summary>
    public async Task<T> ValueAsync<T>(string sql, CancellationToken cancel = default)
    {
        await using var connection = await OpenDatabaseAsync(cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>The first column of each row.</summary>
    public async Task<List<T>> ListAsync<T>(string sql, CancellationToken cancel = default)
    {
        await using var connection = await OpenDatabaseAsync(cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel)) rows.Add(reader.GetFieldValue<T>(0));
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        catch (OperationCanceledException)
        {
            KillApplication();
        }
        foreach (var database in _databases) KillOurs(database);
        _application?.Dispose();
        await DeleteAsync();
    }


    static Process Launch(string[] words, Dictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet", [Program(), .. words])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var ours in start.Environment.Keys.Where(key => key.StartsWith("RONGHE", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(ours);
        foreach (var (name, value) in settings) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>The product as ./run starts it, not the copy beside the figures: its native code comes with it.</summary>
    static string Program([CallerFilePath] string here = "")
    {
        var configuration = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}") ? "Release" : "Debug";
        return Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "src", "Ronghe", "bin", configuration, "net10.0", "ronghe.dll"));
    }

    static async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancel)
    {
        try
        {
            using var answer = await http.GetAsync("/health/ready", cancel);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    void NoteDatabase()
    {
        var file = Path.Combine(Data, "postgres", "cluster", "postmaster.pid");
        if (File.Exists(file) && int.TryParse(File.ReadLines(file).FirstOrDefault(), out var pid) && !_databases.Contains(pid)) _databases.Add(pid);
    }

    /// <summary>Only a server of this very folder: its number may long belong to somebody else.</summary>
    bool KillOurs(int pid)
    {
        if (new FileInfo($"/proc/{pid}/cwd").LinkTarget?.StartsWith(Folder, StringComparison.Ordinal) != true) return false;
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
            process.WaitForExit(TimeSpan.FromSeconds(5));
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    async Task DeleteAsync()
    {
        // What a killed server's children still hold goes a moment later.
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Directory.Delete(Folder, recursive: true);
                return;
            }
            catch (IOException) when (attempt < 50)
            {
                await Task.Delay(100);
            }
        }
    }

    string LastWords() => File.Exists(Log) ? string.Join('\n', File.ReadLines(Log).TakeLast(5)) : "";

    static async Task DrainAsync(StreamReader output, string? file)
    {
        while (await output.ReadLineAsync() is { } line)
            if (file is not null) await File.AppendAllTextAsync(file, line + "\n");
    }

    static void Shell(string program, params string[] words)
    {
        using var process = Process.Start(program, words);
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', words)} ended with {process.ExitCode}.");
    }

    /// <summary>Below the range from which the system takes ports for outgoing connections.</summary>
    static int FreePort()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(20_000, 32_000));
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Taken: another one.
            }
        }
    }
}
