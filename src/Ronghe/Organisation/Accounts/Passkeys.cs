using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Ronghe.Platform;
using Ronghe.Platform.Security;

namespace Ronghe.Organisation.Accounts;

/// <summary>What a browser is asked for: the number of the challenge, and the options for its authenticator as JSON.</summary>
public sealed record PasskeyAsk(Guid Challenge, string Options)
{
    public string ToJson() => $$"""{"challenge":"{{Challenge}}","options":{{Options}}}""";
}

/// <summary>What the browser brought back.</summary>
public sealed record PasskeyAnswer(HttpContext Http, Guid Challenge, string Credential);

/// <summary>Passkeys as the framework checks them; here it is kept which challenge is still open, for whom, and that each is answered once.</summary>
public sealed class Passkeys(AppDb db, IPasskeyHandler<Account> ceremony, IDataProtectionProvider protection, TimeProvider clock)
{
    const int MostCharacters = 16 * 1024;

    readonly IDataProtector _protector = protection.CreateProtector("ronghe.passkey-challenges");

    /// <param name="http">The request: it names the host that the passkey is for.</param>
    /// <param name="account">Whose passkeys; null for anybody's.</param>
    /// <param name="cancel">Cancelled with the request.</param>
    public async Task<PasskeyAsk> AskAsync(HttpContext http, Account? account, CancellationToken cancel = default)
    {
        var made = await ceremony.MakeRequestOptionsAsync(account, http);
        return await KeepAsync(ChallengeKind.PasskeyRequest, account?.Id, null, made.AssertionState, made.RequestOptionsJson, cancel);
    }

    public async Task<PasskeyAsk> AskForNewAsync(HttpContext http, Account account, Guid sessionId, string displayName, CancellationToken cancel = default)
    {
        var made = await ceremony.MakeCreationOptionsAsync(new() { Id = account.Id.ToString(), Name = account.UserName!, DisplayName = displayName }, http);
        return await KeepAsync(ChallengeKind.PasskeyCreation, account.Id, sessionId, made.AttestationState, made.CreationOptionsJson, cancel);
    }

    /// <summary>Whose passkey it is; null when the answer is not right, too late, or was given before.</summary>
    /// <param name="answer">What the browser brought back.</param>
    /// <param name="accountId">Whom the challenge was made for; null when it was for anybody.</param>
    /// <param name="cancel">Cancelled with the request.</param>
    public async Task<Account?> CheckAsync(PasskeyAnswer answer, Guid? accountId, CancellationToken cancel = default)
    {
        if (await TakeAsync(ChallengeKind.PasskeyRequest, answer, accountId, null, cancel) is not { } state) return null;
        var shown = await ceremony.PerformAssertionAsync(new() { HttpContext = answer.Http, CredentialJson = answer.Credential, AssertionState = state });
        if (!shown.Succeeded || (accountId is not null && shown.User.Id != accountId)) return null;
        var kept = await db.UserPasskeys.SingleAsync(p => p.CredentialId == shown.Passkey.CredentialId, cancel);
        (kept.Data.SignCount, kept.Data.IsBackedUp, kept.Data.IsUserVerified) = (shown.Passkey.SignCount, shown.Passkey.IsBackedUp, shown.Passkey.IsUserVerified);
        return shown.User;
    }

    /// <exception cref="Refusal">The answer is not right, too late, or was given before.</exception>
    public async Task<UserPasskeyInfo> CheckNewAsync(PasskeyAnswer answer, Guid accountId, Guid sessionId, CancellationToken cancel = default)
    {
        const string refused = "通行密钥没有通过核对或者等得太久，没有添加。请再试一次。";
        if (await TakeAsync(ChallengeKind.PasskeyCreation, answer, accountId, sessionId, cancel) is not { } state) throw new Refusal(refused);
        var made = await ceremony.PerformAttestationAsync(new() { HttpContext = answer.Http, CredentialJson = answer.Credential, AttestationState = state });
        return made is { Succeeded: true } && made.UserEntity.Id == accountId.ToString() ? made.Passkey : throw new Refusal(refused);
    }

    async Task<PasskeyAsk> KeepAsync(ChallengeKind kind, Guid? accountId, Guid? sessionId, string? state, string options, CancellationToken cancel)
    {
        var challenge = new SignInChallenge(kind, accountId, sessionId, _protector.Protect(Encoding.UTF8.GetBytes(state ?? "")), clock.GetUtcNow());
        db.SignInChallenges.Add(challenge);
        await db.SaveChangesAsync(cancel);
        return new(challenge.Id, options);
    }

    /// <summary>The challenge is gone with the first answer, right or wrong.</summary>
    async Task<string?> TakeAsync(ChallengeKind kind, PasskeyAnswer answer, Guid? accountId, Guid? sessionId, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (answer.Credential.Length is 0 or > MostCharacters) return null;
        var open = db.SignInChallenges.Where(c => c.Id == answer.Challenge && c.Kind == kind && c.AccountId == accountId && c.SessionId == sessionId && c.ExpiresAt > now);
        var state = await open.Select(c => c.State).SingleOrDefaultAsync(cancel);
        if (state is null || await open.ExecuteDeleteAsync(cancel) == 0) return null;
        try
        {
            return Encoding.UTF8.GetString(_protector.Unprotect(state));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
