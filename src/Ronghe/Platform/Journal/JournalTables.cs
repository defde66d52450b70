using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ronghe.Platform.Journal;

public sealed class JournalTables : IEntityTypeConfiguration<JournalRow>, IEntityTypeConfiguration<FollowerState>, IEntityTypeConfiguration<JournalSeal>
{
    /// <summary>Partitions are made for these years; anything outside lands in the default partition.</summary>
    const int FirstYear = 2020, LastYear = 2040;

    public void Configure(EntityTypeBuilder<JournalRow> table)
    {
        // The table is partitioned and its rights differ, which EF cannot say: CreateSql makes it.
        table.ToTable("journal", t => t.ExcludeFromMigrations());
        table.HasKey(row => new { row.Seq, row.At });
        table.Property(row => row.Seq).ValueGeneratedOnAdd().UseIdentityAlwaysColumn();
        table.Property(row => row.Xid).HasColumnType("xid8").HasDefaultValueSql("pg_current_xact_id()");
        table.Property(row => row.Data).HasColumnType("jsonb");
    }

    public void Configure(EntityTypeBuilder<FollowerState> table)
    {
        table.ToTable("journal_followers");
        table.HasKey(state => state.Name);
        table.Property(state => state.Xid).HasColumnType("xid8");
    }

    public void Configure(EntityTypeBuilder<JournalSeal> table)
    {
        table.ToTable("journal_seals");
        table.HasKey(seal => seal.Number);
        table.Property(seal => seal.Number).ValueGeneratedNever();
        table.Property(seal => seal.ToXid).HasColumnType("xid8");
        table.HasIndex(seal => new { seal.ToXid, seal.ToSeq });
    }

    public static string CreateSql()
    {
        var partitions = string.Concat(Enumerable.Range(FirstYear, LastYear - FirstYear + 1).Select(year =>
            $"create table journal_{year} partition of journal for values from ('{year}-01-01+00') to ('{year + 1}-01-01+00');\n"));
        return $"""
            create table journal (
                seq bigint generated always as identity,
                at timestamptz not null,
                actor_id uuid,
                on_behalf_of_id uuid,
                node_id uuid,
                subject_kind text not null,
                subject_id uuid not null,
                subject_version int not null,
                event text not null,
                data jsonb not null default '{"{}"}'::jsonb,
                request_id text,
                xid xid8 not null default pg_current_xact_id(),
                primary key (seq, at)
            ) partition by range (at);
            {partitions}
            create table journal_other partition of journal default;
            create index journal_subject on journal (subject_kind, subject_id, seq);
            """;
    }
}
