using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Ronghe.Platform.Web.Api;

/// <summary>The interface description as people read it: groups, operations, fields, an example each.</summary>
public sealed class ApiGuide(IServiceProvider services)
{
    public sealed record Group(string Title, IReadOnlyList<Operation> Operations);
    public sealed record Operation(string Id, string Method, string Path, string Summary, IReadOnlyList<Field> Parameters, IReadOnlyList<Field> Body, string? Example, IReadOnlyList<(string Status, string Text)> Answers);
    public sealed record Field(string Name, string Kind, string Text, bool IsRequired);

    public async Task<IReadOnlyList<Group>> ReadAsync(CancellationToken cancel = default)
    {
        var provider = services.GetRequiredKeyedService<IOpenApiDocumentProvider>(OpenApi.Document);
        var document = await provider.GetOpenApiDocumentAsync(cancel);
        return [.. from path in document.Paths
                   from operation in path.Value.Operations ?? []
                   let tag = operation.Value.Tags?.FirstOrDefault()?.Name ?? "其他"
                   group Describe(path.Key, operation.Key.Method, operation.Value) by tag into tagged
                   select new Group(tagged.Key, [.. tagged])];
    }

    static Operation Describe(string path, string method, OpenApiOperation operation)
    {
        var body = operation.RequestBody?.Content?.Values.FirstOrDefault()?.Schema;
        return new($"{method}-{path.Trim('/').Replace('/', '-').Replace("{", "").Replace("}", "")}".ToLowerInvariant(), method, path, operation.Summary ?? "",
            [.. (operation.Parameters ?? []).Select(p => new Field(p.Name ?? "", Kind(p.Schema), p.Description ?? "", p.Required))],
            [.. (body?.Properties ?? new Dictionary<string, IOpenApiSchema>()).Select(p => new Field(p.Key, Kind(p.Value), p.Value.Description ?? "", body!.Required?.Contains(p.Key) == true))],
            body?.Examples?.FirstOrDefault()?.ToJsonString(Pretty), [.. (operation.Responses ?? []).OrderBy(r => r.Key).Select(r => (r.Key, r.Value.Description ?? ""))]);
    }

    static readonly System.Text.Json.JsonSerializerOptions Pretty = new()
    {
        WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    static string Kind(IOpenApiSchema? schema)
    {
        if (schema is null) return "";
        var type = schema.Enum is { Count: > 0 } values ? string.Join(" | ", values.OfType<System.Text.Json.Nodes.JsonNode>().Select(v => v.ToString()))
            : schema.Format is { } format ? format
            : schema.Type is { } known ? (known & ~JsonSchemaType.Null).ToString().ToLowerInvariant()
            : schema is OpenApiSchemaReference reference ? reference.Reference.Id ?? "" : "";
        return schema.Type is { } all && all.HasFlag(JsonSchemaType.Null) ? $"{type}（可空）" : type;
    }
}
