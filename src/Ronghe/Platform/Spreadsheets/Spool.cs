namespace Ronghe.Platform.Spreadsheets;

/// <summary>
/// Holds bytes between a writer that cannot wait and a stream that must not be blocked. It cannot seek, so that a zip on top of it
/// never goes back to bytes that have left.
/// </summary>
sealed class Spool : Stream
{
    byte[] bytes = new byte[1 << 16];

    public int Count { get; private set; }

    public ReadOnlyMemory<byte> Gathered => bytes.AsMemory(0, Count);

    public void Clear() => Count = 0;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length > bytes.Length - Count) Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Count + buffer.Length));
        buffer.CopyTo(bytes.AsSpan(Count));
        Count += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() { }
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
}
