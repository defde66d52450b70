using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ronghe.Platform.Security;

public sealed class SecurityTables :
    IEntityTypeConfiguration<Account>, IEntityTypeConfiguration<SignInSession>, IEntityTypeConfiguration<ApiToken>, IEntityTypeConfiguration<SignInFailures>,
    IEntityTypeConfiguration<Authenticator>, IEntityTypeConfiguration<RecoveryCode>, IEntityTypeConfiguration<SignInChallenge>,
    IEntityTypeConfiguration<IdentityUserPasskey<Guid>>, IEntityTypeConfiguration<FormerPassword>, IEntityTypeConfiguration<FirstCode>
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

    public void Configure(EntityTypeBuilder<Authenticator> table)
    {
        table.ToTable("authenticators");
        table.HasKey(a => a.AccountId);
        table.HasOne<Account>().WithOne().HasForeignKey<Authenticator>(a => a.AccountId);
    }

    public void Configure(EntityTypeBuilder<RecoveryCode> table)
    {
        table.ToTable("recovery_codes");
        table.HasIndex(c => c.AccountId);
        table.HasOne<Account>().WithMany().HasForeignKey(c => c.AccountId);
    }

    public void Configure(EntityTypeBuilder<SignInChallenge> table)
    {
        table.ToTable("sign_in_challenges");
        table.HasIndex(c => c.ExpiresAt);
        table.HasOne<Account>().WithMany().HasForeignKey(c => c.AccountId);
    }

    public void Configure(EntityTypeBuilder<IdentityUserPasskey<Guid>> table)
    {
        table.ToTable("passkeys");
        table.HasKey(p => p.CredentialId);
        table.HasIndex(p => p.UserId);
        table.HasOne<Account>().WithMany().HasForeignKey(p => p.UserId);
        table.Property(p => p.Data).HasColumnType("jsonb").HasConversion(
            data => JsonSerializer.Serialize(data, JsonSerializerOptions.Web), json => JsonSerializer.Deserialize<IdentityPasskeyData>(json, JsonSerializerOptions.Web)!);
    }

    public void Configure(EntityTypeBuilder<FormerPassword> table)
    {
        table.ToTable("former_passwords");
        table.HasIndex(p => p.AccountId);
        table.HasOne<Account>().WithMany().HasForeignKey(p => p.AccountId);
    }

    public void Configure(EntityTypeBuilder<FirstCode> table)
    {
        table.ToTable("first_codes");
        table.HasKey(c => c.AccountId);
        table.HasOne<Account>().WithOne().HasForeignKey<FirstCode>(c => c.AccountId);
    }

    public void Configure(EntityTypeBuilder<SignInFailures> table)
    {
        table.ToTable("sign_in_failures");
        table.HasKey(f => f.Bucket);
        table.HasIndex(f => f.LastAt);
    }
}
