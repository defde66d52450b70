using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ronghe.Platform.Notices;

public sealed class NoticeTables : IEntityTypeConfiguration<Notice>, IEntityTypeConfiguration<NoticeChoice>
{
    public void Configure(EntityTypeBuilder<Notice> table)
    {
        table.ToTable("notices");
        table.HasKey(notice => notice.Id);
        table.Property(notice => notice.Id).ValueGeneratedNever();
        table.HasIndex(notice => new { notice.PersonId, notice.Kind, notice.Cause }).IsUnique();
        table.HasIndex(notice => new { notice.PersonId, notice.DueAt, notice.Id });
        table.HasIndex(notice => new { notice.PersonId, notice.DueAt }).HasFilter("read_at is null").HasDatabaseName("notices_unread");
        table.HasIndex(notice => notice.DueAt).HasFilter("sent_at is null").HasDatabaseName("notices_unsent");
    }

    public void Configure(EntityTypeBuilder<NoticeChoice> table)
    {
        table.ToTable("notice_choices");
        table.HasKey(choice => choice.PersonId);
        table.Property(choice => choice.PersonId).ValueGeneratedNever();
    }
}
