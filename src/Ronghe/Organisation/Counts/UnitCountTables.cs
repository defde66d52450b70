using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ronghe.Organisation.Counts;

public sealed class UnitCountTables : IEntityTypeConfiguration<UnitCount>, IEntityTypeConfiguration<UnitCountChange>
{
    public void Configure(EntityTypeBuilder<UnitCount> table)
    {
        table.ToTable("unit_counts");
        table.HasKey(count => new { count.UnitId, count.Name, count.Day });
        table.HasOne<OrganisationNode>().WithMany().HasForeignKey(count => count.UnitId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<UnitCountChange> table)
    {
        table.ToTable("unit_count_changes");
        table.HasKey(change => change.Id);
        table.Property(change => change.Id).UseIdentityAlwaysColumn();
    }
}
