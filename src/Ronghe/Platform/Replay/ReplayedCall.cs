using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ronghe.Platform.Replay;

/// <summary>An API call under an <c>Idempotency-Key</c>: <c>Claimed → Answered</c>. Names neither the person nor the key: a report without a name stays without one.</summary>
public sealed class ReplayedCall
{
    ReplayedCall() { }

    /// <summary>SHA-256 of person and key: unique for both together.</summary>
    public byte[] Slot { get; private init; } = [];
    /// <summary>Which attempt holds the slot.</summary>
    public Guid Claim { get; private init; }
    /// <summary>SHA-256 of the slot and of what was asked: method, address, content.</summary>
    public byte[] Fingerprint { get; private init; } = [];
    public ReplayState State { get; private init; }
    public int? Status { get; private init; }
    /// <summary>Encrypted, for an answer may hold a first password. Null when it was too large to keep.</summary>
    public byte[]? Answer { get; private init; }
    public DateTimeOffset CreatedAt { get; private init; }
}

public enum ReplayState { Claimed, Answered }

public sealed class ReplayTables : IEntityTypeConfiguration<ReplayedCall>
{
    public void Configure(EntityTypeBuilder<ReplayedCall> table)
    {
        table.ToTable("replayed_calls");
        table.HasKey(call => call.Slot);
        table.HasIndex(call => call.CreatedAt);
    }
}
