using System.Security.Cryptography;
using System.Text.Json;

namespace Ronghe.Platform.Data.Embedded;

/// <summary>Passwords of the two logins, made at random for this data folder and readable by its owner only.</summary>
sealed record ServerSecrets(string Owner, string App)
{
    public static ServerSecrets ReadOrMake(ServerFolder folder)
    {
        if (File.Exists(folder.Secrets))
            return JsonSerializer.Deserialize<ServerSecrets>(File.ReadAllText(folder.Secrets), JsonSerializerOptions.Web)!;
        if (Directory.Exists(folder.Cluster))
            throw new Refusal($"数据库口令文件 {folder.Secrets} 不见了，数据库没有启动，数据未改动。请从备份中恢复该文件后再启动。");
        var made = new ServerSecrets(Password(), Password());
        PrivateFile.Write(folder.Secrets, JsonSerializer.Serialize(made, JsonSerializerOptions.Web));
        return made;
    }

    static string Password() => RandomNumberGenerator.GetHexString(40, lowercase: true);
}

/// <summary>A file that only its owner may read, complete or absent.</summary>
static class PrivateFile
{
    public static void Write(string path, string text)
    {
        var draft = path + ".new";
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(draft, options))
        using (var writer = new StreamWriter(file))
        {
            writer.Write(text);
            writer.Flush();
            file.Flush(flushToDisk: true);
        }
        File.Move(draft, path, overwrite: true);
    }
}
