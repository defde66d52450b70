using System.Security.Cryptography;
using System.Text;

namespace Ronghe.PartyLife.Meetings;

/// <summary>
/// The code by which people sign in at the meeting. It changes every minute and holds for the next one too, so that a picture of it sent
/// to somebody elsewhere is soon worth nothing.
/// </summary>
public static class MeetingCode
{
    /// <summary>From how long before the beginning on one may sign in.</summary>
    public const int MinutesBefore = 60;
    const int Length = 8;
    const string Letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(32);

    public static string Of(byte[] key, DateTimeOffset at) => Of(key, Minute(at));

    public static bool Holds(byte[] key, string code, DateTimeOffset at) =>
        Enumerable.Range(0, 2).Any(ago => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Of(key, Minute(at) - ago)), Encoding.UTF8.GetBytes(code.Trim().ToUpperInvariant())));

    static long Minute(DateTimeOffset at) => at.ToUnixTimeSeconds() / 60;

    static string Of(byte[] key, long minute) =>
        string.Concat(HMACSHA256.HashData(key, BitConverter.GetBytes(minute)).Take(Length).Select(one => Letters[one % Letters.Length]));
}
