using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Ronghe.Organisation;
using Ronghe.Organisation.People;
using Ronghe.Platform.Journal;

namespace Ronghe.PartyLife.Meetings;

public sealed class MeetingTables :
    IEntityTypeConfiguration<Meeting>, IEntityTypeConfiguration<AgendaItem>, IEntityTypeConfiguration<MeetingVote>, IEntityTypeConfiguration<Resolution>, IEntityTypeConfiguration<Correction>,
    IEntityTypeConfiguration<Attendance>, IEntityTypeConfiguration<MeetingRules>
{
    public void Configure(EntityTypeBuilder<Meeting> table)
    {
        table.ToTable("meetings");
        table.HasIndex(meeting => new { meeting.CompanyId, meeting.PlannedAt, meeting.Id });
        table.HasIndex(meeting => new { meeting.BodyId, meeting.PlannedAt });
        // Duties ask by body and day, and of lectures by who gave them.
        table.HasIndex(meeting => new { meeting.BodyId, meeting.HeldOn }).HasFilter("held_on is not null");
        table.HasIndex(meeting => new { meeting.LecturerId, meeting.HeldOn }).HasFilter("lecturer_id is not null");
        // My work: what is not archived yet.
        table.HasIndex(meeting => meeting.ChairId).HasFilter("status not in ('Archived', 'Cancelled')");
        table.HasIndex(meeting => meeting.RecorderId).HasFilter("status not in ('Archived', 'Cancelled')");
        table.HasIndex(meeting => meeting.SearchTokens).HasMethod("gin");
        // Read and written whole: nothing looks into it.
        table.Property(meeting => meeting.Carried).HasColumnType("jsonb").HasConversion(
            tasks => JsonSerializer.Serialize(tasks, Recording.Format), text => JsonSerializer.Deserialize<CarriedTask[]>(text, Recording.Format)!,
            new ValueComparer<IReadOnlyList<CarriedTask>>((one, other) => ReferenceEquals(one, other), tasks => tasks.Count, tasks => tasks));
        table.HasMany(meeting => meeting.Agenda).WithOne().HasForeignKey(item => item.MeetingId);
        table.Navigation(meeting => meeting.Agenda).HasField("_agenda").UsePropertyAccessMode(PropertyAccessMode.Field);
        table.HasMany(meeting => meeting.Votes).WithOne().HasForeignKey(vote => vote.MeetingId);
        table.Navigation(meeting => meeting.Votes).HasField("_votes").UsePropertyAccessMode(PropertyAccessMode.Field);
        table.HasMany(meeting => meeting.Resolutions).WithOne().HasForeignKey(one => one.MeetingId);
        table.Navigation(meeting => meeting.Resolutions).HasField("_resolutions").UsePropertyAccessMode(PropertyAccessMode.Field);
        table.HasMany(meeting => meeting.Corrections).WithOne().HasForeignKey(one => one.MeetingId);
        table.Navigation(meeting => meeting.Corrections).HasField("_corrections").UsePropertyAccessMode(PropertyAccessMode.Field);
        table.HasOne<OrganisationNode>().WithMany().HasForeignKey(meeting => meeting.BodyId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<Person>().WithMany().HasForeignKey(meeting => meeting.ChairId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<Person>().WithMany().HasForeignKey(meeting => meeting.RecorderId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<AgendaItem> table)
    {
        table.ToTable("agenda_items");
        table.Property(item => item.Id).ValueGeneratedNever();
        table.HasIndex(item => new { item.MeetingId, item.No });
    }

    public void Configure(EntityTypeBuilder<MeetingVote> table)
    {
        table.ToTable("meeting_votes");
        table.Property(vote => vote.Id).ValueGeneratedNever();
        table.HasIndex(vote => vote.MeetingId);
    }

    public void Configure(EntityTypeBuilder<Resolution> table)
    {
        table.ToTable("resolutions");
        table.Property(one => one.Id).ValueGeneratedNever();
        table.HasIndex(one => new { one.MeetingId, one.No });
        table.HasIndex(one => one.ItemId);
        table.HasIndex(one => one.TaskId).HasFilter("task_id is not null");
    }

    public void Configure(EntityTypeBuilder<Correction> table)
    {
        table.ToTable("meeting_corrections");
        table.Property(one => one.Id).ValueGeneratedNever();
        table.HasIndex(one => one.MeetingId);
    }

    public void Configure(EntityTypeBuilder<Attendance> table)
    {
        table.ToTable("attendances");
        table.HasKey(one => new { one.MeetingId, one.PersonId });
        table.HasIndex(one => new { one.PersonId, one.MeetingId });
        table.HasOne<Meeting>().WithMany().HasForeignKey(one => one.MeetingId);
        table.HasOne<Person>().WithMany().HasForeignKey(one => one.PersonId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<MeetingRules> table)
    {
        table.ToTable("meeting_rules");
        table.HasIndex(rules => new { rules.CompanyId, rules.Number }).IsUnique();
        table.Property(rules => rules.Content).HasColumnType("jsonb").HasConversion(
            content => JsonSerializer.Serialize(content, Recording.Format), text => JsonSerializer.Deserialize<MeetingRuleSet>(text, Recording.Format)!);
    }
}
