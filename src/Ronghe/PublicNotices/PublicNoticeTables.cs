using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Ronghe.Organisation.People;
using Ronghe.Organisation.Units;

namespace Ronghe.PublicNotices;

public sealed class PublicNoticeTables : IEntityTypeConfiguration<PublicNotice>, IEntityTypeConfiguration<Objection>
{
    public void Configure(EntityTypeBuilder<PublicNotice> table)
    {
        table.ToTable("public_notices");
        table.HasIndex(notice => new { notice.CompanyId, notice.DraftedAt, notice.Id });
        table.HasIndex(notice => notice.AuthorId).HasFilter("state in ('Draft', 'Open')");
        table.HasMany(notice => notice.Objections).WithOne().HasForeignKey(objection => objection.NoticeId);
        table.Navigation(notice => notice.Objections).HasField("_objections").UsePropertyAccessMode(PropertyAccessMode.Field);
        table.HasOne<Unit>().WithMany().HasForeignKey(notice => notice.UnitId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<Person>().WithMany().HasForeignKey(notice => notice.AuthorId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Objection> table)
    {
        table.ToTable("public_notice_objections");
        table.HasKey(objection => objection.Id);
        table.Property(objection => objection.Id).ValueGeneratedNever();
        table.HasIndex(objection => objection.NoticeId);
        table.Ignore(objection => objection.IsAnswered);
    }
}
