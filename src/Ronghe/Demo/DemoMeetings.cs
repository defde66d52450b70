using Microsoft.EntityFrameworkCore;
using Ronghe.PartyLife.Meetings;
using Ronghe.Platform.Calendar;
using Ronghe.Tasks;

namespace Ronghe.Demo;

/// <summary>A branch's meetings. Days count from the story's day zero, <c>…After</c> from the meeting; people are numbers of the roster.</summary>
public sealed record MeetingTales(string Branch, string Secretary, string Recorder, IReadOnlyList<StoryMeeting> Meetings);

/// <summary>Planned and announced some days before; entered later when <see cref="EnteredDay"/> says so; still to come, still to be agreed to, or called off where the words say it.</summary>
public sealed record StoryMeeting(string Key, string Type, string Title, int Day, TimeOnly Time, int Minutes, string Place)
{
    public int? PlannedDay { get; init; }
    public int? EnteredDay { get; init; }
    public string LateReason { get; init; } = "";
    public int? MinutedAfter { get; init; }
    public int? ArchivedAfter { get; init; }
    public string? Cancelled { get; init; }
    public string? Lecturer { get; init; }
    public IReadOnlyList<string> Guests { get; init; } = [];
    public IReadOnlyList<StoryLeave> Leave { get; init; } = [];
    public IReadOnlyList<StoryItem> Items { get; init; } = [];
}

public sealed record StoryLeave(string No, string Reason, int? Day);

public sealed record StoryItem(string Title, string Kind)
{
    public IReadOnlyList<string> Tags { get; init; } = [];
    public string Discussion { get; init; } = "";
    public string Outcome { get; init; } = "";
    public StoryBallot? Vote { get; init; }
    public StoryResolution? Resolution { get; init; }
}

public sealed record StoryBallot(string Formula, string Matter, int Yes, int No, int Abstain);

public sealed record StoryResolution(string Text, string Owner, int DueAfter, string Requirement, int? DoneAfter, string? Result);

/// <summary>Some months of a branch: from the plan to the archive, with the tasks that came of it and those that are carried on.</summary>
public sealed class DemoMeetings(MeetingTales story, DemoCalendar calendar, DemoCast cast, Guid branchId)
{
    Guid Secretary => cast.Of(story.Secretary).Id;
    Guid Recorder => cast.Of(story.Recorder).Id;

    public static Task<Guid> BranchAsync(AppDb db, string name) => db.PartyOrganisations.Where(party => party.Name == name).Select(party => party.Id).SingleAsync();

    public IEnumerable<DemoAct> All() => story.Meetings.SelectMany(Play);

    IEnumerable<DemoAct> Play(StoryMeeting meeting)
    {
        var (id, begin) = (DemoAct.IdOf(meeting.Key), calendar.StoryDay(meeting.Day, meeting.Time));
        var entered = meeting.EnteredDay is { } late ? calendar.StoryDay(late, meeting.Time) : begin;
        var planned = meeting.EnteredDay is null ? calendar.StoryDay(meeting.PlannedDay ?? meeting.Day - 6, new TimeOnly(9, 0)) : entered.AddHours(-1);
        yield return new(planned, Secretary, s => PlanAsync(s, meeting, id, begin));
        if (meeting.EnteredDay is null) yield return Act(planned.AddHours(1), Secretary, id, (s, v) => s.GetRequiredService<MeetingActions>().AnnounceAsync(id, v, despiteClashes: true));
        if (meeting.Cancelled is { } why)
        {
            yield return Act(begin.AddDays(-1), Secretary, id, (s, v) => s.GetRequiredService<MeetingActions>().CancelAsync(id, v, why));
            yield break;
        }
        foreach (var leave in meeting.Leave)
            yield return new(leave.Day is { } day ? calendar.StoryDay(day, new TimeOnly(18, 0)) : begin.AddHours(-20), cast.Of(leave.No).Id, s => s.GetRequiredService<MeetingSitting>().AskLeaveAsync(id, leave.Reason));
        if (meeting is { MinutedAfter: null, ArchivedAfter: null }) yield break;
        yield return new(entered.AddMinutes(2), Recorder, s => s.GetRequiredService<MeetingSitting>().AttendRestAsync(id, AttendanceState.Present, ""));
        if (meeting.Guests.Count > 0) yield return new(entered.AddMinutes(3), Recorder, s => s.GetRequiredService<MeetingSitting>().AttendAsync(id, [.. meeting.Guests.Select(no => cast.Of(no).Id)], AttendanceState.Present, ""));
        yield return Act(entered.AddMinutes(5), Recorder, id, (s, v) => s.GetRequiredService<MeetingSitting>().HoldAsync(id, v, begin, meeting.LateReason));
        foreach (var act in meeting.Items.SelectMany((item, n) => Record(meeting, item, n, id, entered))) yield return act;
        var days = meeting.MinutedAfter ?? meeting.ArchivedAfter!.Value;
        yield return Act(entered.AddDays(days).AddHours(-1), Recorder, id, (s, v) => s.GetRequiredService<MeetingRecording>().MinuteAsync(id, v, begin.AddMinutes(meeting.Minutes), ""));
        if (meeting.ArchivedAfter is not null) yield return Act(entered.AddDays(days), Secretary, id, (s, v) => s.GetRequiredService<MeetingRecording>().ArchiveAsync(id, v));
    }

