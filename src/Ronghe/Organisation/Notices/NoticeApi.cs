using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Platform.Notices;
using Ronghe.Platform.Security;

namespace Ronghe.Organisation.Notices;

public static class NoticePermissions
{
    public const string Deliver = "notices.deliver";

    public static readonly Permission[] All = [new(Deliver, "为消息网关取走待发消息（只有工号和不含内容的提示）")];
}

/// <summary>Ids of messages that the gateway has taken over.</summary>
public sealed record SentRequest(IReadOnlyList<Guid> Ids);

/// <param name="Taken">How many were still waiting.</param>
public sealed record SentAnswer(int Taken);

/// <summary>Messages for the company's own messaging system, which fetches them with a token.</summary>
public static class NoticeApi
{
    public static IServiceCollection AddOutgoingNotices(this IServiceCollection services) => services
        .AddNoticesOf([AccountNotices.Changed], AccountNotices.Source)
        .AddScoped<OutgoingMessages>()
        .AddRights(rights => rights.Define(NoticePermissions.All).Grant(Posts.SystemAdministrator, NoticePermissions.Deliver));

    public static void MapNoticeApi(this IEndpointRouteBuilder routes)
    {
        var notices = routes.MapGroup("/api/v1/notices").WithTags("消息");
        notices.MapGet("/", async (bool? unread, Guid? after, NoticeQueries queries, Me me, CancellationToken cancel) =>
            TypedResults.Ok(await queries.ListAsync(me.Id, unread ?? false, after, cancel))).Requires(PlatformPermissions.Use).WithSummary("我的消息，从新到旧，用 after 翻页");
        notices.MapGet("/outgoing", async (OutgoingMessages messages, CancellationToken cancel) => TypedResults.Ok(await messages.WaitingAsync(cancel))).Requires(NoticePermissions.Deliver).WithSummary("待发消息：工号、不含内容的提示和链接；不在免打扰时段");
        notices.MapPost("/outgoing/sent", async (SentRequest sent, NoticeOutbox outbox, CancellationToken cancel) =>
            TypedResults.Ok(new SentAnswer(await outbox.SentAsync(sent.Ids, cancel)))).Requires(NoticePermissions.Deliver).WithSummary("网关已接手的消息，不再给出");
    }
}
