using System.Security.Cryptography;
using System.Text;

namespace Ronghe.Platform.Replay;

/// <summary>The key under which a call was sent: what it makes without an id of the caller's gets the same id each time it is sent.</summary>
public sealed class CallKey(byte[] slot)
{
    /// <summary>An id for a new record. Without a key another one each time.</summary>
    /// <param name="request">The call.</param>
    /// <param name="what">Tells apart what one call makes.</param>
    public static Guid NewId(HttpRequest request, string what) => request.HttpContext.Features.Get<CallKey>()?.IdOf(what) ?? Guid.CreateVersion7();

    Guid IdOf(string what)
    {
        var id = SHA256.HashData([.. slot, .. Encoding.UTF8.GetBytes("\n" + what)])[..16];
        // Version 8: made in a way of one's own.
        (id[6], id[8]) = ((byte)(id[6] & 0x0f | 0x80), (byte)(id[8] & 0x3f | 0x80));
        return new(id, bigEndian: true);
    }
}
