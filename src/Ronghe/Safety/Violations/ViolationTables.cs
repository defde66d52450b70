using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Ronghe.Organisation.People;
using Ronghe.Organisation.Places;
using Ronghe.Organisation.Units;

namespace Ronghe.Safety.Violations;

public sealed class ViolationTables : IEntityTypeConfiguration<Violation>, IEntityTypeConfiguration<ViolationKind>
{
    public void Configure(EntityTypeBuilder<Violation> table)
    {
        table.ToTable("violations");
        table.HasIndex(violation => new { violation.CompanyId, violation.NotedAt, violation.Id });
        table.HasIndex(violation => new { violation.UnitId, violation.State, violation.On });
        table.HasIndex(violation => violation.PersonId);
        table.Property(violation => violation.On).HasColumnName("happened_on");
        table.HasOne<Unit>().WithMany().HasForeignKey(violation => violation.UnitId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<Person>().WithMany().HasForeignKey(violation => violation.PersonId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<Place>().WithMany().HasForeignKey(violation => violation.PlaceId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<ViolationKind>().WithMany().HasForeignKey(violation => violation.KindId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ViolationKind> table)
    {
        table.ToTable("violation_kinds");
        table.Ignore(kind => kind.Seen);
    }
}
