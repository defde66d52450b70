using System.ComponentModel;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web.Api;

namespace Ronghe.Duties.Calendar;

/// <summary>The calendar for programs: lines, overlaps, plans; and for calendar programs the subscribed address, which is open to whoever knows it.</summary>
public static class CalendarApi
{
    public const string FeedRoute = "/calendar/feed/{secret}.ics";

    public static void MapCalendarApi(this IEndpointRouteBuilder routes)
    {
        var calendar = routes.MapGroup("/api/v1/calendar").WithTags("日历").Requires(CalendarPermissions.View);
        calendar.MapGet("/", LinesAsync).WithSummary("日历上的事：义务、检查、值守、公示、交办期限、整改期限、计划");
        calendar.MapGet("/overlaps", OverlapsAsync).WithSummary("党建活动和生产计划的冲突、可以合成一项的，和党建活动带着安全任务的比例");
        calendar.MapGet("/plans/{id:guid}", FindAsync).WithSummary("一项计划");
        calendar.MapPost("/plans", PlanAsync).WithSummary("排进日历；id 由调用方生成（UUIDv7），重复发送只存一项").Requires(CalendarPermissions.Plan);
        calendar.MapPost("/plans/{id:guid}/restatement", RestateAsync).WithSummary("修改").Requires(CalendarPermissions.Plan);
        calendar.MapPost("/plans/{id:guid}/joining", JoinAsync).WithSummary("和另一项合成一项活动：这一项留下，两个标签都带").Requires(CalendarPermissions.Plan);
        calendar.MapPost("/plans/{id:guid}/cancellation", CancelAsync).WithSummary("取消，写明原因").Requires(CalendarPermissions.Plan);
        routes.MapGet("/calendar/download", DownloadAsync).Requires(CalendarPermissions.View).ExcludeFromDescription();
        routes.MapGet(FeedRoute, FeedAsync).AllowAnonymous().ExcludeFromDescription();
    }

    static async Task<Ok<IEnumerable<LineAnswer>>> LinesAsync(DateOnly? from, DateOnly? to, [Description("只要与我有关的；不给就是")] bool? mine, CalendarQueries calendar, TimeProvider clock, CancellationToken cancel)
    {
        var first = from ?? clock.Today().Monday();
        return TypedResults.Ok((await calendar.FindAsync(new(first, to ?? Later(first, 30), mine ?? true), cancel: cancel)).Select(LineAnswer.Of));
    }

    static async Task<Ok<OverlapAnswer>> OverlapsAsync(DateOnly? from, DateOnly? to, CalendarOverlaps overlaps, TimeProvider clock, CancellationToken cancel)
    {
        var first = from ?? clock.Today().Monday();
        return TypedResults.Ok(OverlapAnswer.Of(await overlaps.OfAsync(first, to ?? Later(first, 30), cancel)));
    }

    static DateOnly Later(DateOnly day, int days) => day > DateOnly.MaxValue.AddDays(-days) ? DateOnly.MaxValue : day.AddDays(days);

    static async Task<Ok<PlanAnswer>> FindAsync(Guid id, PlanQueries plans, CancellationToken cancel) => TypedResults.Ok(PlanAnswer.Of(await plans.DetailAsync(id, cancel)));

    static async Task<Created<PlanAnswer>> PlanAsync(NewPlanRequest request, PlanActions actions, PlanQueries plans, CancellationToken cancel)
    {
        var tied = request.TiedToKind is { Length: > 0 } kind && request.TiedToId is { } of ? new PlanOrigin(kind, of) : null;
        await actions.PlanAsync(request.Id, request.Facts.ToFacts(), tied, cancel);
        return TypedResults.Created($"/api/v1/calendar/plans/{request.Id}", PlanAnswer.Of(await plans.DetailAsync(request.Id, cancel)));
    }

    static Task<Ok<PlanAnswer>> RestateAsync(Guid id, PlanRestatement request, PlanActions actions, PlanQueries plans, CancellationToken cancel) =>
        AnswerAsync(id, plans, actions.RestateAsync(id, request.Version, request.Facts.ToFacts(), cancel), cancel);

    static Task<Ok<PlanAnswer>> JoinAsync(Guid id, PlanJoining request, PlanActions actions, PlanQueries plans, CancellationToken cancel) =>
        AnswerAsync(id, plans, actions.JoinAsync(id, request.Version, request.OtherId, request.OtherVersion, cancel), cancel);

    static Task<Ok<PlanAnswer>> CancelAsync(Guid id, PlanCancellation request, PlanActions actions, PlanQueries plans, CancellationToken cancel) =>
        AnswerAsync(id, plans, actions.CancelAsync(id, request.Version, request.Reason, cancel), cancel);

    static async Task<Ok<PlanAnswer>> AnswerAsync(Guid id, PlanQueries plans, Task act, CancellationToken cancel)
    {
        await act;
        return TypedResults.Ok(PlanAnswer.Of(await plans.DetailAsync(id, cancel)));
    }

    static async Task<FileContentHttpResult> DownloadAsync(HttpContext http, CalendarFeeds feeds, CancellationToken cancel) =>
        TypedResults.File(Encoding.UTF8.GetBytes(await feeds.TextAsync(Here(http), cancel)), IcsText.ContentType, "ronghe.ics");

