using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Ronghe.Platform.Journal;

/// <summary>
/// Copies of the seals in a second place (<c>Ronghe:Seals</c>, a folder on another disk or machine): one line of JSON for each,
/// only ever added. With them it shows when the end of the journal was cut off or the whole database put back.
/// </summary>
public sealed class SealCopies(AppDb db, IConfiguration settings)
{
    public const string Setting = "Ronghe:Seals";
    const string FileName = "ronghe-seals.jsonl";
    const int AtOnce = 10_000;

    sealed record Copy(long Number, string Hash, int Rows, string ToXid, long ToSeq, DateTimeOffset SealedAt)
    {
        public static Copy Of(JournalSeal seal) =>
            new(seal.Number, Convert.ToHexStringLower(seal.Hash), seal.Rows, $"{seal.ToXid}", seal.ToSeq, seal.SealedAt);
    }

    /// <summary>Brings the copies up to date; does nothing where no second place is set.</summary>
    /// <returns>How many were added.</returns>
    public async Task<int> CatchUpAsync(CancellationToken cancel = default)
    {
        if (settings[Setting] is not { Length: > 0 } folder) return 0;
        Directory.CreateDirectory(folder);
        return await AppendAsync(new FileInfo(Path.Combine(folder, FileName)), cancel);
    }

    /// <summary>Adds to a file what it lacks. Nodes that share the place take turns through the file itself.</summary>
    public async Task<int> AppendAsync(FileInfo file, CancellationToken cancel = default)
    {
        await using var stream = new FileStream(file.FullName, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        var added = await WriteAsync(stream, await LastAsync(stream, cancel), cancel);
        stream.Flush(flushToDisk: true);
        return added;
    }

    /// <summary>All seals, to be taken away by hand.</summary>
    public Task WriteAllAsync(Stream to, CancellationToken cancel = default) => WriteAsync(to, 0, cancel);

    async Task<int> WriteAsync(Stream to, long last, CancellationToken cancel)
    {
        for (var written = 0; ;)
        {
            var seals = await db.JournalSeals.AsNoTracking().Where(seal => seal.Number > last).OrderBy(seal => seal.Number).Take(AtOnce).ToListAsync(cancel);
            foreach (var seal in seals)
            {
                await JsonSerializer.SerializeAsync(to, Copy.Of(seal), JsonSerializerOptions.Web, cancel);
                await to.WriteAsync("\n"u8.ToArray(), cancel);
            }
            written += seals.Count;
            if (seals.Count < AtOnce) return written;
            last = seals[^1].Number;
        }
    }

    /// <exception cref="Refusal">A line is none of ours.</exception>
    public static async Task<IReadOnlyList<KeptSeal>> ReadAsync(FileInfo file, CancellationToken cancel = default)
    {
        var kept = new List<KeptSeal>();
        var lines = await File.ReadAllLinesAsync(file.FullName, cancel);
        for (var at = 0; at < lines.Length; at++)
        {
            // A last line that breaks off was being written when the power went; the next copy completes it.
            if (Parse(lines[at]) is { } copy) kept.Add(new(copy.Number, copy.Hash));
            else if (at < lines.Length - 1) throw new Refusal($"{file.Name} 第 {at + 1} 行不是封存记录，没有核对。请换一份完好的留存文件。");
        }
        return kept;
    }

    /// <summary>Number of the last whole line; what follows it is cut off.</summary>
    static async Task<long> LastAsync(FileStream stream, CancellationToken cancel)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        var text = await reader.ReadToEndAsync(cancel);
        var whole = text.LastIndexOf('\n') + 1;
        stream.SetLength(System.Text.Encoding.UTF8.GetByteCount(text.AsSpan(0, whole)));
        stream.Seek(0, SeekOrigin.End);
        var last = text[..whole].TrimEnd('\n').Split('\n')[^1];
        return Parse(last)?.Number ?? 0;
    }

    static Copy? Parse(string line)
    {
        try
        {
            return line.Length == 0 ? null : JsonSerializer.Deserialize<Copy>(line, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
