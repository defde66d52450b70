using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Replay;
using Ronghe.Platform.Security;

namespace Ronghe.Organisation.Accounts;

/// <summary>What somebody sent before he was asked who he is.</summary>
/// <param name="Address">Where it was sent to.</param>
/// <param name="Fields">As sent, without what belongs to the page that sent them.</param>
public sealed record KeptForm(string Address, IReadOnlyDictionary<string, string[]> Fields);

/// <summary>Forms that wait for their sender to confirm who he is: encrypted, for ten minutes, for that account alone.</summary>
public sealed class KeptForms(AppDb db, CurrentMe current, IDataProtectionProvider protection, TimeProvider clock)
{
    const int MostCharacters = 64 * 1024;

    /// <summary>Passwords and codes go into no form that a page shows again.</summary>
    static readonly string[] Secrets = ["password", "current", "wanted", "repeated", "code", "recovery"];

    /// <summary>The page that sends the form again brings its own.</summary>
    static readonly string[] OfThePage = ["__RequestVerificationToken", FormReplay.Field];

    /// <returns>Null when something in it cannot be kept: files, passwords, or too much.</returns>
    public async Task<Guid?> KeepAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        var fields = form.Where(field => !OfThePage.Contains(field.Key)).ToDictionary(field => field.Key, field => field.Value.Select(value => value ?? "").ToArray());
        if (form.Files.Count > 0 || fields.Keys.Any(IsSecret) || fields.Sum(field => field.Key.Length + field.Value.Sum(value => value.Length)) > MostCharacters) return null;
        var state = JsonSerializer.SerializeToUtf8Bytes(new KeptForm(request.Path + request.QueryString, fields));
        var kept = new SignInChallenge(ChallengeKind.KeptForm, current.Me.AccountId, null, Protector.Protect(state), clock.GetUtcNow());
        db.SignInChallenges.Add(kept);
        await db.SaveChangesAsync(request.HttpContext.RequestAborted);
        return kept.Id;
    }

    /// <summary>Null when it is somebody else's, or too old.</summary>
    public async Task<KeptForm?> FindAsync(Guid id, CancellationToken cancel = default)
    {
        var (account, now) = (current.Me.AccountId, clock.GetUtcNow());
        var kept = await db.SignInChallenges.AsNoTracking()
            .FirstOrDefaultAsync(c => c.Id == id && c.Kind == ChallengeKind.KeptForm && c.AccountId == account && c.ExpiresAt > now, cancel);
        try
        {
            return kept is null ? null : JsonSerializer.Deserialize<KeptForm>(Protector.Unprotect(kept.State));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    static bool IsSecret(string name) => Secrets.Any(secret => name.Split('.')[^1].Contains(secret, StringComparison.OrdinalIgnoreCase));

    IDataProtector Protector => protection.CreateProtector("ronghe.kept-forms", current.Me.AccountId.ToString());
}