    /// <summary>Whoever knows the address reads its owner's lines, with what the owner may see today, whoever else is signed in here.</summary>
    static async Task FeedAsync(string secret, HttpContext http, CancellationToken cancel)
    {
        await using var scope = http.RequestServices.CreateAsyncScope();
        var owner = await scope.ServiceProvider.GetRequiredService<CalendarOwner>().FindAsync(secret, cancel) ?? throw new Platform.NotFound("这个订阅地址");
        scope.ServiceProvider.GetRequiredService<CurrentMe>().Become(owner);
        var text = await scope.ServiceProvider.GetRequiredService<CalendarFeeds>().TextAsync(Here(http), cancel);
        http.Response.ContentType = IcsText.ContentType;
        http.Response.Headers.CacheControl = "private, no-cache";
        await http.Response.WriteAsync(text, cancel);
    }

    static Uri Here(HttpContext http) => new($"{http.Request.Scheme}://{http.Request.Host}");

    internal static IServiceCollection AddCalendarExamples(this IServiceCollection services) => services
        .AddSingleton(new ApiExample(typeof(NewPlanRequest), """
            {"id":"0199a0c4-5b7e-7c31-9a52-3f1d2c4b5d90","facts":{"kind":"safetyMeeting","tag":"both","title":"安全例会暨主题党日","unitId":"0199a0c4-7000-7b22-9c03-1d2e3f405162","from":"2026-12-04","to":"2026-12-04","leadId":null,"peopleIds":[]},"tiedToKind":null,"tiedToId":null}
            """))
        .AddSingleton(new ApiExample(typeof(PlanRestatement), """{"version":1,"facts":{"kind":"overhaul","tag":"production","title":"2 号机 C 级检修","unitId":"0199a0c4-7000-7b22-9c03-1d2e3f405162","from":"2026-12-07","to":"2026-12-20"}}"""))
        .AddSingleton(new ApiExample(typeof(PlanJoining), """{"version":1,"otherId":"0199a0c4-5b7e-7c31-9a52-3f1d2c4b5d91","otherVersion":1}"""))
        .AddSingleton(new ApiExample(typeof(PlanCancellation), """{"version":1,"reason":"电网要求推迟停机"}"""));
}

/// <summary>A line as programs read it.</summary>
public sealed record LineAnswer(string Key, Guid Id, string Title, string? Detail, DateOnly From, DateOnly To, PlanTag Tag, string TagTitle, string Href, bool IsDone, bool IsLate)
{
    public static LineAnswer Of(CalendarEntry entry) =>
        new(entry.Key, entry.Id, entry.Title, entry.Detail, entry.From, entry.To, entry.Tag, entry.Tag.Title(), entry.Href, entry.IsDone, entry.IsLate);
}

/// <param name="Activities">Party activities in this time.</param>
/// <param name="Tied">Of these, tied to a safety task.</param>
public sealed record OverlapAnswer(int Activities, int Tied, IReadOnlyList<OverlapLine> Overlaps)
{
    public static OverlapAnswer Of(OverlapView view) => new(view.Activities.Count, view.Tied,
        [.. view.Overlaps.Select(one => new OverlapLine(one.Kind, LineAnswer.Of(one.Party), LineAnswer.Of(one.Production), one.Why, one.CanJoin))]);
}

public sealed record OverlapLine(OverlapKind Kind, LineAnswer Party, LineAnswer Production, string Why, bool CanJoin);

public sealed record PlanAnswer(
    Guid Id, int Version, PlanKind Kind, string KindTitle, PlanTag Tag, string Title, Guid UnitId, string Unit, DateOnly From, DateOnly To, Guid? LeadId, string? Lead, IReadOnlyList<PlanPerson> People,
    PlanState State, Guid? JoinedIntoId, string Reason, string PlannedBy, bool MayChange)
{
    public static PlanAnswer Of(PlanDetail detail) => new(detail.Plan.Id, detail.Plan.Version, detail.Plan.Kind, detail.Plan.Kind.Title(), detail.Plan.Tag, detail.Plan.Title, detail.Plan.UnitId, detail.Unit,
        detail.Plan.From, detail.Plan.To, detail.Plan.LeadId, detail.Lead, detail.People, detail.Plan.State, detail.Plan.JoinedIntoId, detail.Plan.Reason, detail.PlannedBy, detail.MayChange);
}

public sealed record PlanFactsRequest(
    PlanKind Kind, [property: Description("party 党建、production 生产、both 两者一次办")] PlanTag Tag, string Title, [property: Description("哪个单位的计划")] Guid UnitId, DateOnly From, DateOnly To,
    [property: Description("负责人")] Guid? LeadId = null, [property: Description("点名参加的人；整个单位都参加的不用写")] Guid[]? PeopleIds = null)
{
    public PlanFacts ToFacts() => new(Kind, Tag, Title, UnitId, From, To, LeadId, PeopleIds ?? []);
}

public sealed record NewPlanRequest(
    [property: Description("由调用方生成的 UUIDv7")] Guid Id, PlanFactsRequest Facts, [property: Description("为哪条记录办的，例如 task、inspection、finding")] string? TiedToKind = null, Guid? TiedToId = null);

public sealed record PlanRestatement(int Version, PlanFactsRequest Facts);
public sealed record PlanJoining(int Version, Guid OtherId, int OtherVersion);
public sealed record PlanCancellation(int Version, string Reason);
