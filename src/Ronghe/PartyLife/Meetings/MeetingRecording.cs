using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Tasks;

namespace Ronghe.PartyLife.Meetings;

/// <summary>Who does it, until when, what done looks like.</summary>
/// <param name="Id">Made by the caller.</param>
public sealed record ResolutionTask(Guid Id, Guid OwnerId, DateOnly DueOn, string Requirement, Guid? ConfirmerId = null);

/// <summary>What is written of a meeting: its items, its votes, its resolutions and the tasks that they become; the minutes, their archiving, and what is corrected later.</summary>
public sealed class MeetingRecording(AppDb db, Me me, MeetingDoor door, MeetingRulebook rulebook, MeetingInvitations invitations, TaskActions tasks, TimeProvider clock)
{
    public Task RecordItemAsync(Guid id, int version, Guid itemId, ItemWords words, CancellationToken cancel = default) => door.ActAsync(id, version, MeetingVerb.Record, meeting =>
    {
        meeting.RecordItem(itemId, words);
        door.Record(meeting, "item-recorded", new { item = itemId });
        return Task.CompletedTask;
    }, cancel);

    /// <summary>With an id made by the caller: sent twice, it is stored once.</summary>
    public Task VoteAsync(Guid id, int version, Guid voteId, NewVote facts, CancellationToken cancel = default) => door.AddAsync<MeetingVote>(id, version, voteId, MeetingVerb.Vote, async meeting =>
    {
        var rules = await rulebook.OfAsync(meeting.RulesNumber, cancel);
        if (!rules.Of(meeting.Type).Formulas.Contains(facts.Formula)) throw new Refusal($"“{rules.Of(meeting.Type).Name}”不用这种表决方式，没有保存，填写的内容还在。", nameof(facts.Formula));
        var vote = meeting.Vote(voteId, facts, rules.Formula(facts.Formula), await invitations.TurnoutAsync(id, cancel), me.Id, clock.GetUtcNow());
        door.Record(meeting, "voted", new { vote.Matter, vote.DueVoting, vote.PresentVoting, vote.Yes, vote.No, vote.Abstain, vote.IsPassed });
    }, cancel);

    public Task RemoveVoteAsync(Guid id, int version, Guid voteId, CancellationToken cancel = default) => door.ActAsync(id, version, MeetingVerb.Vote, meeting =>
    {
        meeting.RemoveVote(voteId);
        door.Record(meeting, "vote-removed", new { vote = voteId });
        return Task.CompletedTask;
    }, cancel);

    /// <summary>The task, where somebody has to do something, is given by the same save; confirmed by the chair unless the chair does it.</summary>
    public Task ResolveAsync(Guid id, int version, Guid resolutionId, Guid itemId, string text, ResolutionTask? task, CancellationToken cancel = default) => door.AddAsync<Resolution>(id, version, resolutionId, MeetingVerb.Resolve, async meeting =>
    {
        if (task is { Id: var taskId } && taskId == Guid.Empty) throw new Refusal("id 不能全是零，没有保存。请为每件待办生成一个 UUIDv7。", "TaskId");
        meeting.Resolve(resolutionId, itemId, text, task?.Id, me.Id, clock.GetUtcNow());
        if (task is not null)
        {
            var confirmer = task.ConfirmerId ?? (task.OwnerId == meeting.ChairId ? meeting.RecorderId : meeting.ChairId);
            await tasks.AddAsync(task.Id, new NewTask(TitleOf(text), task.Requirement, task.OwnerId, task.DueOn, confirmer), new TaskOrigin(MeetingActions.Kind, id, "resolution"), cancel);
        }
        door.Record(meeting, "resolved", new { resolution = resolutionId, task = task?.Id });
    }, cancel);

    public Task RemoveResolutionAsync(Guid id, int version, Guid resolutionId, CancellationToken cancel = default) => door.ActAsync(id, version, MeetingVerb.Resolve, async meeting =>
    {
        var resolution = meeting.RemoveResolution(resolutionId);
        if (resolution.TaskId is { } taskId && await db.Tasks.AnyAsync(task => task.Id == taskId && TaskStates.Open.Contains(task.State), cancel))
            await tasks.WithdrawAsync(taskId, $"决议撤下：{meeting.Title}", cancel);
        door.Record(meeting, "resolution-removed", new { resolution = resolutionId });
    }, cancel);

    public Task MinuteAsync(Guid id, int version, DateTimeOffset until, string conclusion, CancellationToken cancel = default) => door.ActAsync(id, version, MeetingVerb.Minute, async meeting =>
    {
        meeting.Minute(until, conclusion, await invitations.TurnoutAsync(id, cancel), clock.GetUtcNow());
        door.Record(meeting, "minuted", new { });
    }, cancel);

    public Task SendBackAsync(Guid id, int version, string reason, CancellationToken cancel = default) => door.ActAsync(id, version, MeetingVerb.SendBack, meeting =>
    {
        meeting.SendBack(reason);
        door.Record(meeting, "sent-back", new { reason = reason.Trim() });
        return Task.CompletedTask;
    }, cancel);

    public Task ArchiveAsync(Guid id, int version, CancellationToken cancel = default) => door.ActAsync(id, version, MeetingVerb.Archive, meeting =>
    {
        meeting.Archive(me.Id, clock.GetUtcNow());
        door.Record(meeting, "archived", new { });
        return Task.CompletedTask;
    }, cancel);

    public Task CorrectAsync(Guid id, int version, Guid correctionId, string what, string text, CancellationToken cancel = default) => door.AddAsync<Correction>(id, version, correctionId, MeetingVerb.Correct, meeting =>
    {
        meeting.Correct(correctionId, what, text, me.Id, clock.GetUtcNow());
        door.Record(meeting, "corrected", new { what = what.Trim() });
        return Task.CompletedTask;
    }, cancel);

    /// <summary>The task's name is the resolution's, as far as it fits.</summary>
    static string TitleOf(string text) => text.Trim() is var whole && whole.Length <= GivenTask.MaxTitle ? whole : whole[..(GivenTask.MaxTitle - 1)] + "…";
}
