using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ronghe.Platform.Journal;

/// <summary>
/// The journal as a file that stands alone: lines of JSON, compressed with gzip. First a line that says what it is, then every row
/// in the order of the seals, last the seals. Whoever has it can make all hashes anew without the server or this product.
/// </summary>
public static class JournalFile
{
    const string Format = "ronghe-journal/1";

    static readonly JsonSerializerOptions Style = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    sealed record Line(string? Format, DateTimeOffset? WrittenAt, SealedRow? Row, JournalSeal? Seal);

    public static async Task<long> WriteAsync(Stream target, IAsyncEnumerable<SealedRow> rows, IReadOnlyList<JournalSeal> seals, DateTimeOffset at, IProgress<long>? progress = null)
    {
        await using var gzip = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true);
        async Task PutAsync(object line)
        {
            await JsonSerializer.SerializeAsync(gzip, line, Style);
            gzip.WriteByte((byte)'\n');
        }
        await PutAsync(new { format = Format, writtenAt = at });
        var written = 0L;
        await foreach (var row in rows)
        {
            await PutAsync(new { row });
            if (++written % 50_000 == 0) progress?.Report(written);
        }
        foreach (var seal in seals) await PutAsync(new { seal });
        return written;
    }

    /// <exception cref="Refusal">This is no such file, or it breaks off.</exception>
    public static async Task<List<JournalSeal>> SealsAsync(FileInfo file)
    {
        var seals = new List<JournalSeal>();
        await foreach (var line in LinesAsync(file))
            if (line.Seal is { } seal) seals.Add(seal);
        return seals;
    }

    public static async IAsyncEnumerable<SealedRow> RowsAsync(FileInfo file)
    {
        await foreach (var line in LinesAsync(file))
            if (line.Row is { } row) yield return row;
    }

    static async IAsyncEnumerable<Line> LinesAsync(FileInfo file)
    {
        await using var gzip = new GZipStream(file.OpenRead(), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        var isFirst = true;
        while (await NextAsync(reader, file) is { } text)
        {
            var line = Parse(text, file);
            if (isFirst && line.Format != Format) throw Unfit(file);
            isFirst = false;
            yield return line;
        }
        if (isFirst) throw Unfit(file);
    }

    static async Task<string?> NextAsync(StreamReader reader, FileInfo file)
    {
        try
        {
            return await reader.ReadLineAsync();
        }
        catch (InvalidDataException)
        {
            throw Unfit(file);
        }
    }

    static Line Parse(string text, FileInfo file)
    {
        try
        {
            return JsonSerializer.Deserialize<Line>(text, Style) ?? throw Unfit(file);
        }
        catch (JsonException)
        {
            throw Unfit(file);
        }
    }

    static Refusal Unfit(FileInfo file) => new($"{file.Name} 不是完整的流水导出文件，没有核对。请用“ronghe export-journal”重新导出，或检查文件是否传完整。");
}
