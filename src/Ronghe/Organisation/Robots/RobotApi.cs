using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Ronghe.Platform.Robots;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web.Api;

namespace Ronghe.Organisation.Robots;

/// <summary>Robots for programs: the same acts, rights and refusals as the pages. An address goes in and never comes out.</summary>
public static class RobotApi
{
    public static void MapRobotApi(this IEndpointRouteBuilder routes)
    {
        var robots = routes.MapGroup("/api/v1/robots").WithTags("群机器人").Requires(RobotPermissions.Arrange);
        robots.MapGet("/", async (RobotQueries queries, CancellationToken cancel) => TypedResults.Ok(await queries.ListAsync(cancel))).WithSummary("我能配置的群机器人和它们的状态");
        robots.MapPost("/", AddAsync).WithSummary("添加一个群机器人；id 由调用方生成（UUIDv7），重复发送只存一个；webhook 地址和密钥加密保存，不再给出");
        robots.MapGet("/{id:guid}", async (Guid id, RobotQueries queries, CancellationToken cancel) => TypedResults.Ok(await queries.FindAsync(id, cancel))).WithSummary("一个群机器人的设置和状态");
        robots.MapPost("/{id:guid}/settings", RestateAsync).WithSummary("改发什么、什么时候发");
        robots.MapPost("/{id:guid}/address", ReaddressAsync).WithSummary("换 webhook 地址和加签密钥");
        robots.MapPost("/{id:guid}/test", TestAsync).WithSummary("发一条测试消息，返回平台的答复");
        robots.MapPost("/{id:guid}/removal", RemoveAsync).WithSummary("移除，地址和密钥一并删除");
        robots.MapGet("/{id:guid}/messages", async (Guid id, string? after, RobotQueries queries, CancellationToken cancel) =>
            TypedResults.Ok(await queries.MessagesAsync(id, after, cancel))).WithSummary("发过和要发的消息，从新到旧，用 after 翻页");
        robots.MapPost("/{id:guid}/messages/{message:guid}/sending", SendAgainAsync).WithSummary("没发成或过时的消息再发一次");
    }

    static async Task<Created<RobotDetail>> AddAsync(AddRobotRequest request, RobotActions actions, RobotQueries queries, CancellationToken cancel)
    {
        await actions.AddAsync(request.Id, request.NodeId, new(request.Platform, request.Address, request.Secret), request.Settings.ToChoice(), cancel);
        return TypedResults.Created($"/api/v1/robots/{request.Id}", await queries.FindAsync(request.Id, cancel));
    }

    static async Task<Ok<RobotDetail>> RestateAsync(Guid id, RestateRobotRequest request, RobotActions actions, RobotQueries queries, CancellationToken cancel)
    {
        await actions.RestateAsync(id, request.Version, request.Settings.ToChoice(), cancel);
        return TypedResults.Ok(await queries.FindAsync(id, cancel));
    }

    static async Task<Ok<RobotDetail>> ReaddressAsync(Guid id, ReaddressRobotRequest request, RobotActions actions, RobotQueries queries, CancellationToken cancel)
    {
        await actions.ReaddressAsync(id, request.Version, new(request.Platform, request.Address, request.Secret), cancel);
        return TypedResults.Ok(await queries.FindAsync(id, cancel));
    }

    static async Task<Ok<RobotTestAnswer>> TestAsync(Guid id, RobotActions actions, CancellationToken cancel)
    {
        var answer = await actions.TestAsync(id, cancel);
        return TypedResults.Ok(new RobotTestAnswer(answer.Outcome == RobotOutcome.Taken, answer.Outcome, answer.Code, answer.Words, answer.Said));
    }

    static async Task<NoContent> RemoveAsync(Guid id, RobotVersion seen, RobotActions actions, CancellationToken cancel)
    {
        await actions.RemoveAsync(id, seen.Version, cancel);
        return TypedResults.NoContent();
    }

    static async Task<NoContent> SendAgainAsync(Guid id, Guid message, RobotActions actions, CancellationToken cancel)
    {
        await actions.SendAgainAsync(id, message, cancel);
        return TypedResults.NoContent();
    }

    internal static IServiceCollection AddRobotExamples(this IServiceCollection services)
    {
        const string settings = """{"title":"发电一部党支部群","home":"https://ronghe.example","kinds":["watch.found","watch.roster"],"isGathered":false,"showsPlaces":false,"quietFrom":"22:00:00","quietTo":"07:00:00","digestAt":"08:00:00","isOn":true}""";
        return services
            .AddSingleton(new ApiExample(typeof(AddRobotRequest), $$"""
                {"id":"0199a0c4-5b7e-7c31-9a52-3f1d2c4b5e01","nodeId":"0199a0c4-5b7e-7c31-9a52-3f1d2c4b5a60","platform":"DingTalk","address":"https://oapi.dingtalk.com/robot/send?access_token=0000000000000000","secret":"SEC0000000000000000","settings":{{settings}}}
                """))
            .AddSingleton(new ApiExample(typeof(RestateRobotRequest), $$"""{"version":1,"settings":{{settings}}}"""))
            .AddSingleton(new ApiExample(typeof(ReaddressRobotRequest), """{"version":1,"platform":"Feishu","address":"https://open.feishu.cn/open-apis/bot/v2/hook/00000000-0000-0000-0000-000000000000","secret":null}"""))
            .AddSingleton(new ApiExample(typeof(RobotVersion), """{"version":1}"""));
    }
}

public sealed record AddRobotRequest(
    [property: Description("由调用方生成的 UUIDv7")] Guid Id, [property: Description("哪个单位或党组织的群")] Guid NodeId, RobotPlatform Platform,
    [property: Description("群机器人的 webhook 地址，整条")] string Address, [property: Description("加签密钥；没有就不填")] string? Secret, RobotSettings Settings);

public sealed record RestateRobotRequest(int Version, RobotSettings Settings);

public sealed record ReaddressRobotRequest(int Version, RobotPlatform Platform, string Address, string? Secret);

public sealed record RobotVersion(int Version);

public sealed record RobotSettings(
    string Title, [property: Description("群里的人从哪个地址登录平台，例如 https://ronghe.example")] string Home, [property: Description("发哪些消息")] IReadOnlyList<string> Kinds,
    [property: Description("白天的消息攒到汇总时间一起发")] bool IsGathered, [property: Description("可以写地点编号")] bool ShowsPlaces,
    TimeOnly QuietFrom, TimeOnly QuietTo, TimeOnly DigestAt, bool IsOn)
{
    public RobotChoice ToChoice() => new(Title, Home, Kinds, IsGathered, ShowsPlaces, QuietFrom, QuietTo, DigestAt, IsOn);
}

/// <param name="Words">What it means and what to do.</param>
/// <param name="Said">The platform's own words.</param>
public sealed record RobotTestAnswer(bool IsTaken, RobotOutcome Outcome, int? Code, string Words, string Said);
