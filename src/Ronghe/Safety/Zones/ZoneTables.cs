using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Organisation.People;
using Ronghe.Organisation.Places;
using Ronghe.Organisation.Units;

namespace Ronghe.Safety.Zones;

public sealed class ZoneTables :
    IEntityTypeConfiguration<Zone>, IEntityTypeConfiguration<ZonePlace>, IEntityTypeConfiguration<ZoneLead>, IEntityTypeConfiguration<SitePlan>
{
    public void Configure(EntityTypeBuilder<Zone> table)
    {
        table.ToTable("zones");
        table.HasIndex(zone => new { zone.CompanyId, zone.Name }).IsUnique().HasFilter("is_active");
        table.HasIndex(zone => new { zone.CompanyId, zone.ContentId }).IsUnique().HasFilter("content_id is not null");
        table.HasMany(zone => zone.Places).WithOne().HasForeignKey(place => place.ZoneId);
        table.Navigation(zone => zone.Places).HasField("_places").UsePropertyAccessMode(PropertyAccessMode.Field);
        table.HasMany(zone => zone.Leads).WithOne().HasForeignKey(lead => lead.ZoneId);
        table.Navigation(zone => zone.Leads).HasField("_leads").UsePropertyAccessMode(PropertyAccessMode.Field);
        table.HasOne<Unit>().WithMany().HasForeignKey(zone => zone.UnitId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<PartyOrganisation>().WithMany().HasForeignKey(zone => zone.BranchId).OnDelete(DeleteBehavior.Restrict);
    }

    /// <summary>The key says it: no place stands in two zones.</summary>
    public void Configure(EntityTypeBuilder<ZonePlace> table)
    {
        table.ToTable("zone_places");
        table.HasKey(place => place.PlaceId);
        table.Property(place => place.PlaceId).ValueGeneratedNever();
        table.HasOne<Place>().WithMany().HasForeignKey(place => place.PlaceId);
    }

    public void Configure(EntityTypeBuilder<ZoneLead> table)
    {
        table.ToTable("zone_leads");
        table.Property(lead => lead.Id).ValueGeneratedNever();
        table.Property(lead => lead.From).HasColumnName("from_on");
        table.Property(lead => lead.To).HasColumnName("to_on");
        table.HasIndex(lead => lead.PersonId);
        table.HasOne<Person>().WithMany().HasForeignKey(lead => lead.PersonId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<SitePlan> table)
    {
        table.ToTable("site_plans");
        table.HasIndex(plan => plan.CompanyId).IsUnique();
        table.Ignore(plan => plan.Size);
    }
}
