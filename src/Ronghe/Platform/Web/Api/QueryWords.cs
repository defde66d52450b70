using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.Primitives;

namespace Ronghe.Platform.Web.Api;

/// <summary>
/// Words of a fixed list in the address of an API call, written as the JSON writes them: <c>?status=assigned</c>. The framework alone
/// would want them as the code spells them, and would take any number for one.
/// </summary>
sealed class QueryWords(RequestDelegate next)
{
    static readonly ConcurrentDictionary<MethodInfo, (string Name, Type Words)[]> Asked = new();

    public Task InvokeAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (query.Count == 0 || context.GetEndpoint()?.Metadata.GetMetadata<MethodInfo>() is not { } handler) return next(context);
        var understood = query.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, words) in Asked.GetOrAdd(handler, AskedBy))
            if (query.TryGetValue(name, out var said)) Understand(understood, name, said.ToString(), words);
        context.Request.Query = new QueryCollection(understood);
        return next(context);
    }

    static void Understand(Dictionary<string, StringValues> query, string name, string said, Type words)
    {
        var names = Enum.GetNames(words);
        if (said.Length == 0) query.Remove(name);
        else if (names.FirstOrDefault(word => word.Equals(said, StringComparison.OrdinalIgnoreCase)) is { } word) query[name] = word;
        else throw new Refusal($"{name} 不能是“{said.Short()}”，没有办理。可以是：{string.Join('、', names.Select(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName))}。", name);
    }

    static (string, Type)[] AskedBy(MethodInfo handler) =>
    [
        .. from parameter in handler.GetParameters()
           from asked in parameter.GetCustomAttribute<AsParametersAttribute>() is null
               ? [(Name: parameter.Name ?? "", parameter.ParameterType)]
               : parameter.ParameterType.GetProperties().Select(property => (property.Name, ParameterType: property.PropertyType))
           let type = Nullable.GetUnderlyingType(asked.ParameterType) ?? asked.ParameterType
           where type.IsEnum
           select (System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(asked.Name), type),
    ];
}
