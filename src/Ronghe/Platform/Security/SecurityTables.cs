using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ronghe.Platform.Security;

public sealed class SecurityTables :
    IEntityTypeConfiguration<Account>, IEntityTypeConfiguration<SignInSession>, IEntityTypeConfiguration<ApiToken>, IEntityTypeConfiguration<SignInFailures>
{
    public void Configure(EntityTypeBuilder<Account> table)
    {
        table.ToTable("accounts");
        table.HasIndex(a => a.PersonId).IsUnique();
    }

    public void Configure(EntityTypeBuilder<SignInSession> table)
    {
        table.ToTable("sign_in_sessions");
        table.HasIndex(s => s.AccountId);
        table.HasIndex(s => s.ExpiresAt);
        table.HasOne<Account>().WithMany().HasForeignKey(s => s.AccountId);
    }

    public void Configure(EntityTypeBuilder<ApiToken> table)
    {
        table.ToTable("api_tokens");
        table.HasIndex(t => t.Hash).IsUnique();
        table.HasOne<Account>().WithMany().HasForeignKey(t => t.AccountId);
    }

    public void Configure(EntityTypeBuilder<SignInFailures> table)
    {
        table.ToTable("sign_in_failures");
        table.HasKey(f => f.Bucket);
        table.HasIndex(f => f.LastAt);
    }
}
