using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Organisation.Units;
using Ronghe.Platform;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Links;

namespace Ronghe.PartyLife.Meetings;

/// <summary>Plans a meeting, its agenda and its list; tells people; cancels. What happens at the meeting is in <see cref="MeetingSitting"/>, what is written of it in <see cref="MeetingRecording"/>.</summary>
public sealed class MeetingActions(AppDb db, Me me, MeetingAccess access, MeetingDoor door, MeetingRulebook rulebook, MeetingInvitations invitations, MeetingClashes clashes, LinkNames links, JournalCatalogue catalogue, TimeProvider clock)
{
    public const string Kind = "meeting", About = "agenda";

    /// <summary>With an id made by the caller: sent twice, it is stored once. Those due stand on the list from the beginning.</summary>
    public async Task PlanAsync(Guid id, MeetingPlan plan, CancellationToken cancel = default)
    {
        if (id == Guid.Empty) throw new Refusal("id 不能全是零，没有保存。请为每次会议生成一个 UUIDv7。", "id");
        if (await IsRepeatedAsync(id, plan, cancel)) return;
        var edition = await rulebook.CurrentAsync(cancel);
        plan.Check(edition.Rules, clock.GetUtcNow());
        var type = edition.Rules.Of(plan.Type);
        await RequireBodyAsync(type, plan.BodyId, cancel);
        await RequirePeopleAsync([plan.ChairId, plan.RecorderId, .. plan.LecturerId is { } lecturer ? [lecturer] : (Guid[])[]], nameof(plan.ChairId), cancel);
        var meeting = Meeting.Plan(id, me.CompanyId, edition, plan, MeetingCode.NewKey(), me.Id, clock.GetUtcNow());
        db.Meetings.Add(meeting);
        await invitations.RefreshAsync(meeting, type, cancel);
        door.Record(meeting, "planned", new { meeting.Type, meeting.PlannedAt });
        if (!await db.SaveNewAsync(cancel)) await IsRepeatedAsync(id, plan, cancel);
    }

    public Task RestateAsync(Guid id, int version, MeetingPlan plan, CancellationToken cancel = default) => door.ActAsync(id, version, MeetingVerb.Restate, async meeting =>
    {
        await RequirePeopleAsync([plan.ChairId, plan.RecorderId, .. plan.LecturerId is { } lecturer ? [lecturer] : (Guid[])[]], nameof(plan.ChairId), cancel);
        var (before, place) = (meeting.PlannedAt, meeting.Place);
        meeting.Restate(plan with { Type = meeting.Type, BodyId = meeting.BodyId }, await rulebook.OfAsync(meeting.RulesNumber, cancel), clock.GetUtcNow());
        door.Record(meeting, before == meeting.PlannedAt && place == meeting.Place ? "restated" : "moved", new { before, at = meeting.PlannedAt, meeting.Place });
    }, cancel);

    /// <param name="about">A record that it is about: a finding, a risk, a task; null for none.</param>
    public Task AddItemAsync(Guid id, int version, Guid itemId, NewItem facts, Guid? about, CancellationToken cancel = default) => door.AddAsync<AgendaItem>(id, version, itemId, MeetingVerb.Agenda, async meeting =>
    {
        meeting.AddItem(itemId, facts, (await rulebook.CurrentAsync(cancel)).Rules);
        if (about is { } record) await LinkAsync(meeting, itemId, record, cancel);
        door.Record(meeting, "agenda-added", new { item = itemId, title = facts.Title.Trim() });
    }, cancel);

    public Task ChangeItemAsync(Guid id, int version, Guid itemId, NewItem facts, Guid? about, CancellationToken cancel = default) => door.ActAsync(id, version, MeetingVerb.Agenda, async meeting =>
    {
        meeting.ChangeItem(itemId, facts, (await rulebook.CurrentAsync(cancel)).Rules);
        if (about is { } record) await LinkAsync(meeting, itemId, record, cancel);
        door.Record(meeting, "agenda-changed", new { item = itemId, title = facts.Title.Trim() });
    }, cancel);

    public Task RemoveItemAsync(Guid id, int version, Guid itemId, CancellationToken cancel = default) => door.ActAsync(id, version, MeetingVerb.Agenda, async meeting =>
    {
        meeting.RemoveItem(itemId);
        var relation = RelationOf(itemId);
        db.Links.RemoveRange(await db.Links.Where(link => link.FromKind == Kind && link.FromId == id && link.Relation == relation).ToListAsync(cancel));
        door.Record(meeting, "agenda-removed", new { item = itemId });
    }, cancel);

