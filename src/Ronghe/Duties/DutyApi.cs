using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web.Api;

namespace Ronghe.Duties;

/// <summary>Duties for programs: my week, the coverage, and what does not apply this time. Nothing here marks a duty as done.</summary>
public static class DutyApi
{
    public static void MapDutyApi(this IEndpointRouteBuilder routes)
    {
        var duties = routes.MapGroup("/api/v1/duties").WithTags("履职义务").Requires(DutyPermissions.View);
        duties.MapGet("/", RulesAsync).WithSummary("义务规则：谁、多久一次、什么记录满足、出处");
        duties.MapGet("/events", EventsAsync).WithSummary("跟着事情走的义务，和平台在哪里管它");
        duties.MapGet("/week", WeekAsync).WithSummary("我的一周：我该办的，和已经满足它的记录");
        duties.MapGet("/coverage", CoverageAsync).WithSummary("我管的范围内各项义务的覆盖").Requires(DutyPermissions.Oversee);
        duties.MapGet("/{code}/subjects", SubjectsAsync).WithSummary("一项义务的责任对象和缺口，按名称翻页").Requires(DutyPermissions.Oversee);
        duties.MapPost("/{code}/excuses", ExcuseAsync).WithSummary("登记本期不适用，写明理由").Requires(DutyPermissions.Oversee);
        duties.MapPost("/excuses/{id:guid}/withdrawal", WithdrawAsync).WithSummary("撤回“本期不适用”").Requires(DutyPermissions.Oversee);
    }

    static async Task<Ok<IEnumerable<DutyAnswer>>> RulesAsync(DutyRulebook rulebook, CancellationToken cancel) =>
        TypedResults.Ok((await rulebook.AllAsync(cancel)).Select(DutyAnswer.Of));

    static Ok<IEnumerable<EventDutyLine>> EventsAsync(DutyRulebook rulebook) => TypedResults.Ok(rulebook.Events.Select(one =>
        new EventDutyLine(one.Duty.Code, one.Duty.Name, one.Duty.SubjectTitle, one.Duty.When, one.Duty.EvidenceText, one.Duty.Source, one.Answer?.Where, one.Answer?.Href)));

    static async Task<Ok<IEnumerable<DueAnswer>>> WeekAsync(DutyWeek week, CancellationToken cancel) =>
        TypedResults.Ok((await week.OfMineAsync(cancel)).Select(DueAnswer.Of));

    static async Task<Ok<IEnumerable<TallyAnswer>>> CoverageAsync([Description("期内任意一天，不填就是今天")] DateOnly? day, DutyCoverage coverage, TimeProvider clock, CancellationToken cancel) =>
        TypedResults.Ok((await coverage.TallyAsync(day ?? clock.Today(), cancel)).Select(TallyAnswer.Of));

    static async Task<Ok<Paged<DutyCoverageRow>>> SubjectsAsync(
        string code, DateOnly? day, [Description("只看缺口")] bool? gaps, string? after, DutyRulebook rulebook, DutyCoverage coverage, TimeProvider clock, CancellationToken cancel)
    {
        var duty = await rulebook.OneAsync(code, cancel);
        return TypedResults.Ok(await coverage.RowsAsync(duty, duty.Definition.Cadence.Of(day ?? clock.Today()), gaps ?? false, after, cancel));
    }

    static async Task<Created> ExcuseAsync(string code, ExcuseRequest request, DutyActions actions, TimeProvider clock, CancellationToken cancel)
    {
        await actions.ExcuseAsync(code, request.SubjectId, request.Day ?? clock.Today(), request.Reason, cancel);
        return TypedResults.Created((string?)null);
    }

    static async Task<NoContent> WithdrawAsync(Guid id, WithdrawalRequest request, DutyActions actions, CancellationToken cancel)
    {
        await actions.WithdrawAsync(id, request.Version, cancel);
        return TypedResults.NoContent();
    }

    internal static IServiceCollection AddDutyExamples(this IServiceCollection services) => services
        .AddSingleton(new ApiExample(typeof(ExcuseRequest), """{"subjectId":"0199a0c4-5b7e-7c31-9a52-3f1d2c4b5a60","reason":"本月整月停机大修，集中到专项检查"}"""))
        .AddSingleton(new ApiExample(typeof(WithdrawalRequest), """{"version":1}"""));

    public sealed record ExcuseRequest(Guid SubjectId, string Reason, DateOnly? Day = null);

    public sealed record WithdrawalRequest(int Version);
}

/// <summary>A duty as programs read it.</summary>
public sealed record DutyAnswer(string Code, string Name, string Subject, string Cadence, string Evidence, string Source, CadenceOrigin Origin, DutySeverity Severity, bool IsOn, bool IsKnown)
{
    public static DutyAnswer Of(Duty duty) => new(duty.Code, duty.Definition.Name, duty.Subject?.Title ?? duty.Definition.Subject, duty.Definition.Cadence.Say(),
        duty.Definition.EvidenceText, duty.Definition.Source, duty.Definition.Origin, duty.Definition.Severity, duty.IsOn, duty.IsKnown);
}

/// <param name="Where">Null where no wing knows the event yet.</param>
public sealed record EventDutyLine(string Code, string Name, string Subject, string When, string Evidence, string Source, string? Where, string? Href);

public sealed record DueAnswer(string Code, string Name, Guid SubjectId, string Subject, DateOnly From, DateOnly To, DateOnly DueOn, int Missing, IReadOnlyList<DutyMet> Met)
{
    public static DueAnswer Of(DutyDue due) => new(due.Duty.Code, due.Duty.Definition.Name, due.SubjectId, due.SubjectName, due.Period.From, due.Period.To, due.DueOn, due.Missing, due.Met);
}

public sealed record TallyAnswer(string Code, string Name, DateOnly From, DateOnly To, DateOnly DueOn, int Subjects, int Met, int Excused, int Gaps)
{
    public static TallyAnswer Of(DutyTally tally) =>
        new(tally.Duty.Code, tally.Duty.Definition.Name, tally.Period.From, tally.Period.To, tally.DueOn, tally.Subjects, tally.Met, tally.Excused, tally.Gaps);
}
