using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Ronghe.Platform;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;

namespace Ronghe.Organisation.Accounts;

/// <summary>The first sign-in with the code of a slip: it opens nothing but the choice of a password, once.</summary>
public sealed class FirstSignIn(
    AppDb db, Admission admission, Passwords passwords, PasswordChoice choice, SignInDelays delays, IOptions<PasswordHasherOptions> cost, TimeProvider clock)
{
    const string Wrong = "工号或首次登录码不对，或者码已经用过、已经过期，没有登录。工号已保留，请对照纸条重新输入；过期了请找安全保密管理员重新打印。";

    /// <param name="number">Employee number as typed.</param>
    /// <param name="code">From the slip, as typed.</param>
    /// <param name="wanted">The own password.</param>
    /// <param name="repeated">Once more.</param>
    /// <param name="place">From where.</param>
    /// <param name="replaced">The session that this browser has had so far; it ends.</param>
    /// <param name="cancel">Cancelled with the request.</param>
    public async Task<FirstStep> EnterAsync(string number, string code, string wanted, string repeated, SignInPlace place, Guid? replaced, CancellationToken cancel = default)
    {
        if (wanted != repeated) throw new Refusal("两次输入的密码不一样，没有登录，码还能用。请重新输入密码。", "Repeated");
        var key = passwords.Key(number);
        var exhausted = await delays.BeginAsync(key, place, cancel);
        var arrival = await admission.FindAsync(db.Users.Where(a => a.NormalizedUserName == key), cancel);
        if (await FindAsync(arrival?.Account.Id, code, cancel) is not { } slip) await admission.RefuseAsync(arrival?.Account.Id, exhausted, place, Wrong, cancel);
        else
        {
            admission.RefuseUnfit(arrival!);
            await db.InTransactionAsync(() => UseAsync(arrival!.Account, slip, wanted, cancel), cancel);
            await delays.ForgiveAsync(key, place, cancel);
        }
        return await admission.AfterFirstStepAsync(arrival!.Account, "first-code", place, replaced, cancel);
    }

    async Task UseAsync(Account account, FirstCode slip, string wanted, CancellationToken cancel)
    {
        await choice.ChooseAsync(account, wanted, "Wanted", cancel);
        if (await db.FirstCodes.Where(c => c.AccountId == account.Id && c.Hash == slip.Hash).ExecuteDeleteAsync(cancel) == 0) throw new Refusal(Wrong);
        db.RecordAccount(account.Id, AccountJournal.FirstCodeUsed, account.PersonId, clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        await db.EndSessionsAsync(account.Id, clock.GetUtcNow(), cancel: cancel);
    }

    /// <summary>A number that nobody has costs as much time as a wrong code.</summary>
    async Task<FirstCode?> FindAsync(Guid? accountId, string code, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var slip = await db.FirstCodes.AsNoTracking().FirstOrDefaultAsync(c => c.AccountId == accountId && c.ExpiresAt > now, cancel);
        var hash = OneTimeCode.Hash(code, slip?.Salt ?? OneTimeCode.MakeSalt(), cost.Value.IterationCount);
        return slip is not null && CryptographicOperations.FixedTimeEquals(hash, slip.Hash) ? slip : null;
    }
}
