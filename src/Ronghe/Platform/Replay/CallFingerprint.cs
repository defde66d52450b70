using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Ronghe.Platform.Replay;

/// <summary>By what two calls are told to be the same one.</summary>
public static class CallFingerprint
{
    public static byte[] SlotOf(Guid person, string key) => SHA256.HashData(Encoding.UTF8.GetBytes($"{person:N}\n{key}"));

    /// <summary>Reads the body, which must be buffered, and puts it back to its beginning.</summary>
    public static async Task<byte[]> OfAsync(byte[] slot, HttpRequest request, CancellationToken cancel)
    {
        _ = MediaTypeHeaderValue.TryParse(request.ContentType, out var type);
        var head = $"{request.Method}\n{request.Path}{request.QueryString}\n{type?.MediaType.Value?.ToLowerInvariant()}\n";
        var body = await OfPartsAsync(request.Body, type, cancel) ?? await OfAllAsync(request.Body, cancel);
        request.Body.Position = 0;
        return SHA256.HashData([.. slot, .. Encoding.UTF8.GetBytes(head), .. body]);
    }

    static async Task<byte[]> OfAllAsync(Stream body, CancellationToken cancel)
    {
        body.Position = 0;
        return await SHA256.HashDataAsync(body, cancel);
    }

    /// <summary>A program that tries again divides the parts of an upload by a new boundary, so they are compared one by one.</summary>
    static async Task<byte[]?> OfPartsAsync(Stream body, MediaTypeHeaderValue? type, CancellationToken cancel)
    {
        if (type?.MediaType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) != true) return null;
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > 100) return null;
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            body.Position = 0;
            var reader = new MultipartReader(boundary, body);
            while (await reader.ReadNextSectionAsync(cancel) is { } part)
            {
                var headers = string.Join('\n', (part.Headers ?? []).OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase).Select(header => $"{header.Key}:{header.Value}"));
                all.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(headers)));
                all.AppendData(await SHA256.HashDataAsync(part.Body, cancel));
            }
            return all.GetHashAndReset();
        }
        catch (Exception malformed) when (malformed is InvalidDataException or IOException and not BadHttpRequestException)
        {
            return null;
        }
    }
}
