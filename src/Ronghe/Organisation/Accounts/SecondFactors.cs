using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Ronghe.Platform;
using Ronghe.Platform.Security;

namespace Ronghe.Organisation.Accounts;

/// <summary>What an account can show beside its password.</summary>
public sealed record SecondFactorState(DateTimeOffset? AuthenticatorSince, int Passkeys, int RecoveryCodesLeft)
{
    public static readonly SecondFactorState Off = new(null, 0, 0);

    public bool HasApp => AuthenticatorSince is not null;
    public bool IsOn => HasApp || Passkeys > 0;
}

/// <summary>Codes of the app and codes from the sheet: each counts once, also when it is tried twice at the same moment.</summary>
public sealed class SecondFactors(AppDb db, IDataProtectionProvider protection, IOptions<PasswordHasherOptions> cost, TimeProvider clock)
{
    public const string ByApp = "app", ByRecoveryCode = "recovery-code";

    public Task<SecondFactorState> StateAsync(Guid accountId, CancellationToken cancel = default) =>
        db.Users.Where(account => account.Id == accountId).Select(account => new SecondFactorState(
            db.Authenticators.Where(a => a.AccountId == accountId).Select(a => (DateTimeOffset?)a.EnrolledAt).FirstOrDefault(),
            db.UserPasskeys.Count(p => p.UserId == accountId),
            db.RecoveryCodes.Count(c => c.AccountId == accountId && c.UsedAt == null))).SingleAsync(cancel);

    /// <summary>By which means the code is right; null when it is not, or has been used.</summary>
    public Task<string?> TakeAsync(Guid accountId, string code, CancellationToken cancel = default) =>
        OneTimeCode.IsOne(code) ? TakeRecoveryCodeAsync(accountId, code, cancel) : TakeAppCodeAsync(accountId, code, cancel);

    public byte[] Encrypt(Guid accountId, byte[] secret) => ProtectorOf(accountId).Protect(secret);

    public List<RecoveryCode> Hash(Guid accountId, IEnumerable<string> codes)
    {
        var salt = OneTimeCode.MakeSalt();
        return [.. codes.Select(code => new RecoveryCode(accountId, salt, OneTimeCode.Hash(code, salt, cost.Value.IterationCount), clock.GetUtcNow()))];
    }

    /// <summary>Takes off everything; what is left is the password.</summary>
    public async Task<int> RemoveAllAsync(Guid accountId, CancellationToken cancel) =>
        await db.Authenticators.Where(a => a.AccountId == accountId).ExecuteDeleteAsync(cancel)
        + await db.UserPasskeys.Where(p => p.UserId == accountId).ExecuteDeleteAsync(cancel)
        + await db.RecoveryCodes.Where(c => c.AccountId == accountId).ExecuteDeleteAsync(cancel);

    async Task<string?> TakeAppCodeAsync(Guid accountId, string typed, CancellationToken cancel)
    {
        if (Digits(typed) is not { } code || await db.Authenticators.AsNoTracking().SingleOrDefaultAsync(a => a.AccountId == accountId, cancel) is not { } app) return null;
        if (Totp.StepOf(Decrypt(app), code, clock.GetUtcNow()) is not { } step) return null;
        var taken = await db.Authenticators.Where(a => a.AccountId == accountId && a.LastStep < step).ExecuteUpdateAsync(a => a.SetProperty(x => x.LastStep, step), cancel);
        return taken == 1 ? ByApp : null;
    }

    async Task<string?> TakeRecoveryCodeAsync(Guid accountId, string typed, CancellationToken cancel)
    {
        var codes = await db.RecoveryCodes.AsNoTracking().Where(c => c.AccountId == accountId && c.UsedAt == null).Take(RecoveryCode.Sheet).ToListAsync(cancel);
        if (codes.Count == 0) return null;
        var hash = OneTimeCode.Hash(typed, codes[0].Salt, cost.Value.IterationCount);
        if (codes.Find(c => CryptographicOperations.FixedTimeEquals(c.Hash, hash)) is not { } found) return null;
        var taken = await db.RecoveryCodes.Where(c => c.Id == found.Id && c.UsedAt == null).ExecuteUpdateAsync(c => c.SetProperty(x => x.UsedAt, clock.GetUtcNow()), cancel);
        return taken == 1 ? ByRecoveryCode : null;
    }

    /// <summary>As people type them: full-width, with a blank in the middle.</summary>
    public static string? Digits(string typed)
    {
        if (typed.Length > 40) return null;
        var code = Passwords.Tidy(typed).Replace(" ", "", StringComparison.Ordinal);
        return code.Length == Totp.Digits && code.All(char.IsAsciiDigit) ? code : null;
    }

    /// <exception cref="Refusal">The server's keys have been lost since.</exception>
    byte[] Decrypt(Authenticator app)
    {
        try
        {
            return ProtectorOf(app.AccountId).Unprotect(app.Secret);
        }
        catch (CryptographicException)
        {
            throw new Refusal("服务器的密钥换过，验证码无法核对，没有登录。请用恢复码，或联系安全保密管理员重置两步验证。");
        }
    }

    /// <summary>Each account's secret is readable as that account's alone.</summary>
    IDataProtector ProtectorOf(Guid accountId) => protection.CreateProtector("ronghe.authenticators", accountId.ToString());
}
