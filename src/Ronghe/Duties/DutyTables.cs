using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Ronghe.Platform.Journal;

namespace Ronghe.Duties;

public sealed class DutyTables : IEntityTypeConfiguration<DutyRule>, IEntityTypeConfiguration<DutyExcuse>
{
    public void Configure(EntityTypeBuilder<DutyRule> table)
    {
        table.ToTable("duty_rules");
        table.HasIndex(rule => new { rule.CompanyId, rule.Code }).IsUnique();
        // Read and written whole: nothing looks into it.
        table.Property(rule => rule.Definition).HasColumnType("jsonb").HasConversion(
            definition => JsonSerializer.Serialize(definition, Recording.Format), text => JsonSerializer.Deserialize<DutyDefinition>(text, Recording.Format)!);
    }

    public void Configure(EntityTypeBuilder<DutyExcuse> table)
    {
        table.ToTable("duty_excuses");
        table.Property(excuse => excuse.From).HasColumnName("from_on");
        table.Property(excuse => excuse.To).HasColumnName("to_on");
        table.HasIndex(excuse => new { excuse.SubjectId, excuse.Code, excuse.From }).IsUnique().HasFilter("withdrawn_at is null");
    }
}
