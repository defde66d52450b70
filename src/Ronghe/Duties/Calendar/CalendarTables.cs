using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Ronghe.Organisation.People;
using Ronghe.Organisation.Units;

namespace Ronghe.Duties.Calendar;

public sealed class CalendarTables : IEntityTypeConfiguration<PlanEntry>, IEntityTypeConfiguration<CalendarFeed>
{
    public void Configure(EntityTypeBuilder<PlanEntry> table)
    {
        table.ToTable("plan_entries");
        table.Property(plan => plan.From).HasColumnName("from_on");
        table.Property(plan => plan.To).HasColumnName("to_on");
        table.HasIndex(plan => new { plan.CompanyId, plan.From }).HasFilter("state = 'Planned'");
        table.HasIndex(plan => plan.UnitId);
        table.HasOne<Unit>().WithMany().HasForeignKey(plan => plan.UnitId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<Person>().WithMany().HasForeignKey(plan => plan.LeadId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<PlanEntry>().WithMany().HasForeignKey(plan => plan.JoinedIntoId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<CalendarFeed> table)
    {
        table.ToTable("calendar_feeds");
        table.HasIndex(feed => feed.Hash).IsUnique();
        table.HasIndex(feed => feed.PersonId).IsUnique().HasFilter("revoked_at is null");
        table.HasOne<Person>().WithMany().HasForeignKey(feed => feed.PersonId).OnDelete(DeleteBehavior.Restrict);
    }
}
