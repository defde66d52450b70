using System.Security.Cryptography;
using System.Text;

namespace Ronghe.Platform.Security;

/// <summary>Codes on paper: recovery codes and first sign-in codes. Stored as a salted, slow hash (ASVS 5.0, 6.5.2).</summary>
public static class OneTimeCode
{
    /// <summary>Without the ones that look alike.</summary>
    const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";
    const int Groups = 4, GroupLength = 4, HashBytes = 32, SaltBytes = 16;

    /// <summary>79 bits of chance: abcd-efgh-jkmn-2345.</summary>
    public static string Make() => string.Join('-', Enumerable.Range(0, Groups).Select(_ => RandomNumberGenerator.GetString(Letters, GroupLength)));

    public static byte[] MakeSalt() => RandomNumberGenerator.GetBytes(SaltBytes);

    /// <summary>However it is typed: capitals, blanks, full-width letters, without hyphens.</summary>
    public static byte[] Hash(string code, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(Tidy(code)), salt, iterations, HashAlgorithmName.SHA512, HashBytes);

    /// <summary>Nothing else is worth the time of a hash.</summary>
    public static bool IsOne(string code) => Tidy(code).Length == Groups * GroupLength;

    static string Tidy(string code) => string.Concat(Passwords.Tidy(code.Length > 100 ? "" : code).ToLowerInvariant().Where(char.IsAsciiLetterOrDigit));
}
