using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ronghe.Safety.Checklists;

public sealed class ChecklistTables : IEntityTypeConfiguration<Checklist>, IEntityTypeConfiguration<ChecklistVersion>
{
    public void Configure(EntityTypeBuilder<Checklist> table)
    {
        table.ToTable("checklists");
        table.HasIndex(list => list.Code).IsUnique();
    }

    public void Configure(EntityTypeBuilder<ChecklistVersion> table)
    {
        table.ToTable("checklist_versions");
        table.HasKey(version => new { version.ChecklistId, version.Number });
        table.Property(version => version.Items).HasColumnType("jsonb");
        table.HasOne<Checklist>().WithMany().HasForeignKey(version => version.ChecklistId);
    }
}