    /// <param name="despiteClashes">Some of those invited have another meeting at the time, and this one is held all the same.</param>
    public Task AnnounceAsync(Guid id, int version, bool despiteClashes, CancellationToken cancel = default) => door.ActAsync(id, version, MeetingVerb.Announce, async meeting =>
    {
        await invitations.RefreshAsync(meeting, (await rulebook.OfAsync(meeting.RulesNumber, cancel)).Of(meeting.Type), cancel);
        meeting.Announce(clock.GetUtcNow());
        if (!despiteClashes && await clashes.OfAsync(id, cancel) is { Count: > 0 } found)
            throw new Refusal($"{found.Say()}。没有发通知。请改时间；确实要开的，勾选“仍然通知”再发。", "Despite");
        door.Record(meeting, "announced", new { meeting.PlannedAt });
    }, cancel);

    public Task CancelAsync(Guid id, int version, string reason, CancellationToken cancel = default) => door.ActAsync(id, version, MeetingVerb.Cancel, meeting =>
    {
        var wasAnnounced = meeting.AnnouncedAt is not null;
        meeting.Cancel(reason);
        door.Record(meeting, wasAnnounced ? "called-off" : "cancelled", new { reason = reason.Trim() });
        return Task.CompletedTask;
    }, cancel);

    internal static string RelationOf(Guid itemId) => $"{About}:{itemId}";

    /// <summary>Of whatever kind it is: the one that knows a record of this id that I may see.</summary>
    async Task LinkAsync(Meeting meeting, Guid itemId, Guid record, CancellationToken cancel)
    {
        foreach (var kind in catalogue.Subjects.Select(subject => subject.Kind).Where(links.Knows))
            if (await links.OfAsync(kind, record, cancel) is not null)
            {
                var relation = RelationOf(itemId);
                if (!await db.Links.AnyAsync(link => link.FromKind == Kind && link.FromId == meeting.Id && link.ToKind == kind && link.ToId == record && link.Relation == relation, cancel))
                    db.Link((Kind, meeting.Id), (kind, record), relation, me, clock.GetUtcNow());
                return;
            }
        throw new Refusal("没有找到要关联的记录，或者您无权查看。没有保存，填写的内容还在。", "About");
    }

    async Task<bool> IsRepeatedAsync(Guid id, MeetingPlan plan, CancellationToken cancel)
    {
        var already = await db.Meetings.Where(meeting => meeting.Id == id).Select(meeting => new { meeting.PlannedById, meeting.Type, meeting.BodyId }).SingleOrDefaultAsync(cancel);
        if (already is null) return false;
        return already.PlannedById == me.PersonId && already.Type == plan.Type && already.BodyId == plan.BodyId ? true : throw new Refusal("这个编号已经用过，没有保存，填写的内容还在。请刷新页面后再安排。", "id");
    }

    async Task RequireBodyAsync(MeetingType type, Guid bodyId, CancellationToken cancel)
    {
        if (!type.IsOn) throw new Refusal($"“{type.Name}”已经停用，没有保存，填写的内容还在。", nameof(MeetingPlan.Type));
        var body = await db.Nodes.AsNoTracking().VisibleTo(me).SingleOrDefaultAsync(node => node.Id == bodyId && node.ClosedOn == null, cancel)
            ?? throw new Refusal("没有找到这个党组织或单位，请重新选择。没有保存，填写的内容还在。", nameof(MeetingPlan.BodyId));
        if (!type.Fits((body as PartyOrganisation)?.Kind) || (body is not Unit && body is not PartyOrganisation))
            throw new Refusal($"“{type.Name}”由{string.Join("、", type.Bodies.Select(kind => kind.Title()).Concat(type.OfUnits ? ["单位"] : []))}召开，“{body.Name}”是{body.Title}。没有保存，填写的内容还在，请改选。", nameof(MeetingPlan.BodyId));
        if (!await access.ArrangesAsync(type, bodyId, cancel)) throw new Forbidden($"您没有组织“{body.Name}”会议的权限。需要的话，请联系它的负责人或党建工作部门。");
    }

    async Task RequirePeopleAsync(Guid[] people, string field, CancellationToken cancel)
    {
        if (await db.People.CountAsync(person => people.Contains(person.Id) && person.CompanyId == me.CompanyId && person.LeftOn == null, cancel) != people.Distinct().Count())
            throw new Refusal("主持人、记录人或授课人没有找到，或已离岗，请重新选择。没有保存，填写的内容还在。", field);
    }
}
