using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Data;

namespace Ronghe.Organisation.Accounts;

/// <summary>A passkey of mine; the id is written for addresses and forms.</summary>
public sealed record MyPasskey(string Id, string Title, DateTimeOffset CreatedAt, bool IsSynchronised);

/// <summary>What a person does with the own passkeys.</summary>
public sealed class PasskeyActions(AppDb db, Me me, Passkeys passkeys, TwoStepActions twoStep, TimeProvider clock)
{
    /// <summary>Phone, computer, a key or two; more are no longer looked after.</summary>
    public const int Most = 10;
    const int LongestTitle = 40;

    public async Task<IReadOnlyList<MyPasskey>> ListAsync(CancellationToken cancel = default)
    {
        var mine = await db.UserPasskeys.AsNoTracking().Where(p => p.UserId == me.AccountId).Take(Most).ToListAsync(cancel);
        return [.. mine.OrderBy(p => p.Data.CreatedAt).Select(p => new MyPasskey(Convert.ToHexStringLower(p.CredentialId), p.Data.Name ?? "", p.Data.CreatedAt, p.Data.IsBackedUp))];
    }

    public async Task<PasskeyAsk> AskForNewAsync(HttpContext http, CancellationToken cancel = default)
    {
        await RefuseTooManyAsync(cancel);
        var account = await db.Users.SingleAsync(a => a.Id == me.AccountId, cancel);
        return await passkeys.AskForNewAsync(http, account, me.SessionId, me.Name, cancel);
    }

    public Task<PasskeyAsk> AskAsync(HttpContext http, CancellationToken cancel = default) => AskOfAsync(http, me.AccountId, cancel);

    /// <returns>Recovery codes, when there were none; they cannot be shown again.</returns>
    public async Task<IReadOnlyList<string>> AddAsync(PasskeyAnswer answer, string title, CancellationToken cancel = default)
    {
        if (string.IsNullOrWhiteSpace(title)) throw new Refusal("请给通行密钥起个名字，例如“我的手机”，以后好认。没有添加。", "Title");
        if (title.Trim().Length > LongestTitle) throw new Refusal($"名字最多 {LongestTitle} 个字，请写短些。没有添加。", "Title");
        await RefuseTooManyAsync(cancel);
        var made = await passkeys.CheckNewAsync(answer, me.AccountId, me.SessionId, cancel);
        IReadOnlyList<string> codes = [];
        await db.InTransactionAsync(async () =>
        {
            db.UserPasskeys.Add(new() { UserId = me.AccountId, CredentialId = made.CredentialId, Data = DataOf(made, title.Trim(), clock.GetUtcNow()) });
            Record(AccountJournal.PasskeyAdded);
            codes = await twoStep.CodesIfNoneAsync(cancel);
            await db.SaveChangesAsync(cancel);
        }, cancel);
        return codes;
    }

    public Task RemoveAsync(string id, CancellationToken cancel = default) => db.InTransactionAsync(async () =>
    {
        var credential = id.Length <= 2046 && id.Length % 2 == 0 && id.All(char.IsAsciiHexDigit) ? Convert.FromHexString(id) : [];
        if (await db.UserPasskeys.Where(p => p.UserId == me.AccountId && p.CredentialId == credential).ExecuteDeleteAsync(cancel) == 0) throw new NotFound("这个通行密钥");
        Record(AccountJournal.PasskeyRemoved);
        await twoStep.ForgetCodesIfOffAsync(cancel);
        await db.SaveChangesAsync(cancel);
    }, cancel);

    async Task<PasskeyAsk> AskOfAsync(HttpContext http, Guid accountId, CancellationToken cancel) =>
        await passkeys.AskAsync(http, await db.Users.SingleAsync(a => a.Id == accountId, cancel), cancel);

    async Task RefuseTooManyAsync(CancellationToken cancel)
    {
        if (await db.UserPasskeys.CountAsync(p => p.UserId == me.AccountId, cancel) >= Most) throw new Refusal($"最多 {Most} 个通行密钥，没有添加。请先删掉不用的。");
    }

    /// <summary>What the framework's own store keeps of it.</summary>
    static IdentityPasskeyData DataOf(UserPasskeyInfo made, string title, DateTimeOffset now) => new()
    {
        PublicKey = made.PublicKey, Name = title, CreatedAt = now, SignCount = made.SignCount, Transports = made.Transports,
        IsUserVerified = made.IsUserVerified, IsBackupEligible = made.IsBackupEligible, IsBackedUp = made.IsBackedUp,
        AttestationObject = made.AttestationObject, ClientDataJson = made.ClientDataJson,
    };

    void Record(string happened) => db.RecordAccount(me.AccountId, happened, me.PersonId, clock.GetUtcNow());
}
