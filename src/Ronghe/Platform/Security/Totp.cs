using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ronghe.Platform.Security;

/// <summary>Codes of authenticator apps (RFC 6238): SHA-1, six digits, a new one every 30 seconds, the only kind that every app knows.</summary>
public static class Totp
{
    public const int Digits = 6, SecretBytes = 20;
    const int Seconds = 30, Modulus = 1_000_000;
    /// <summary>Clocks of phones and people's fingers may be one step off, either way.</summary>
    const int Tolerance = 1;
    const string Base32Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static byte[] MakeSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    public static long StepAt(DateTimeOffset now) => now.ToUnixTimeSeconds() / Seconds;

    public static string CodeAt(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[8], hash = stackalloc byte[20];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // The standard's hash; HMAC does not rest on what SHA-1 has lost.
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[19] & 0xf)..]) & int.MaxValue;
        return (number % Modulus).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step whose code this is, or null. It takes as long for a wrong one as for a right one.</summary>
    public static long? StepOf(ReadOnlySpan<byte> secret, string code, DateTimeOffset now)
    {
        var (typed, found) = (Encoding.UTF8.GetBytes(code), (long?)null);
        for (var step = StepAt(now) - Tolerance; step <= StepAt(now) + Tolerance; step++)
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(CodeAt(secret, step)), typed)) found ??= step;
        return found;
    }

    /// <summary>What the QR code says.</summary>
    public static string Address(string issuer, string account, ReadOnlySpan<byte> secret) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}?secret={Base32(secret)}&issuer={Uri.EscapeDataString(issuer)}";

    /// <summary>RFC 4648 without padding: 20 bytes are 32 letters.</summary>
    public static string Base32(ReadOnlySpan<byte> bytes)
    {
        var (text, bits, held) = (new StringBuilder(), 0, 0);
        foreach (var one in bytes)
        {
            (held, bits) = ((held << 8) | one, bits + 8);
            for (; bits >= 5; bits -= 5) text.Append(Base32Letters[(held >> (bits - 5)) & 31]);
        }
        if (bits > 0) text.Append(Base32Letters[(held << (5 - bits)) & 31]);
        return text.ToString();
    }
}
