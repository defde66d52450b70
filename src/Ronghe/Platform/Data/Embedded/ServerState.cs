using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;

namespace Ronghe.Platform.Data.Embedded;

/// <summary>How to reach the running server: a socket's folder or the loopback address, and the port.</summary>
/// <param name="ProcessId">The server that we started; another one in the same folder is somebody else's to stop. 0 while it starts.</param>
sealed record ServerState(string Host, int Port, int ProcessId)
{
    const int SocketPort = 5432;
    /// <summary>Ports from 32768 on belong to outgoing connections.</summary>
    const int FirstPort = 20000, LastPort = 32767;
    /// <summary>A socket's path has room for 103 bytes on the narrowest system, its file name included.</summary>
    const int LongestSocketFolder = 103 - 16;

    /// <summary>Null when it is missing, or a crash cut it short.</summary>
    public static ServerState? Read(ServerFolder folder)
    {
        try
        {
            return JsonSerializer.Deserialize<ServerState>(File.ReadAllText(folder.State), JsonSerializerOptions.Web);
        }
        catch (Exception problem) when (problem is JsonException or FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>A socket where it fits, else the port of last time when it is still free, else any free one.</summary>
    public static ServerState Choose(ServerFolder folder)
    {
        if (!OperatingSystem.IsWindows() && System.Text.Encoding.UTF8.GetByteCount(folder.Socket) <= LongestSocketFolder)
            return new(folder.Socket, SocketPort, 0);
        var port = Read(folder) is { } last && last.Port != SocketPort && IsFree(last.Port) ? last.Port : FreePort();
        return new(IPAddress.Loopback.ToString(), port, 0);
    }

    public bool IsSocket => Path.IsPathRooted(Host);

    /// <summary>In place, so that a start by root leaves the file to the user whose folder this is.</summary>
    public void Write(ServerFolder folder) => File.WriteAllText(folder.State, JsonSerializer.Serialize(this, JsonSerializerOptions.Web));

    static int FreePort()
    {
        while (true)
            if (RandomNumberGenerator.GetInt32(FirstPort, LastPort + 1) is var port && IsFree(port)) return port;
    }

    static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
