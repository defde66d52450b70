using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ronghe.Platform.Lists;

public sealed class ListTables : IEntityTypeConfiguration<SavedFilter>, IEntityTypeConfiguration<ListColumns>
{
    public void Configure(EntityTypeBuilder<SavedFilter> table)
    {
        table.ToTable("saved_filters");
        table.Property(filter => filter.Id).ValueGeneratedNever();
        table.HasIndex(filter => new { filter.PersonId, filter.List, filter.Name }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<ListColumns> table)
    {
        table.ToTable("list_columns");
        table.HasKey(columns => new { columns.PersonId, columns.List });
    }
}
