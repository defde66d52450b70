using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Ronghe.Findings;
using Ronghe.Organisation.People;
using Ronghe.Organisation.Units;
using Ronghe.Safety.Checklists;
using Ronghe.Safety.Zones;

namespace Ronghe.Safety.Inspections;

public sealed class InspectionTables :
    IEntityTypeConfiguration<Inspection>, IEntityTypeConfiguration<InspectionMember>, IEntityTypeConfiguration<InspectionAnswer>,
    IEntityTypeConfiguration<InspectionPhoto>, IEntityTypeConfiguration<Explanation>, IEntityTypeConfiguration<SpotCheckDraw>
{
    public void Configure(EntityTypeBuilder<Inspection> table)
    {
        table.ToTable("inspections");
        table.HasIndex(i => new { i.CompanyId, i.PlannedOn, i.Id });
        table.HasIndex(i => new { i.UnitId, i.PlannedOn });
        table.HasIndex(i => new { i.ZoneId, i.FinishedAt }).HasFilter("zone_id is not null");
        table.HasIndex(i => i.LeadId);
        // What meets the duties of a person, of a zone, of a body.
        table.HasIndex(i => new { i.LeadId, i.FinishedOn }).HasFilter("finished_on is not null");
        table.HasIndex(i => new { i.ZoneId, i.FinishedOn }).HasFilter("finished_on is not null and zone_id is not null");
        table.HasIndex(i => new { i.CompanyId, i.Kind, i.FinishedOn }).HasFilter("finished_on is not null");
        // Spot checks whose problems have still to be explained.
        table.HasIndex(i => i.UnitId, "inspections_to_explain").HasFilter("kind = 'SpotCheck' and status in ('Started', 'Finished')");
        table.HasMany(i => i.Members).WithOne().HasForeignKey(member => member.InspectionId);
        table.Navigation(i => i.Members).HasField("_members").UsePropertyAccessMode(PropertyAccessMode.Field);
        table.HasMany(i => i.Answers).WithOne().HasForeignKey(answer => answer.InspectionId);
        table.Navigation(i => i.Answers).HasField("_answers").UsePropertyAccessMode(PropertyAccessMode.Field);
        table.HasMany(i => i.Photos).WithOne().HasForeignKey(photo => photo.InspectionId);
        table.Navigation(i => i.Photos).HasField("_photos").UsePropertyAccessMode(PropertyAccessMode.Field);
        table.HasMany(i => i.Explanations).WithOne().HasForeignKey(explanation => explanation.InspectionId);
        table.Navigation(i => i.Explanations).HasField("_explanations").UsePropertyAccessMode(PropertyAccessMode.Field);
        table.HasOne<Unit>().WithMany().HasForeignKey(i => i.UnitId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<Zone>().WithMany().HasForeignKey(i => i.ZoneId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<Person>().WithMany().HasForeignKey(i => i.LeadId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<ChecklistVersion>().WithMany().HasForeignKey(i => new { i.ChecklistId, i.ChecklistNumber }).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<InspectionMember> table)
    {
        table.ToTable("inspection_members");
        table.HasKey(member => new { member.InspectionId, member.PersonId });
        table.HasIndex(member => member.PersonId);
        table.HasOne<Person>().WithMany().HasForeignKey(member => member.PersonId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<InspectionAnswer> table)
    {
        table.ToTable("inspection_answers");
        table.HasKey(answer => new { answer.InspectionId, answer.ItemId });
    }

    public void Configure(EntityTypeBuilder<InspectionPhoto> table)
    {
        table.ToTable("inspection_photos");
        table.HasKey(photo => new { photo.InspectionId, photo.FileId });
    }

    public void Configure(EntityTypeBuilder<Explanation> table)
    {
        table.ToTable("explanations");
        table.Property(explanation => explanation.Id).ValueGeneratedNever();
        table.HasIndex(explanation => new { explanation.InspectionId, explanation.FindingId });
        table.HasOne<Finding>().WithMany().HasForeignKey(explanation => explanation.FindingId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<SpotCheckDraw> table)
    {
        table.ToTable("spot_check_draws");
        table.HasKey(draw => draw.InspectionId);
        table.Property(draw => draw.InspectionId).ValueGeneratedNever();
        table.HasOne<Inspection>().WithOne().HasForeignKey<SpotCheckDraw>(draw => draw.InspectionId);
        table.HasOne<Unit>().WithMany().HasForeignKey(draw => draw.UnitId).OnDelete(DeleteBehavior.Restrict);
    }
}
