using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Ronghe.Platform.Backup;

/// <summary>A file of a backup: where it lies, how long it is, and the SHA-256 of its content.</summary>
sealed record BackedUpFile(string Path, long Bytes, string Hash)
{
    public string Line => $"{Hash} {Bytes} {Path}";

    /// <summary>Null for a line that is none, or that leads out of the backup.</summary>
    public static BackedUpFile? Read(string line) =>
        line.Split(' ', 3) is [{ Length: 64 } hash, var length, { Length: > 0 } path] && long.TryParse(length, out var bytes)
        && !path.Split('/').Any(part => part is "" or "." or "..") && !System.IO.Path.IsPathRooted(path)
            ? new(path, bytes, hash)
            : null;
}

/// <summary>
/// What a backup says of itself. It is written last, so that a backup without it is not whole, and sealed, so that a changed or
/// damaged one is told from what was written.
/// </summary>
sealed record BackupManifest
{
    public const string FileName = "manifest.json", ContentsName = "contents.txt";

    static readonly JsonSerializerOptions Style = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public required Guid Id { get; init; }
    /// <summary>Of the product that wrote it.</summary>
    public required string Version { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    /// <summary>Everything committed by then is in it.</summary>
    public required DateTimeOffset AsOf { get; init; }
    public required int PostgresMajor { get; init; }
    public required IReadOnlyList<string> Migrations { get; init; }
    public required string StartedAtWal { get; init; }
    public required string EndedAtWal { get; init; }
    /// <summary>How many rows each table had at <see cref="AsOf"/>.</summary>
    public required IReadOnlyDictionary<string, long> Rows { get; init; }
    public required int Files { get; init; }
    public required long Bytes { get; init; }
    /// <summary>SHA-256 of the list of files.</summary>
    public required string Contents { get; init; }
    public required IReadOnlyList<BackedUpFile> Keys { get; init; }
    public string Seal { get; init; } = "";

    /// <summary>The last act of a backup.</summary>
    public async Task WriteAsync(string folder, CancellationToken cancel)
    {
        var text = JsonSerializer.Serialize(this with { Seal = SealOf(this) }, Style);
        await CheckedCopy.WriteAsync(Path.Combine(folder, FileName + ".new"), Encoding.UTF8.GetBytes(text), cancel);
        File.Move(Path.Combine(folder, FileName + ".new"), Path.Combine(folder, FileName));
    }

    /// <exception cref="Refusal">This is no backup, not a whole one, or no longer what was written.</exception>
    public static async Task<BackupManifest> ReadAsync(string folder, CancellationToken cancel)
    {
        var path = Path.Combine(folder, FileName);
        if (!Directory.Exists(folder)) throw new Refusal($"没有找到备份文件夹 {folder}，没有恢复。请核对路径。");
        if (!File.Exists(path)) throw new Refusal($"{folder} 不是完整的备份（没有 {FileName}）：可能备份没有做完，或者选错了文件夹。没有恢复，请换一个备份。");
        try
        {
            var manifest = JsonSerializer.Deserialize<BackupManifest>(await File.ReadAllTextAsync(path, cancel), Style);
            if (manifest is not null && manifest.Seal == SealOf(manifest)) return manifest;
        }
        catch (JsonException)
        {
            // Said below.
        }
        throw new Refusal($"备份的清单 {path} 已损坏或被改动过，没有恢复。请换一个备份。");
    }

    static string SealOf(BackupManifest manifest) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(manifest with { Seal = "" }, Style)));
}
