using System.IO.Compression;

namespace Ronghe.Platform.Spreadsheets;

/// <summary>What all parts of one archive have inflated to so far.</summary>
sealed class InflatedTotal(SheetLimits limits, Stream file)
{
    long total;

    public SheetLimits Limits { get; } = limits;

    /// <summary>How far the file has been read: what a part has really cost, whatever its header says.</summary>
    public long Position => file.Position;

    public void Add(int count)
    {
        total += count;
        if (total > Limits.TotalBytes) throw SheetRefusals.Inflates();
    }
}

/// <summary>
/// One inflating part. Counts what really comes out, so a header that lies helps nobody, and refuses bombs while they unfold:
/// size, ratio, and text or tags of a length that no spreadsheet has (they would be buffered whole by the parser).
/// </summary>
sealed class GuardedEntry(ZipArchiveEntry entry, InflatedTotal total, long most, bool markup = true) : Stream
{
    const int LongestRun = 1 << 20;

    readonly Stream inner = entry.Open();
    readonly long start = total.Position;
    long count;
    long sinceTag;

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        count += read;
        total.Add(read);
        if (count > most) throw SheetRefusals.Inflates();
        if (count > total.Limits.RatioFrom && count / Math.Max(1, total.Position - start) > total.Limits.Ratio) throw SheetRefusals.Inflates();
        if (markup) MeasureRun(buffer[..read]);
        return read;
    }

    void MeasureRun(ReadOnlySpan<byte> bytes)
    {
        if (count == bytes.Length && bytes.Length > 1 && (bytes[0] is 0xFE or 0xFF || bytes[0] == 0 || bytes[1] == 0))
            throw SheetRefusals.Broken("内部编码不是 UTF-8");
        var first = bytes.IndexOf((byte)'<');
        if ((sinceTag += first < 0 ? bytes.Length : first) > LongestRun) throw SheetRefusals.CellTooLong(total.Limits.CellCharacters);
        if (first >= 0) sinceTag = bytes.Length - bytes.LastIndexOf((byte)'<');
    }

    public override int Read(byte[] buffer, int offset, int size) => Read(buffer.AsSpan(offset, size));

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => count; set => throw new NotSupportedException(); }
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int size) => throw new NotSupportedException();
}
