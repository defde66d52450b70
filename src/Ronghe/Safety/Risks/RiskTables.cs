using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Ronghe.Organisation;
using Ronghe.Organisation.People;
using Ronghe.Organisation.Places;
using Ronghe.Organisation.Units;
using Ronghe.Platform.Journal;

namespace Ronghe.Safety.Risks;

public sealed class RiskTables : IEntityTypeConfiguration<Risk>, IEntityTypeConfiguration<RiskAssessment>, IEntityTypeConfiguration<RiskRules>, IEntityTypeConfiguration<RiskSession>
{
    public void Configure(EntityTypeBuilder<Risk> table)
    {
        table.ToTable("risks");
        table.Ignore(risk => risk.Proposed);
        // The list: gravest first, in the company or of a unit.
        table.HasIndex(risk => new { risk.CompanyId, risk.Rank, risk.IdentifiedAt, risk.Id });
        table.HasIndex(risk => new { risk.UnitId, risk.State });
        table.HasIndex(risk => new { risk.OwnerId, risk.ReviewOn });
        table.HasIndex(risk => risk.CompanyId).HasFilter("state = 'Proposed'").HasDatabaseName("risks_proposed");
        // The default register is loaded once, however many press the button.
        table.HasIndex(risk => new { risk.CompanyId, risk.ContentId }).IsUnique().HasFilter("content_id is not null");
        table.HasMany(risk => risk.Assessments).WithOne().HasForeignKey(one => one.RiskId);
        table.Navigation(risk => risk.Assessments).HasField("_assessments").UsePropertyAccessMode(PropertyAccessMode.Field);
        table.HasOne<Unit>().WithMany().HasForeignKey(risk => risk.UnitId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<Place>().WithMany().HasForeignKey(risk => risk.PlaceId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<Person>().WithMany().HasForeignKey(risk => risk.OwnerId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<RiskAssessment> table)
    {
        table.ToTable("risk_assessments");
        table.Property(one => one.Id).ValueGeneratedNever();
        table.Property(one => one.Values).HasColumnName("points");
        table.HasIndex(one => new { one.RiskId, one.At });
        table.HasIndex(one => one.SessionId).HasFilter("session_id is not null");
        table.HasIndex(one => one.ConfirmerId).HasFilter("standing = 'Proposed'");
    }

    public void Configure(EntityTypeBuilder<RiskRules> table)
    {
        table.ToTable("risk_rules");
        table.HasIndex(rules => new { rules.CompanyId, rules.Number }).IsUnique();
        // Read and written whole: nothing looks into it.
        table.Property(rules => rules.Content).HasColumnType("jsonb").HasConversion(
            content => JsonSerializer.Serialize(content, Recording.Format), text => JsonSerializer.Deserialize<RiskRuleSet>(text, Recording.Format)!);
    }

    public void Configure(EntityTypeBuilder<RiskSession> table)
    {
        table.ToTable("risk_sessions");
        table.Property(session => session.From).HasColumnName("from_on");
        table.Property(session => session.To).HasColumnName("to_on");
        table.HasIndex(session => new { session.CompanyId, session.PlannedOn, session.Id });
        // The duty asks by organisation and day, the inputs for the session before.
        table.HasIndex(session => new { session.NodeId, session.HeldOn });
        table.HasOne<OrganisationNode>().WithMany().HasForeignKey(session => session.NodeId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<Person>().WithMany().HasForeignKey(session => session.ChairId).OnDelete(DeleteBehavior.Restrict);
        table.Property(session => session.Inputs).HasColumnType("jsonb").HasConversion(
            inputs => JsonSerializer.Serialize(inputs, Recording.Format), text => JsonSerializer.Deserialize<RiskSessionInputs>(text, Recording.Format));
    }
}
