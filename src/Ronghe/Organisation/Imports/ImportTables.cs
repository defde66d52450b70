using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ronghe.Organisation.Imports;

public sealed class ImportTables :
    IEntityTypeConfiguration<ImportRun>, IEntityTypeConfiguration<ImportedRecord>, IEntityTypeConfiguration<SavedMapping>
{
    public void Configure(EntityTypeBuilder<ImportRun> table)
    {
        table.ToTable("import_runs");
        table.HasIndex(run => new { run.CompanyId, run.CreatedAt });
        table.Property(run => run.Choices).HasColumnType("jsonb");
        table.Property(run => run.Report).HasColumnType("jsonb");
        table.Property(run => run.Counts).HasColumnType("jsonb").HasConversion(
            counts => JsonSerializer.Serialize(counts, JsonSerializerOptions.Web),
            json => JsonSerializer.Deserialize<ImportCounts>(json, JsonSerializerOptions.Web)!);
    }

    public void Configure(EntityTypeBuilder<ImportedRecord> table)
    {
        table.ToTable("imported_records");
        table.HasKey(record => new { record.RunId, record.Position });
        table.Property(record => record.Before).HasColumnType("jsonb");
        table.HasIndex(record => record.SubjectId);
        // No foreign key to the run: checking it for each of many thousand records would cost more than it guards.
    }

    public void Configure(EntityTypeBuilder<SavedMapping> table)
    {
        table.ToTable("import_mappings");
        table.HasIndex(mapping => new { mapping.CompanyId, mapping.Kind, mapping.Headings }).IsUnique();
    }
}
