using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Ronghe.Organisation.Appointments;
using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Organisation.People;
using Ronghe.Organisation.Places;
using Ronghe.Organisation.Units;

namespace Ronghe.Organisation;

public sealed class OrganisationTables :
    IEntityTypeConfiguration<OrganisationNode>, IEntityTypeConfiguration<PartyOrganisation>, IEntityTypeConfiguration<NodeClosure>, IEntityTypeConfiguration<PartyCoverage>,
    IEntityTypeConfiguration<Place>, IEntityTypeConfiguration<PlaceWord>,
    IEntityTypeConfiguration<Person>, IEntityTypeConfiguration<Membership>, IEntityTypeConfiguration<Appointment>
{
    public void Configure(EntityTypeBuilder<OrganisationNode> table)
    {
        table.ToTable("nodes");
        table.HasDiscriminator<string>("tree").HasValue<Unit>("unit").HasValue<PartyOrganisation>("party");
        table.HasIndex(node => new { node.CompanyId, node.Code }).IsUnique();
        table.HasIndex(node => node.ParentId);
        table.HasIndex(node => node.SearchTokens).HasMethod("gin");
        table.HasOne<OrganisationNode>().WithMany().HasForeignKey(node => node.ParentId).OnDelete(DeleteBehavior.Restrict);
    }

    /// <summary>A column of its own: both trees call their kind the same, with other words in it.</summary>
    public void Configure(EntityTypeBuilder<PartyOrganisation> table) => table.Property(node => node.Kind).HasColumnName("party_kind");

    public void Configure(EntityTypeBuilder<NodeClosure> table)
    {
        table.ToTable("node_closure");
        table.HasKey(pair => new { pair.AncestorId, pair.DescendantId });
        table.HasIndex(pair => new { pair.DescendantId, pair.Depth });
        table.HasOne<OrganisationNode>().WithMany().HasForeignKey(pair => pair.AncestorId).OnDelete(DeleteBehavior.Cascade);
        table.HasOne<OrganisationNode>().WithMany().HasForeignKey(pair => pair.DescendantId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<PartyCoverage> table)
    {
        table.ToTable("party_coverage");
        table.HasKey(pair => new { pair.PartyOrganisationId, pair.UnitId });
        table.HasIndex(pair => pair.UnitId);
        table.HasOne<PartyOrganisation>().WithMany().HasForeignKey(pair => pair.PartyOrganisationId);
        table.HasOne<Unit>().WithMany().HasForeignKey(pair => pair.UnitId);
    }

    public void Configure(EntityTypeBuilder<Place> table)
    {
        table.ToTable("places");
        table.HasIndex(place => new { place.CompanyId, place.Code }).IsUnique();
        table.HasIndex(place => new { place.CompanyId, place.ContentId }).IsUnique().HasFilter("content_id is not null");
        table.HasIndex(place => place.ParentId);
        table.HasIndex(place => place.SearchTokens).HasMethod("gin");
        table.HasOne<Place>().WithMany().HasForeignKey(place => place.ParentId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<Unit>().WithMany().HasForeignKey(place => place.UnitId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<PlaceWord> table)
    {
        table.ToTable("place_words");
        table.HasIndex(word => new { word.CompanyId, word.Kind, word.Word }).IsUnique();
        table.HasIndex(word => word.PlaceId);
        table.HasOne<Place>().WithMany().HasForeignKey(word => word.PlaceId);
    }

    public void Configure(EntityTypeBuilder<Person> table)
    {
        table.ToTable("people");
        table.HasIndex(person => new { person.CompanyId, person.Number }).IsUnique();
        table.HasIndex(person => new { person.UnitId, person.Number });
        table.HasIndex(person => person.SearchTokens).HasMethod("gin");
        table.HasOne<Unit>().WithMany().HasForeignKey(person => person.UnitId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Membership> table)
    {
        table.ToTable("memberships");
        table.HasIndex(membership => membership.PersonId);
        table.HasIndex(membership => membership.PartyOrganisationId);
        table.HasOne<Person>().WithMany().HasForeignKey(membership => membership.PersonId);
        table.HasOne<PartyOrganisation>().WithMany().HasForeignKey(membership => membership.PartyOrganisationId);
    }

    public void Configure(EntityTypeBuilder<Appointment> table)
    {
        table.ToTable("appointments");
        table.Property(appointment => appointment.From).HasColumnName("from_on");
        table.Property(appointment => appointment.To).HasColumnName("to_on");
        table.HasIndex(appointment => appointment.PersonId);
        table.HasIndex(appointment => new { appointment.NodeId, appointment.Post });
        table.HasOne<Person>().WithMany().HasForeignKey(appointment => appointment.PersonId);
        table.HasOne<OrganisationNode>().WithMany().HasForeignKey(appointment => appointment.NodeId);
    }
}
