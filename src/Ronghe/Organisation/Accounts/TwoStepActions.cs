using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;

namespace Ronghe.Organisation.Accounts;

/// <summary>A secret that an app may take over; it counts once a code of it has come back.</summary>
/// <param name="Ticket">The secret, encrypted for this person and session.</param>
/// <param name="Secret">For typing in where no camera is at hand.</param>
/// <param name="Address">For the QR code.</param>
public sealed record AuthenticatorOffer(string Ticket, string Secret, string Address);

/// <summary>What a person does with the own second factor.</summary>
public sealed class TwoStepActions(AppDb db, Me me, SecondFactors factors, IDataProtectionProvider protection, SignInDelays delays, SignInPolicy policy, TimeProvider clock)
{
    const string Issuer = "融合";

    public AuthenticatorOffer Offer(string number) => OfferOf(Totp.MakeSecret(), number);

    /// <summary>The same offer again, after a refusal: the phone has it already.</summary>
    public AuthenticatorOffer Offer(string number, string ticket) => Read(ticket) is { } secret ? OfferOf(secret, number) : Offer(number);

    /// <summary>Takes the app into use, in the place of an earlier one. Every other device signs out.</summary>
    /// <returns>Recovery codes, when there were none; they cannot be shown again.</returns>
    public async Task<IReadOnlyList<string>> EnrolAsync(string ticket, string code, CancellationToken cancel = default)
    {
        var secret = Read(ticket) ?? throw new Refusal("这个二维码已经失效，没有开启。请用下面新的二维码重新扫描。", "Code");
        await delays.BeginSecondAsync(await KeyAsync(cancel), cancel);
        if (SecondFactors.Digits(code) is not { } digits || Totp.StepOf(secret, digits, clock.GetUtcNow()) is not { } step)
            throw new Refusal("验证码不对，没有开启。请输入手机上现在显示的 6 位数字；总是不对的话，请检查手机的时间是否准确。", "Code");
        IReadOnlyList<string> codes = [];
        await db.InTransactionAsync(async () =>
        {
            await db.Authenticators.Where(a => a.AccountId == me.AccountId).ExecuteDeleteAsync(cancel);
            db.Authenticators.Add(new(me.AccountId, factors.Encrypt(me.AccountId, secret), step, clock.GetUtcNow()));
            codes = await CodesIfNoneAsync(cancel);
            await EndOthersAsync(AccountJournal.TwoStepOn, cancel);
        }, cancel);
        return codes;
    }

    /// <summary>For whoever adds a second factor; the caller saves.</summary>
    public async Task<IReadOnlyList<string>> CodesIfNoneAsync(CancellationToken cancel = default) =>
        await db.RecoveryCodes.AnyAsync(c => c.AccountId == me.AccountId && c.UsedAt == null, cancel) ? [] : await AddCodesAsync(cancel);

    /// <summary>After a second factor was removed: codes are good for nothing without any.</summary>
    public async Task ForgetCodesIfOffAsync(CancellationToken cancel = default)
    {
        if ((await factors.StateAsync(me.AccountId, cancel)).IsOn) return;
        if (policy.NeedsSecondFactor) throw new Refusal("本单位按等保三级的要求，必须有第二种鉴别方式，没有停用。请先添加另一种，再停用这一种。");
        await factors.RemoveAllAsync(me.AccountId, cancel);
    }

    /// <summary>The codes of an earlier sheet stop working.</summary>
    public async Task<IReadOnlyList<string>> MakeRecoveryCodesAsync(CancellationToken cancel = default)
    {
        if (!(await factors.StateAsync(me.AccountId, cancel)).IsOn) throw new Refusal("两步验证和通行密钥都没有，用不着恢复码。");
        IReadOnlyList<string> codes = [];
        await db.InTransactionAsync(async () =>
        {
            codes = await AddCodesAsync(cancel);
            await db.SaveChangesAsync(cancel);
        }, cancel);
        return codes;
    }

    public Task TurnOffAsync(CancellationToken cancel = default) => db.InTransactionAsync(async () =>
    {
        if (await db.Authenticators.Where(a => a.AccountId == me.AccountId).ExecuteDeleteAsync(cancel) == 0) throw new Refusal("没有在用的验证器应用，不用再办。");
        await ForgetCodesIfOffAsync(cancel);
        await EndOthersAsync(AccountJournal.TwoStepOff, cancel);
    }, cancel);

    async Task<IReadOnlyList<string>> AddCodesAsync(CancellationToken cancel)
    {
        string[] codes = [.. Enumerable.Range(0, RecoveryCode.Sheet).Select(_ => OneTimeCode.Make())];
        await db.RecoveryCodes.Where(c => c.AccountId == me.AccountId).ExecuteDeleteAsync(cancel);
        db.RecoveryCodes.AddRange(factors.Hash(me.AccountId, codes));
        db.RecordAccount(me.AccountId, AccountJournal.RecoveryCodesMade, me.PersonId, clock.GetUtcNow());
        return codes;
    }

    async Task EndOthersAsync(string happened, CancellationToken cancel)
    {
        var ended = await db.EndSessionsAsync(me.AccountId, clock.GetUtcNow(), except: me.SessionId, cancel);
        db.RecordAccount(me.AccountId, happened, me.PersonId, clock.GetUtcNow(), new { ended });
        await db.SaveChangesAsync(cancel);
        await delays.ForgiveSecondAsync(await KeyAsync(cancel), cancel);
    }

    Task<string> KeyAsync(CancellationToken cancel) => db.Users.Where(a => a.Id == me.AccountId).Select(a => a.NormalizedUserName!).SingleAsync(cancel);

    AuthenticatorOffer OfferOf(byte[] secret, string number) =>
        new(Convert.ToBase64String(Tickets.Protect(secret)), string.Join(' ', Totp.Base32(secret).Chunk(4).Select(four => new string(four))), Totp.Address(Issuer, number, secret));

    byte[]? Read(string ticket)
    {
        try
        {
            return ticket.Length is > 0 and < 2000 ? Tickets.Unprotect(Convert.FromBase64String(ticket)) : null;
        }
        catch (Exception unreadable) when (unreadable is FormatException or CryptographicException)
        {
            return null;
        }
    }

    IDataProtector Tickets => protection.CreateProtector("ronghe.authenticator-offers", me.AccountId.ToString(), me.SessionId.ToString());
}
