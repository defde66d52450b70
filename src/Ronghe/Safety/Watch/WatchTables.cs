using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Organisation.People;

namespace Ronghe.Safety.Watch;

public sealed class WatchTables : IEntityTypeConfiguration<WatchWeek>, IEntityTypeConfiguration<WatchDuty>, IEntityTypeConfiguration<WatchSwap>, IEntityTypeConfiguration<WatchAbsence>
{
    public void Configure(EntityTypeBuilder<WatchWeek> table)
    {
        table.ToTable("watch_weeks");
        table.HasIndex(week => new { week.BranchId, week.Monday }).IsUnique();
        table.HasOne<PartyOrganisation>().WithMany().HasForeignKey(week => week.BranchId).OnDelete(DeleteBehavior.Restrict);
        table.HasMany(week => week.Duties).WithOne().HasForeignKey(duty => duty.WeekId);
        table.Navigation(week => week.Duties).HasField("_duties").UsePropertyAccessMode(PropertyAccessMode.Field);
    }

    public void Configure(EntityTypeBuilder<WatchDuty> table)
    {
        table.ToTable("watch_duties");
        table.HasKey(duty => new { duty.WeekId, duty.PersonId });
        table.HasIndex(duty => duty.PersonId);
        table.HasOne<Person>().WithMany().HasForeignKey(duty => duty.PersonId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<WatchSwap> table)
    {
        table.ToTable("watch_swaps");
        table.HasIndex(swap => swap.AskedId).HasFilter("status = 'Asked'");
        // One question at a time for each turn.
        table.HasIndex(swap => new { swap.WeekId, swap.AskerId }).IsUnique().HasFilter("status = 'Asked'");
    }

    public void Configure(EntityTypeBuilder<WatchAbsence> table)
    {
        table.ToTable("watch_absences");
        table.Property(absence => absence.From).HasColumnName("from_on");
        table.Property(absence => absence.To).HasColumnName("to_on");
        table.HasIndex(absence => new { absence.PersonId, absence.To });
    }
}