    async Task PlanAsync(IServiceProvider s, StoryMeeting meeting, Guid id, DateTimeOffset begin)
    {
        var actions = s.GetRequiredService<MeetingActions>();
        await actions.PlanAsync(id, new(meeting.Type, branchId, meeting.Title, begin, meeting.Minutes, meeting.Place, Secretary, Recorder) { LecturerId = meeting.Lecturer is { } no ? cast.Of(no).Id : null });
        foreach (var (n, item) in meeting.Items.Index())
            await actions.AddItemAsync(id, await DemoAct.VersionAsync<Meeting>(s, id), ItemOf(meeting, n), new(item.Title, item.Kind) { Tags = item.Tags }, null);
        if (meeting.Guests.Count > 0) await s.GetRequiredService<MeetingSitting>().InviteAsync(id, await DemoAct.VersionAsync<Meeting>(s, id), [.. meeting.Guests.Select(no => cast.Of(no).Id)]);
    }

    /// <summary>Written down while it is said; the task begins with the resolution and ends when its owner has done it.</summary>
    IEnumerable<DemoAct> Record(StoryMeeting meeting, StoryItem item, int n, Guid id, DateTimeOffset entered)
    {
        var (itemId, at) = (ItemOf(meeting, n), entered.AddMinutes(10 + (n * 10)));
        yield return Act(at, Recorder, id, (s, v) => s.GetRequiredService<MeetingRecording>().RecordItemAsync(id, v, itemId, new(IsDiscussed: true, item.Discussion, item.Outcome)));
        if (item.Vote is { } vote)
            yield return Act(at.AddMinutes(2), Recorder, id, (s, v) => s.GetRequiredService<MeetingRecording>().VoteAsync(id, v, DemoAct.IdOf($"{meeting.Key}-vote-{n}"), new(itemId, vote.Formula, vote.Matter, vote.Yes, vote.No, vote.Abstain)));
        if (item.Resolution is not { } resolution) yield break;
        var (taskId, owner, day) = (DemoAct.IdOf($"{meeting.Key}-task-{n}"), cast.Of(resolution.Owner).Id, entered.PlantDate());
        yield return Act(at.AddMinutes(4), Recorder, id, (s, v) => s.GetRequiredService<MeetingRecording>().ResolveAsync(id, v, DemoAct.IdOf($"{meeting.Key}-resolution-{n}"), itemId, resolution.Text,
            new(taskId, owner, day.AddDays(resolution.DueAfter), resolution.Requirement)));
        if (resolution.DoneAfter is not { } done) yield break;
        yield return new(entered.AddDays(done).AddMinutes(n), owner, async s => await s.GetRequiredService<TaskActions>().ReportAsync(taskId, await DemoAct.VersionAsync<GivenTask>(s, taskId), resolution.Result!));
        yield return new(entered.AddDays(done + 1).AddMinutes(n), Secretary, async s => await s.GetRequiredService<TaskActions>().ConfirmAsync(taskId, await DemoAct.VersionAsync<GivenTask>(s, taskId), ""));
    }

    static Guid ItemOf(StoryMeeting meeting, int n) => DemoAct.IdOf($"{meeting.Key}-item-{n}");

    static DemoAct Act(DateTimeOffset at, Guid by, Guid id, Func<IServiceProvider, int, Task> act) => new(at, by, async s => await act(s, await DemoAct.VersionAsync<Meeting>(s, id)));
}
