using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Ronghe.Organisation.People;
using Ronghe.Organisation.Places;
using Ronghe.Organisation.Units;
using Ronghe.Platform.Journal;
using Ronghe.PublicNotices;
using Ronghe.Safety.Zones;

namespace Ronghe.Safety.ModelPosts;

public sealed class ModelPostTables :
    IEntityTypeConfiguration<ModelPost>, IEntityTypeConfiguration<ModelPostPlace>, IEntityTypeConfiguration<ModelPostStep>, IEntityTypeConfiguration<ModelPostActivity>,
    IEntityTypeConfiguration<ModelPostCriteria>, IEntityTypeConfiguration<ZoneAssessment>
{
    public void Configure(EntityTypeBuilder<ModelPost> table)
    {
        table.ToTable("model_posts");
        table.HasIndex(post => new { post.CompanyId, post.NominatedAt, post.Id });
        table.HasIndex(post => new { post.UnitId, post.State });
        table.HasIndex(post => post.PersonId);
        table.HasIndex(post => post.ZoneId);
        table.HasIndex(post => post.NoticeId);
        // One person is put forward for one kind once at a time.
        table.HasIndex(post => new { post.PersonId, post.Kind }).IsUnique().HasFilter("state not in ('Ended', 'Refused', 'Withdrawn')").HasDatabaseName("model_posts_one_at_a_time");
        table.Property(post => post.From).HasColumnName("from_on");
        table.Property(post => post.To).HasColumnName("to_on");
        table.Property(post => post.Checked).HasColumnType("jsonb").HasConversion(reading => Write(reading), text => Read<ModelPostReading>(text));
        table.Property(post => post.Reviewed).HasColumnType("jsonb").HasConversion(reading => Write(reading), text => Read<ModelPostReading>(text));
        table.HasMany(post => post.Places).WithOne().HasForeignKey(place => place.PostId);
        table.Navigation(post => post.Places).HasField("_places").UsePropertyAccessMode(PropertyAccessMode.Field);
        table.HasMany(post => post.Steps).WithOne().HasForeignKey(step => step.PostId);
        table.Navigation(post => post.Steps).HasField("_steps").UsePropertyAccessMode(PropertyAccessMode.Field);
        table.HasMany(post => post.Activities).WithOne().HasForeignKey(activity => activity.PostId);
        table.Navigation(post => post.Activities).HasField("_activities").UsePropertyAccessMode(PropertyAccessMode.Field);
        table.HasOne<Unit>().WithMany().HasForeignKey(post => post.UnitId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<Person>().WithMany().HasForeignKey(post => post.PersonId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<Zone>().WithMany().HasForeignKey(post => post.ZoneId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<PublicNotice>().WithMany().HasForeignKey(post => post.NoticeId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ModelPostPlace> table)
    {
        table.ToTable("model_post_places");
        table.HasKey(place => new { place.PostId, place.PlaceId });
        table.HasIndex(place => place.PlaceId);
        table.HasOne<Place>().WithMany().HasForeignKey(place => place.PlaceId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ModelPostStep> table)
    {
        table.ToTable("model_post_steps");
        table.HasKey(step => step.Id);
        table.Property(step => step.Id).ValueGeneratedNever();
        table.HasIndex(step => new { step.PostId, step.At });
        table.Property(step => step.To).HasColumnName("to_state");
    }

    public void Configure(EntityTypeBuilder<ModelPostActivity> table)
    {
        table.ToTable("model_post_activities");
        table.HasKey(activity => activity.Id);
        table.Property(activity => activity.Id).ValueGeneratedNever();
        table.Property(activity => activity.On).HasColumnName("happened_on");
        table.HasIndex(activity => new { activity.PostId, activity.On });
    }

    /// <summary>Read and written whole: nothing looks into it.</summary>
    public void Configure(EntityTypeBuilder<ModelPostCriteria> table)
    {
        table.ToTable("model_post_criteria");
        table.HasIndex(criteria => new { criteria.CompanyId, criteria.Kind }).IsUnique();
        table.Property(criteria => criteria.Sheet).HasColumnType("jsonb").HasConversion(sheet => Write(sheet), text => Read<CriteriaSheet>(text));
    }

    public void Configure(EntityTypeBuilder<ZoneAssessment> table)
    {
        table.ToTable("zone_assessments");
        table.HasIndex(assessment => new { assessment.ZoneId, assessment.Year }).IsUnique();
        table.HasIndex(assessment => new { assessment.CompanyId, assessment.Year });
        table.Property(assessment => assessment.Figures).HasColumnType("jsonb").HasConversion(figures => Write(figures), text => Read<ZoneYear>(text));
        table.HasOne<Zone>().WithMany().HasForeignKey(assessment => assessment.ZoneId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<Person>().WithMany().HasForeignKey(assessment => assessment.ById).OnDelete(DeleteBehavior.Restrict);
    }

    static string Write<T>(T value) => JsonSerializer.Serialize(value, Recording.Format);

    static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Recording.Format)!;
}
