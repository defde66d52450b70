using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Ronghe.Organisation.People;
using Ronghe.Organisation.Places;
using Ronghe.Organisation.Units;

namespace Ronghe.Findings;

public sealed class FindingTables :
    IEntityTypeConfiguration<Finding>, IEntityTypeConfiguration<FindingStep>, IEntityTypeConfiguration<FindingPhoto>,
    IEntityTypeConfiguration<FindingNumber>, IEntityTypeConfiguration<Recheck>, IEntityTypeConfiguration<HazardCategory>,
    IEntityTypeConfiguration<FindingRules>, IEntityTypeConfiguration<FindingWords>, IEntityTypeConfiguration<WordBlock>
{
    /// <summary>Open and at a known place: the condition of an index, which a query must repeat to be answered from it.</summary>
    public const string OpenSomewhere = "status in ('Reported', 'Assigned', 'Rectified', 'Verified') and place_id is not null";

    public void Configure(EntityTypeBuilder<Finding> table)
    {
        table.ToTable("findings");
        table.HasIndex(f => new { f.CompanyId, f.Number }).IsUnique();
        // The list: newest first within a unit and state, within a unit, within a state.
        table.HasIndex(f => new { f.UnitId, f.Status, f.ReportedAt, f.Id });
        table.HasIndex(f => new { f.UnitId, f.ReportedAt, f.Id });
        table.HasIndex(f => new { f.CompanyId, f.Status, f.ReportedAt, f.Id });
        table.HasIndex(f => new { f.CompanyId, f.ReportedAt, f.Id });
        // My work: only what is open.
        table.HasIndex(f => f.RectifierId).HasFilter("status = 'Assigned'");
        table.HasIndex(f => f.VerifierId).HasFilter("status = 'Rectified'");
        table.HasIndex(f => f.EscalatedToId).HasFilter("escalated_to_id is not null");
        table.HasIndex(f => new { f.ReporterId, f.ReportedAt });
        table.HasIndex(f => new { f.CompanyId, f.DueOn }).HasFilter("status = 'Assigned'").HasDatabaseName("findings_due");
        table.HasIndex(f => new { f.CompanyId, f.ReportedAt, f.Id }, "findings_supervised").HasFilter("supervised_at is not null");
        table.HasIndex(f => new { f.PlaceId, f.ReportedAt });
        // What is open at the places of a company, how old and how late, without looking at the rows.
        table.HasIndex(f => new { f.CompanyId, f.PlaceId }).IncludeProperties(f => new { f.Status, f.DueOn, f.ReportedAt }).HasFilter(OpenSomewhere).HasDatabaseName("findings_open_places");
        table.HasMany(f => f.Steps).WithOne().HasForeignKey(step => step.FindingId);
        table.Navigation(f => f.Steps).HasField("_steps").UsePropertyAccessMode(PropertyAccessMode.Field);
        table.HasOne<Unit>().WithMany().HasForeignKey(f => f.UnitId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<Place>().WithMany().HasForeignKey(f => f.PlaceId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<Person>().WithMany().HasForeignKey(f => f.RectifierId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<HazardCategory>().WithMany().HasForeignKey(f => f.CategoryId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<Finding>().WithMany().HasForeignKey(f => f.MergedIntoId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<FindingStep> table)
    {
        table.ToTable("finding_steps");
        table.HasKey(step => step.Id);
        table.Property(step => step.Id).ValueGeneratedNever();
        table.HasIndex(step => new { step.FindingId, step.At });
        table.Property(step => step.From).HasColumnName("from_status");
        table.Property(step => step.To).HasColumnName("to_status");
    }

    public void Configure(EntityTypeBuilder<FindingPhoto> table)
    {
        table.ToTable("finding_photos");
        table.HasKey(photo => new { photo.FindingId, photo.FileId });
        table.HasOne<Finding>().WithMany().HasForeignKey(photo => photo.FindingId);
    }

    /// <summary>One index answers words, days and reach together. New rows wait in a list, for a new finding must cost little; a short one, for every search reads it.</summary>
    public void Configure(EntityTypeBuilder<FindingWords> table)
    {
        table.ToTable("finding_words");
        table.HasKey(words => words.FindingId);
        table.HasOne<Finding>().WithOne().HasForeignKey<FindingWords>(words => words.FindingId);
        table.HasIndex(words => new { words.Words, words.Scope }).HasMethod("gin").HasStorageParameter("gin_pending_list_limit", 512)
            .HasDatabaseName("finding_words_index");
    }

    public void Configure(EntityTypeBuilder<WordBlock> table)
    {
        table.ToTable("finding_word_blocks");
        table.HasKey(block => new { block.Block, block.Word });
        table.Property(block => block.Bits).HasColumnType("bit varying");
    }

    public void Configure(EntityTypeBuilder<FindingNumber> table)
    {
        table.ToTable("finding_numbers");
        table.HasKey(number => new { number.CompanyId, number.Year });
    }

    public void Configure(EntityTypeBuilder<Recheck> table)
    {
        table.ToTable("finding_rechecks");
        table.HasIndex(recheck => recheck.FindingId);
        table.HasIndex(recheck => new { recheck.CompanyId, recheck.Month, recheck.FindingId }).IsUnique();
        table.HasIndex(recheck => recheck.CompanyId).HasFilter("checked_at is null");
        table.HasOne<Finding>().WithMany().HasForeignKey(recheck => recheck.FindingId);
    }

    public void Configure(EntityTypeBuilder<FindingRules> table)
    {
        table.ToTable("finding_rules");
        table.HasIndex(rules => rules.CompanyId).IsUnique();
    }

    public void Configure(EntityTypeBuilder<HazardCategory> table)
    {
        table.ToTable("hazard_categories");
        table.Ignore(category => category.Seen);
    }
}
