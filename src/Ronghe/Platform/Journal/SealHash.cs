using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Ronghe.Platform.Journal;

/// <summary>
/// The hash of one batch: SHA-256 over the hash before, the number of the seal, and every row in order. All integers are big-endian;
/// texts are UTF-8 behind their length in bytes; an absent value is the length −1. Times are microseconds since 1970 (UTC).
/// </summary>
public sealed class SealHash : IDisposable
{
    /// <summary>What the first seal names as the hash before.</summary>
    public static readonly byte[] Beginning = new byte[32];

    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    byte[] _buffer = new byte[1024];
    int _length;

    public int Rows { get; private set; }

    public void Begin(ReadOnlySpan<byte> previous, long number)
    {
        Rows = 0;
        _hash.AppendData(previous);
        Number(number);
        Flush();
    }

    public void Add(in SealedRow row)
    {
        Number(row.Seq);
        Number((long)row.Xid);
        Number(row.AtMicroseconds);
        Id(row.ActorId);
        Id(row.OnBehalfOfId);
        Id(row.NodeId);
        Text(row.SubjectKind);
        Id(row.SubjectId);
        Number(row.SubjectVersion);
        Text(row.Event);
        Text(row.Data);
        Text(row.RequestId);
        Bytes(row.SubjectDigest);
        Flush();
        Rows++;
    }

    public byte[] End() => _hash.GetHashAndReset();

    void Number(long value)
    {
        Need(8);
        BinaryPrimitives.WriteInt64BigEndian(_buffer.AsSpan(_length), value);
        _length += 8;
    }

    void Id(Guid? value)
    {
        if (value is not { } id)
        {
            Number(-1);
            return;
        }
        Number(16);
        Need(16);
        id.TryWriteBytes(_buffer.AsSpan(_length), bigEndian: true, out _);
        _length += 16;
    }

    void Text(string? value)
    {
        if (value is null)
        {
            Number(-1);
            return;
        }
        var size = Encoding.UTF8.GetByteCount(value);
        Number(size);
        Need(size);
        _length += Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_length));
    }

    void Bytes(byte[]? value)
    {
        Number(value?.Length ?? -1);
        if (value is null) return;
        Need(value.Length);
        value.CopyTo(_buffer, _length);
        _length += value.Length;
    }

    void Need(int more)
    {
        if (_length + more > _buffer.Length) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + more));
    }

    void Flush()
    {
        _hash.AppendData(_buffer, 0, _length);
        _length = 0;
    }

    public void Dispose() => _hash.Dispose();
}

/// <summary>A row as it is sealed, wherever it was read.</summary>
/// <param name="Data">As PostgreSQL writes the JSON.</param>
public readonly record struct SealedRow(
    ulong Xid, long Seq, long AtMicroseconds, Guid? ActorId, Guid? OnBehalfOfId, Guid? NodeId, string SubjectKind, Guid SubjectId, int SubjectVersion,
    string Event, string Data, string? RequestId, byte[]? SubjectDigest)
{
    public static SealedRow Of(JournalRow row) => new(
        row.Xid, row.Seq, Microseconds(row.At), row.ActorId, row.OnBehalfOfId, row.NodeId, row.SubjectKind, row.SubjectId, row.SubjectVersion,
        row.Event, row.Data, row.RequestId, row.SubjectDigest);

    public static long Microseconds(DateTimeOffset at) => Microseconds(at.UtcDateTime);

    public static long Microseconds(DateTime utc) => (utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}
