using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ronghe.Platform.Files;

public sealed class FileTables : IEntityTypeConfiguration<StoredFile>
{
    public void Configure(EntityTypeBuilder<StoredFile> table)
    {
        table.ToTable("stored_files");
        table.Property(file => file.Id).ValueGeneratedNever();
        table.Property(file => file.Name).HasMaxLength(StoredFile.LongestName);
        // Both are asked when orphans are collected.
        table.HasIndex(file => file.Hash);
        table.HasIndex(file => file.ThumbHash);
        table.HasIndex(file => new { file.OwnerKind, file.OwnerId });
    }
}
