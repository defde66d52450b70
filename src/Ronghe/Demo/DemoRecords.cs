using Ronghe.PublicNotices;
using Ronghe.Safety.Violations;
using Ronghe.Tasks;

namespace Ronghe.Demo;

/// <summary>Violations that were heard before they counted, tasks in every state, and what is shown before it holds.</summary>
public sealed class DemoRecords(SafetyStory story, DemoCalendar calendar, DemoCast cast)
{
    static readonly TimeOnly Morning = new(10, 40), Noon = new(11, 20), Afternoon = new(16, 10);

    public IEnumerable<DemoAct> All() => story.Violations.SelectMany(Play).Concat(story.Tasks.SelectMany(Play)).Concat(story.Notices.SelectMany(Play));

    IEnumerable<DemoAct> Play(StoryViolation v)
    {
        var id = DemoAct.IdOf(v.Key);
        yield return By(v.By, v.Day, Morning, async s => await s.GetRequiredService<ViolationActions>().NoteAsync(id, new(
            v.Kind, Guid.Empty, v.Person is { } no ? cast.Of(no).Id : null, v.Outsider ?? "", await DemoFindings.PlaceAsync(s, v.Place), "", calendar.Zero.AddDays(v.Day), v.Evidence), []));
        if (v.Heard is { } heard)
            yield return By(heard.By, heard.Day, Noon, async s => await s.GetRequiredService<ViolationActions>().HearAsync(id, await DemoAct.VersionAsync<Violation>(s, id), heard.Said));
        if (v.Decided is { } decided)
            yield return By(decided.By, decided.Day, Afternoon, async s =>
            {
                var (actions, version) = (s.GetRequiredService<ViolationActions>(), await DemoAct.VersionAsync<Violation>(s, id));
                await (decided.Confirmed ? actions.ConfirmAsync(id, version, decided.Reason) : actions.DropAsync(id, version, decided.Reason));
            });
    }

    IEnumerable<DemoAct> Play(StoryTask task)
    {
        var id = DemoAct.IdOf(task.Key);
        yield return By(task.By, task.Day, Morning, s =>
            s.GetRequiredService<TaskActions>().GiveAsync(id, new(task.Title, task.Requirement, cast.Of(task.Owner).Id, calendar.Zero.AddDays(task.DueDay))));
        foreach (var (n, act) in task.Acts.Index())
            yield return By(act.By, act.Day, Noon.AddMinutes(n), async s => await DoAsync(s.GetRequiredService<TaskActions>(), id, await DemoAct.VersionAsync<GivenTask>(s, id), act));
    }

    Task DoAsync(TaskActions actions, Guid id, int version, StoryTaskAct act) => act.Verb switch
    {
        TaskVerb.Start => actions.StartAsync(id, version, act.Note),
        TaskVerb.Report => actions.ReportAsync(id, version, act.Note),
        TaskVerb.Confirm => actions.ConfirmAsync(id, version, act.Note),
        TaskVerb.Return => actions.ReturnAsync(id, version, act.Note),
        TaskVerb.Extend => actions.ExtendAsync(id, version, calendar.Zero.AddDays(act.ToDay!.Value), act.Note),
        TaskVerb.HandOver => actions.HandOverAsync(id, version, cast.Of(act.To!).Id, act.Note),
        TaskVerb.Cancel => actions.CancelAsync(id, version, act.Note),
        _ => throw new InvalidOperationException($"The story has no {act.Verb} here."),
    };

    IEnumerable<DemoAct> Play(StoryNotice notice)
    {
        var id = DemoAct.IdOf(notice.Key);
        yield return By(notice.By, notice.Day, Morning, s => s.GetRequiredService<PublicNoticeActions>()
            .DraftAsync(id, new(notice.Title, notice.Text, [.. notice.ShownTo.Select(cast.Unit)], notice.Workdays)));
        yield return By(notice.By, notice.OpenedDay, Noon, async s => await s.GetRequiredService<PublicNoticeActions>().OpenAsync(id, await DemoAct.VersionAsync<PublicNotice>(s, id)));
        foreach (var (n, objection) in notice.Objections.Index())
        {
            var objectionId = DemoAct.IdOf($"{notice.Key}-{n + 1}");
            yield return By(objection.By, objection.Day, Noon.AddMinutes(10 + n), s => s.GetRequiredService<PublicNoticeActions>().ObjectAsync(id, objectionId, objection.Text, objection.WithoutName));
            yield return By(objection.AnsweredBy, objection.AnsweredDay, Afternoon.AddMinutes(n), async s =>
                await s.GetRequiredService<PublicNoticeActions>().AnswerAsync(id, await DemoAct.VersionAsync<PublicNotice>(s, id), objectionId, objection.Upheld, objection.Answer));
        }
        if (notice.ClosedDay is { } day)
            yield return By(notice.By, day, Afternoon.AddMinutes(30), async s =>
                await s.GetRequiredService<PublicNoticeActions>().CloseAsync(id, await DemoAct.VersionAsync<PublicNotice>(s, id), held: true, notice.Outcome!));
    }

    DemoAct By(string no, int day, TimeOnly time, Func<IServiceProvider, Task> act) => new(calendar.StoryDay(day, time), cast.Of(no).Id, act);
}
