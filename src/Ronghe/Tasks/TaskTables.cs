using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Ronghe.Organisation.People;
using Ronghe.Organisation.Units;

namespace Ronghe.Tasks;

public sealed class TaskTables : IEntityTypeConfiguration<GivenTask>, IEntityTypeConfiguration<TaskStep>
{
    public void Configure(EntityTypeBuilder<GivenTask> table)
    {
        table.ToTable("tasks");
        // The list: newest first, in the company or within a unit.
        table.HasIndex(task => new { task.CompanyId, task.GivenAt, task.Id });
        table.HasIndex(task => new { task.UnitId, task.GivenAt, task.Id });
        // My work: only what is open.
        table.HasIndex(task => task.OwnerId);
        table.HasIndex(task => task.ConfirmerId).HasFilter("state = 'Reported'");
        table.HasIndex(task => task.GiverId);
        table.HasIndex(task => new { task.CompanyId, task.DueOn }).HasFilter("state in ('Given', 'Doing')").HasDatabaseName("tasks_due");
        table.HasMany(task => task.Steps).WithOne().HasForeignKey(step => step.TaskId);
        table.Navigation(task => task.Steps).HasField("_steps").UsePropertyAccessMode(PropertyAccessMode.Field);
        table.HasOne<Unit>().WithMany().HasForeignKey(task => task.UnitId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<Person>().WithMany().HasForeignKey(task => task.OwnerId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<Person>().WithMany().HasForeignKey(task => task.ConfirmerId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<TaskStep> table)
    {
        table.ToTable("task_steps");
        table.HasKey(step => step.Id);
        table.Property(step => step.Id).ValueGeneratedNever();
        table.HasIndex(step => new { step.TaskId, step.At });
        table.Property(step => step.To).HasColumnName("to_state");
    }
}
