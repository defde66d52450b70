using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Ronghe.Platform.Files;

/// <summary>Photos as they come with a form or an API call, one after the other, none of them held in memory.</summary>
public static class PhotoUploads
{
    public const int Most = 6;
    /// <summary>What a request with photos may weigh: all of them at their limit, and the fields beside them.</summary>
    public const long MaxRequestBytes = (long)Most * PhotoSandbox.MaxBytes + (1 << 20);

    /// <summary>The photos of a page's form. Empty file fields, which browsers send too, are passed over.</summary>
    /// <param name="isNameless">Their own names are dropped: they may say whose phone it was.</param>
    public static async Task<List<StoredFile>> AddAsync(
        this PhotoActions photos, IEnumerable<IFormFile>? uploads, FileOwner owner, CancellationToken cancel = default, bool isNameless = false)
    {
        var wanted = (uploads ?? []).Where(upload => upload.Length > 0).ToList();
        if (wanted.Count > Most) throw TooMany();
        var added = new List<StoredFile>();
        foreach (var upload in wanted)
        {
            await using var content = upload.OpenReadStream();
            added.Add(await photos.AddAsync(content, isNameless ? "" : upload.FileName, owner, cancel));
        }
        return added;
    }

    /// <summary>The photos of a request: the parts of a multipart body that carry a file name, or one photo that is the whole body.</summary>
    public static async Task<List<StoredFile>> AddAsync(this PhotoActions photos, HttpRequest request, FileOwner owner, CancellationToken cancel = default)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
            return [await photos.AddAsync(request.Body, "", owner, cancel)];
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > 100) throw new Refusal("上传的内容格式不对，没有保存。请刷新页面后重新选择照片。");
        var (reader, added) = (new MultipartReader(boundary, request.Body), new List<StoredFile>());
        while (await NextAsync(reader, cancel) is { } part)
        {
            if (part.GetContentDispositionHeader() is not { } disposition || !disposition.IsFileDisposition()) continue;
            if (added.Count == Most) throw TooMany();
            var name = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
            added.Add(await photos.AddAsync(part.Body, HeaderUtilities.RemoveQuotes(name).Value ?? "", owner, cancel));
        }
        return added;
    }

    static async Task<MultipartSection?> NextAsync(MultipartReader reader, CancellationToken cancel)
    {
        try
        {
            return await reader.ReadNextSectionAsync(cancel);
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            throw new Refusal("照片没有传完整，都没有保存。请检查网络后重新上传。");
        }
    }

    static Refusal TooMany() => new($"一次最多传 {Most} 张照片，都没有保存；已填写的内容还在。请去掉几张再提交。");
}
