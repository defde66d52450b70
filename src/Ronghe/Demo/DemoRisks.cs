using Ronghe.Safety.Risks;
using Ronghe.Tasks;

namespace Ronghe.Demo;

/// <summary>A session studies what may happen before the heat is on: risks with their colours, red by two people, measures with owner and date.</summary>
public sealed class DemoRisks(SafetyStory story, DemoCalendar calendar, DemoCast cast)
{
    const int Period = 120;

    public IEnumerable<DemoAct> All() => story.RiskSessions.SelectMany(Play);

    IEnumerable<DemoAct> Play(StoryRiskSession session)
    {
        var (id, chair) = (DemoAct.IdOf(session.Key), cast.Of(session.Chair).Id);
        Guid[] present = [chair, .. session.Present.Select(no => cast.Of(no).Id)];
        var plan = new RiskSessionPlan(session.Kind, session.Title, cast.Unit(session.Unit), calendar.Zero.AddDays(session.HeldDay), calendar.Zero.AddDays(session.HeldDay + Period),
            calendar.Zero.AddDays(session.HeldDay), chair, [.. present.Skip(1)], session.WorkPlan);
        yield return new(At(session.PlannedDay, 9), chair, s => s.GetRequiredService<RiskSessionActions>().PlanAsync(id, plan));
        foreach (var (n, risk) in session.Risks.Index())
            yield return new(At(session.PlannedDay + 1, 10 + n), chair, s => IdentifyAsync(s, session, risk, id));
        if (session.ClosedDay is not { } closed) yield break;
        yield return new(At(session.HeldDay, 9), chair, async s => await s.GetRequiredService<RiskSessionActions>().HoldAsync(id, await DemoAct.VersionAsync<RiskSession>(s, id), calendar.Zero.AddDays(session.HeldDay), present));
        foreach (var act in session.Risks.SelectMany((risk, n) => Study(session, risk, chair, n))) yield return act;
        yield return new(At(closed, 16), chair, async s => await s.GetRequiredService<RiskSessionActions>().CloseAsync(id, await DemoAct.VersionAsync<RiskSession>(s, id), session.Conclusion!));
    }

    /// <summary>Rated, agreed to where it is red, given measures, taken under control; rated again once the measures hold.</summary>
    IEnumerable<DemoAct> Study(StoryRiskSession session, StoryRisk risk, Guid chair, int n)
    {
        var (id, held) = (DemoAct.IdOf(risk.Key), session.HeldDay);
        var confirmer = risk.Confirmer is { } no ? cast.Of(no).Id : (Guid?)null;
        yield return Act(chair, held, 10 + n, id, (a, v) => a.AssessAsync(id, v, risk.Method, risk.Values, risk.Why, confirmer));
        if (confirmer is { } second) yield return Act(second, held, 14, id, (a, v) => a.ConfirmAsync(id, v, "同意，按红色管控。"));
        foreach (var (m, measure) in risk.Measures.Index())
        {
            var (taskId, owner) = (DemoAct.IdOf($"{risk.Key}-{m + 1}"), cast.Of(measure.Owner).Id);
            yield return Act(chair, held + 1, 9 + m, id, (a, v) => a.AddMeasureAsync(id, v, taskId, new(measure.Title, measure.Requirement, owner, calendar.Zero.AddDays(measure.DueDay))));
            if (measure.DoneDay is not { } done) continue;
            yield return new(At(done, 10), owner, async s => await s.GetRequiredService<TaskActions>().ReportAsync(taskId, await DemoAct.VersionAsync<GivenTask>(s, taskId), measure.Result!));
            yield return new(At(done + 1, 10), chair, async s => await s.GetRequiredService<TaskActions>().ConfirmAsync(taskId, await DemoAct.VersionAsync<GivenTask>(s, taskId), ""));
        }
        yield return Act(chair, held + 1, 17, id, (a, v) => a.ControlAsync(id, v));
        if (risk.LoweredDay is { } day) yield return Act(chair, day, 9, id, (a, v) => a.AssessAsync(id, v, risk.Method, risk.Residual, risk.WhyLower!, null));
    }

    async Task IdentifyAsync(IServiceProvider s, StoryRiskSession session, StoryRisk risk, Guid sessionId) => await s.GetRequiredService<RiskActions>().IdentifyAsync(
        DemoAct.IdOf(risk.Key), session.Kind, new(risk.Title, risk.Scenario, cast.Unit(risk.Unit), await DemoFindings.PlaceAsync(s, risk.Place), "", risk.AccidentType, cast.Of(risk.Owner).Id), sessionId);

    DemoAct Act(Guid by, int day, int hour, Guid id, Func<RiskActions, int, Task> act) =>
        new(At(day, hour), by, async s => await act(s.GetRequiredService<RiskActions>(), await DemoAct.VersionAsync<Risk>(s, id)));

    DateTimeOffset At(int day, int hour) => calendar.StoryDay(day, new TimeOnly(hour, 30));
}
