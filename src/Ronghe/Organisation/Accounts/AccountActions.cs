using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Organisation.People;
using Ronghe.Platform;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;

namespace Ronghe.Organisation.Accounts;

/// <summary>A password that somebody else made, to be told to the person once.</summary>
public sealed record HandedOutPassword(Guid AccountId, string Name, string Number, string Password, DateTimeOffset Until);

/// <summary>What the security administrator does with the accounts of others.</summary>
public sealed class AccountActions(AppDb db, Me me, Passwords passwords, SecondFactors factors, SignInDelays delays, Administrators administrators, TimeProvider clock)
{
    /// <param name="personId">Whose account.</param>
    /// <param name="password">One chosen by the person who is to use it; without it an initial one is made.</param>
    /// <param name="cancel">Cancelled with the request.</param>
    public async Task<HandedOutPassword> OpenAsync(Guid personId, string? password = null, CancellationToken cancel = default)
    {
        var person = await FindPersonAsync(personId, cancel);
        if (!person.IsHere) throw new Refusal($"{person.Name}已离开，不能开通账号。");
        await administrators.RefuseOneOfThemAsync(person, cancel);
        var key = passwords.Key(person.Number);
        if (await db.Users.AnyAsync(a => a.PersonId == personId || a.NormalizedUserName == key, cancel)) throw new Refusal($"{person.Name}已有账号，不用再开通。忘记密码可以重置。");
        var account = new Account { PersonId = personId, UserName = person.Number, NormalizedUserName = key, CreatedAt = clock.GetUtcNow() };
        db.Users.Add(account);
        Record(account, AccountJournal.Opened);
        return await HandOutAsync(account, person, password, cancel);
    }

    /// <summary>For who forgot it. Every device signs out.</summary>
    public async Task<HandedOutPassword> ResetPasswordAsync(Guid personId, string? password = null, CancellationToken cancel = default)
    {
        var (account, person) = await FindAsync(personId, cancel);
        RefuseSelf(account, "自己的密码请在“我的”里修改。");
        await administrators.RefuseOneOfThemAsync(person, cancel);
        Record(account, AccountJournal.PasswordHandedOut);
        return await HandOutAsync(account, person, password, cancel);
    }

    /// <summary>For who lost the phone and the recovery codes: from now on the password alone, and the person is told at the next sign-in.</summary>
    public async Task ResetSecondFactorAsync(Guid personId, CancellationToken cancel = default)
    {
        var (account, person) = await FindAsync(personId, cancel);
        RefuseSelf(account, "自己的两步验证请在“我的”里办理。");
        await administrators.RefuseOneOfThemAsync(person, cancel);
        await db.InTransactionAsync(async () =>
        {
            if (await factors.RemoveAllAsync(account.Id, cancel) == 0) throw new Refusal($"{person.Name}没有开启两步验证，也没有通行密钥，不用重置。");
            account.ResetSecondFactor(clock.GetUtcNow());
            Record(account, AccountJournal.SecondFactorReset);
            await delays.ForgetAsync(account.NormalizedUserName!, cancel);
            await db.SaveChangesAsync(cancel);
            await db.EndSessionsAsync(account.Id, clock.GetUtcNow(), cancel: cancel);
        }, cancel);
    }

    /// <summary>Forgets every failed sign-in that was counted against this account.</summary>
    public async Task UnlockAsync(Guid personId, CancellationToken cancel = default)
    {
        var (account, _) = await FindAsync(personId, cancel);
        await delays.ForgetAsync(account.NormalizedUserName!, cancel);
        Record(account, AccountJournal.Unlocked);
        await db.SaveChangesAsync(cancel);
    }

    public async Task DisableAsync(Guid personId, CancellationToken cancel = default)
    {
        var (account, person) = await FindAsync(personId, cancel);
        RefuseSelf(account, "不能停用自己的账号。三员的账号只能在服务器上停用。");
        await administrators.RefuseOneOfThemAsync(person, cancel);
        account.Disable(clock.GetUtcNow());
        Record(account, AccountJournal.Disabled);
        await SaveAndSignOutAsync(account, cancel);
    }

    public async Task EnableAsync(Guid personId, CancellationToken cancel = default)
    {
        var (account, person) = await FindAsync(personId, cancel);
        await administrators.RefuseOneOfThemAsync(person, cancel);
        account.Enable();
        Record(account, AccountJournal.Enabled);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>A token made by the operator at the server's console; people make their own on their page.</summary>
    /// <returns>The token itself; it cannot be shown again.</returns>
    public async Task<string> MakeTokenAsync(Guid personId, string title, int days, CancellationToken cancel = default)
    {
        var (account, _) = await FindAsync(personId, cancel);
        var secret = BearerToken.Make();
        var token = new ApiToken(account.Id, title, BearerToken.Hash(secret), clock.GetUtcNow(), days);
        db.ApiTokens.Add(token);
        db.RecordAccount(account.Id, AccountJournal.TokenMade, me.PersonId, clock.GetUtcNow(), new { token = token.Id, days });
        await db.SaveChangesAsync(cancel);
        return secret;
    }

    async Task<HandedOutPassword> HandOutAsync(Account account, Person person, string? password, CancellationToken cancel)
    {
        var handedOut = password ?? Passwords.MakeInitial();
        passwords.Set(account, handedOut);
        if (password is null) account.HandOutPassword(clock.GetUtcNow());
        else account.ChoosePassword(clock.GetUtcNow());
        await delays.ForgetAsync(account.NormalizedUserName!, cancel);
        await db.FirstCodes.Where(c => c.AccountId == account.Id).ExecuteDeleteAsync(cancel);
        await SaveAndSignOutAsync(account, cancel);
        return new(account.Id, person.Name, person.Number, handedOut, account.InitialPasswordUntil ?? DateTimeOffset.MaxValue);
    }

    async Task SaveAndSignOutAsync(Account account, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.SaveChangesAsync(cancel);
        await db.EndSessionsAsync(account.Id, clock.GetUtcNow(), cancel: cancel);
        await transaction.CommitAsync(cancel);
    }

    async Task<(Account, Person)> FindAsync(Guid personId, CancellationToken cancel)
    {
        var person = await FindPersonAsync(personId, cancel);
        var account = await db.Users.SingleOrDefaultAsync(a => a.PersonId == personId, cancel) ?? throw new Refusal($"{person.Name}还没有账号，请先开通。");
        return (account, person);
    }

    async Task<Person> FindPersonAsync(Guid personId, CancellationToken cancel) =>
        await AccountQueries.Managed(db, me).SingleOrDefaultAsync(p => p.Id == personId, cancel) ?? throw new NotFound("这个人");

    void RefuseSelf(Account account, string message)
    {
        if (account.Id == me.AccountId) throw new Refusal(message);
    }

    void Record(Account account, string happened) => db.RecordAccount(account.Id, happened, me.PersonId, clock.GetUtcNow());
}
