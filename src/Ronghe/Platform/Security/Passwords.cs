using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Ronghe.Platform.Security;

/// <summary>Sets and checks passwords. A number that nobody has costs as much time as a wrong password.</summary>
public sealed class Passwords(UserManager<Account> accounts, SignInPolicy policy, IOptions<PasswordHasherOptions> cost)
{
    /// <summary>PBKDF2 with HMAC-SHA512, as OWASP advises.</summary>
    public const int Iterations = 210_000;

    /// <summary>Without the ones that look alike.</summary>
    const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    static readonly Account Nobody = new();

    public string Key(string number) => accounts.NormalizeName(Tidy(number))!;

    /// <summary>People type numbers with full-width digits and stray blanks.</summary>
    public static string Tidy(string number) => string.Concat(number.EnumerateRunes()).Replace('\ufffe', ' ').Normalize(NormalizationForm.FormKC).Trim();

    /// <exception cref="Refusal">The policy does not allow it; <paramref name="field"/> is the field at fault.</exception>
    public void Set(Account account, string password, string? field = null)
    {
        if (PasswordPolicy.Complaint(password, account.UserName ?? "", policy) is { } complaint) throw new Refusal(complaint, field);
        account.PasswordHash = accounts.PasswordHasher.HashPassword(account, password);
        account.SecurityStamp = Guid.CreateVersion7().ToString();
    }

    public bool IsRight(Account? account, string password)
    {
        var result = account?.PasswordHash is { } hash
            ? accounts.PasswordHasher.VerifyHashedPassword(account, hash, password)
            : accounts.PasswordHasher.VerifyHashedPassword(Nobody, HashOfNothing(cost.Value.IterationCount), password);
        if (account?.PasswordHash is null || result == PasswordVerificationResult.Failed) return false;
        if (result == PasswordVerificationResult.SuccessRehashNeeded) account.PasswordHash = accounts.PasswordHasher.HashPassword(account, password);
        return true;
    }

    /// <summary>Easy to read out: abcd-efgh-2345. With a digit, a letter and a hyphen either profile takes it.</summary>
    public static string MakeInitial()
    {
        string made;
        do made = string.Join('-', Enumerable.Range(0, 3).Select(_ => RandomNumberGenerator.GetString(Letters, 4)));
        while (!made.Any(char.IsAsciiDigit) || !made.Any(char.IsAsciiLetter));
        return made;
    }

    /// <summary>A hash of the cost in force that no password has: version, PRF, iterations, size of the salt, salt, key.</summary>
    static string HashOfNothing(int iterations)
    {
        const int header = 13, salt = 16, key = 32, sha512 = 2;
        var hash = RandomNumberGenerator.GetBytes(header + salt + key);
        hash[0] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(1), sha512);
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(5), (uint)iterations);
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(9), salt);
        return Convert.ToBase64String(hash);
    }
}
