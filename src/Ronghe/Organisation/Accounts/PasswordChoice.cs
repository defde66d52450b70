using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Ronghe.Platform;
using Ronghe.Platform.Security;

namespace Ronghe.Organisation.Accounts;

/// <summary>A person chooses an own password: the policy's rules, and none of the last ones where it says so.</summary>
public sealed class PasswordChoice(AppDb db, Passwords passwords, IPasswordHasher<Account> hasher, SignInPolicy policy, TimeProvider clock)
{
    /// <summary>The caller saves.</summary>
    /// <exception cref="Refusal">The policy does not allow it; <paramref name="field"/> is the field at fault.</exception>
    public async Task ChooseAsync(Account account, string wanted, string? field = null, CancellationToken cancel = default)
    {
        if (policy.PasswordsRemembered > 0) await RefuseFormerAsync(account, wanted, field, cancel);
        var former = account.PasswordHash;
        passwords.Set(account, wanted, field);
        account.ChoosePassword(clock.GetUtcNow());
        if (policy.PasswordsRemembered > 0 && former is not null) db.FormerPasswords.Add(new(account.Id, former, clock.GetUtcNow()));
    }

    async Task RefuseFormerAsync(Account account, string wanted, string? field, CancellationToken cancel)
    {
        var kept = await db.FormerPasswords.Where(f => f.AccountId == account.Id).OrderByDescending(f => f.ReplacedAt).ThenByDescending(f => f.Id).ToListAsync(cancel);
        db.FormerPasswords.RemoveRange(kept.Skip(policy.PasswordsRemembered - 1));
        IEnumerable<string?> hashes = [account.PasswordHash, .. kept.Take(policy.PasswordsRemembered - 1).Select(former => former.Hash)];
        if (wanted.Length <= PasswordPolicy.Longest
            && hashes.OfType<string>().Any(hash => hasher.VerifyHashedPassword(account, hash, wanted) != PasswordVerificationResult.Failed))
            throw new Refusal($"这个密码和最近 {policy.PasswordsRemembered} 次用过的相同，没有修改。请换一个。", field);
    }
}
