using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Ronghe.Platform.Web;

/// <summary>
/// What no keyboard types and no database keeps as text: NUL, and half of a surrogate pair. It is refused at the doors (addresses, forms,
/// JSON), so that nothing behind them has to think of it.
/// </summary>
static class StorableText
{
    public const string Complaint = "内容里有不能保存的字符（空字符或半个字符），没有办理。请删去后重新输入，或先粘贴到记事本再复制过来。";

    public static bool Is(string? text)
    {
        for (var at = 0; at < text?.Length; at++)
            if (text[at] == '\0' || (char.IsSurrogate(text[at]) && (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[++at])))) return false;
        return true;
    }

    /// <summary>In an address NUL is written %00.</summary>
    public static Task RefuseInAddress(HttpContext context, RequestDelegate next)
    {
        if (!Is(context.Request.Path.Value) || context.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) == true)
            throw new BadHttpRequestException(Complaint);
        return next(context);
    }
}

/// <summary>Text in the body of an API call.</summary>
sealed class StorableTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String) throw new JsonException();
        return reader.GetString() is var text && StorableText.Is(text) ? text : throw new JsonException(StorableText.Complaint);
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>
/// Reads a page's form before anything else does, within the page's limits, and says what is wrong with it. The check of the form token
/// would call every fault of the form a forgery.
/// </summary>
sealed class ReadableForms : IAsyncAuthorizationFilter, IOrderedFilter
{
    /// <summary>After the filters that set the limits (900), before the one that looks for the token (1000).</summary>
    public int Order => 950;

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var request = context.HttpContext.Request;
        if (!request.HasFormContentType) return;
        var form = await ReadAsync(request);
        if (!form.All(field => StorableText.Is(field.Key) && field.Value.All(StorableText.Is)) || !form.Files.All(file => StorableText.Is(file.FileName)))
            throw new BadHttpRequestException(StorableText.Complaint);
    }

    static async Task<IFormCollection> ReadAsync(HttpRequest request)
    {
        try
        {
            return await request.ReadFormAsync(request.HttpContext.RequestAborted);
        }
        catch (InvalidDataException)
        {
            throw new BadHttpRequestException("提交的内容有一项太长，或者不是正常的文字，没有保存。请退回上一页（填写的内容通常还在），写短些再提交。");
        }
        catch (IOException broken) when (broken is not BadHttpRequestException)
        {
            throw new BadHttpRequestException("提交的内容没有传完整，没有保存。请退回上一页（填写的内容通常还在），再提交一次。");
        }
    }
}
