using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ronghe.Platform.Robots;

public sealed class RobotTables : IEntityTypeConfiguration<GroupRobot>, IEntityTypeConfiguration<RobotMessage>, IEntityTypeConfiguration<RobotPace>, IEntityTypeConfiguration<RobotCondition>
{
    public void Configure(EntityTypeBuilder<GroupRobot> table)
    {
        table.ToTable("group_robots");
        table.HasIndex(robot => robot.NodeId);
        table.HasIndex(robot => robot.CompanyId);
    }

    public void Configure(EntityTypeBuilder<RobotMessage> table)
    {
        table.ToTable("robot_messages");
        table.HasKey(message => message.Id);
        table.Property(message => message.Id).ValueGeneratedNever();
        table.HasIndex(message => new { message.RobotId, message.Key }).IsUnique();
        table.HasIndex(message => new { message.RobotId, message.At, message.Id });
        table.HasIndex(message => message.NextTryAt).HasFilter("state = 'Waiting'").HasDatabaseName("robot_messages_waiting");
        table.HasIndex(message => message.RobotId).HasFilter("state = 'Gathered'").HasDatabaseName("robot_messages_gathered");
        // Of two nodes of which one was taken for dead, the later one has the say.
        table.Property(message => message.Tries).IsConcurrencyToken();
        table.HasOne<GroupRobot>().WithMany().HasForeignKey(message => message.RobotId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<RobotPace> table)
    {
        table.ToTable("robot_paces");
        table.HasKey(pace => pace.AddressHash);
    }

    public void Configure(EntityTypeBuilder<RobotCondition> table)
    {
        table.ToTable("robot_conditions");
        table.HasKey(condition => condition.RobotId);
        table.HasOne<GroupRobot>().WithOne().HasForeignKey<RobotCondition>(condition => condition.RobotId).OnDelete(DeleteBehavior.Cascade);
    }
}
