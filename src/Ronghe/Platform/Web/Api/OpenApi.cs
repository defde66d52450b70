using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Ronghe.Platform.Replay;
using Ronghe.Platform.Security;

namespace Ronghe.Platform.Web.Api;

/// <summary>An example of a request or an answer, shown in the interface description. A capability registers one for each of its records.</summary>
public sealed record ApiExample(Type Type, string Json);

/// <summary>The machine-readable description at /openapi/v1.json: titles, how to sign in, the shape of refusals, examples.</summary>
public static class OpenApi
{
    public const string Document = "v1";

    public static IServiceCollection AddRongheOpenApi(this IServiceCollection services) => services
        .AddOpenApi(Document, options =>
        {
            options.ShouldInclude = api => api.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
            options.AddDocumentTransformer(DescribeAsync);
            options.AddOperationTransformer(AddRefusalsAsync);
            options.AddSchemaTransformer(AddExampleAsync);
        })
        .AddScoped<ApiGuide>()
        .AddSingleton(new MenuEntry("系统", "接口说明", "code", "/api-guide", PlatformPermissions.Use))
        .ConfigureHttpJsonOptions(options =>
        {
            var json = options.SerializerOptions;
            json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
            json.Converters.Add(new StorableTextConverter());
            json.RespectNullableAnnotations = true;
            json.AllowDuplicateProperties = false;
            json.TypeInfoResolver = (json.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(RequireWhatMayNotBeNull);
            json.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        });

    public static void MapRongheOpenApi(this IEndpointRouteBuilder routes) => routes.MapOpenApi().Requires(PlatformPermissions.Use);

    /// <summary>What a request leaves out must not become a zero, a nobody or “false” of its own.</summary>
    static void RequireWhatMayNotBeNull(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
            if (property.AssociatedParameter is { HasDefaultValue: false } parameter && !MayBeNull(parameter)) property.IsRequired = true;

        static bool MayBeNull(JsonParameterInfo parameter) =>
            Nullable.GetUnderlyingType(parameter.ParameterType) is not null || (!parameter.ParameterType.IsValueType && parameter.IsNullable);
    }

    static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.Info = new OpenApiInfo
        {
            Title = "融合 Ronghe", Version = "v1",
            Description = "页面能办的事，接口都能办，权限相同。改动要带所见的 version，别人先改了会答 409；办不成的答 422，title 是可以直接给人看的原因；答复里的 acts 列出您现在能办的事。"
                + $"改动可带 {ReplaySafety.Header}：同键同内容再发不会重复办，得到原来的答复，并带 {ReplaySafety.ReplayedHeader}: true；内容变了答 422；正在办理答 409，带 Retry-After；被拒绝的改好后可用原键再发。",
        };
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["token"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "在“我的”页面或用命令行 ronghe user token 生成访问令牌。" },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("token", document)] = [] }];
        return Task.CompletedTask;
    }

    static Task AddRefusalsAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        operation.Responses ??= [];
        var changes = context.Description.HttpMethod != "GET";
        Add("401", "没有登录，或令牌无效");
        Add("403", "没有办理的权限");
        Add("404", "不存在，或您无权查看");
        if (changes) Add("409", "您看到以后有了变化；title 说明是谁改了什么");
        Add("422", "现在不能这样办；title 是原因，field 指出是哪一项");
        if (changes) AddKey(operation);
        return Task.CompletedTask;

        void Add(string status, string text) => operation.Responses.TryAdd(status, new OpenApiResponse { Description = text });
    }

    static void AddKey(OpenApiOperation operation) => (operation.Parameters ??= []).Add(new OpenApiParameter
    {
        Name = ReplaySafety.Header, In = ParameterLocation.Header,
        Description = $"可不填。重试用：1—{ReplaySafety.LongestKey} 个可见 ASCII 字符，建议用 UUID；24 小时内同键同内容只办一次，再发得到原来的答复",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = ReplaySafety.LongestKey },
    });

    static Task AddExampleAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        var example = context.ApplicationServices.GetServices<ApiExample>().FirstOrDefault(e => e.Type == context.JsonTypeInfo.Type);
        if (example is not null) schema.Examples = [JsonNode.Parse(example.Json)!];
        return Task.CompletedTask;
    }
}
