using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ronghe.Platform.Links;

public sealed class LinkTables : IEntityTypeConfiguration<Link>
{
    public void Configure(EntityTypeBuilder<Link> table)
    {
        table.ToTable("links");
        table.Property(link => link.Id).ValueGeneratedNever();
        table.HasIndex(link => new { link.FromKind, link.FromId, link.ToKind, link.ToId, link.Relation }).IsUnique();
        table.HasIndex(link => new { link.ToKind, link.ToId });
    }
}
