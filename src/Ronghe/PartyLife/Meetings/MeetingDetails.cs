using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Links;
using Ronghe.Tasks;

namespace Ronghe.PartyLife.Meetings;

/// <summary>A record that an item is about; without a name where the reader may not see it.</summary>
public sealed record AgendaSubjectLine(string KindTitle, string? Name, string? Href);

public sealed record VoteLine(Guid Id, string FormulaName, string Matter, int DueVoting, int PresentVoting, int Yes, int No, int Abstain, bool IsPassed, string Basis, string Source);

/// <summary>A resolution, and how far its task has come.</summary>
public sealed record ResolutionLine(Guid Id, int No, string Text, Guid? TaskId, string? Owner, DateOnly? DueOn, TaskState? State);

public sealed record ItemLine(
    Guid Id, int No, string Title, string Kind, string KindName, IReadOnlyList<string> Tags, bool IsSafety, bool IsProduction, bool IsSpecial, bool IsAddedLate, ItemState State, string Discussion, string Outcome,
    IReadOnlyList<AgendaSubjectLine> About, IReadOnlyList<VoteLine> Votes, IReadOnlyList<ResolutionLine> Resolutions);

public sealed record CorrectionLine(string What, string Text, string By, DateTimeOffset At);

/// <summary>One meeting with everything that its page and its minutes show.</summary>
/// <param name="Away">Those due who did not come, the first of them.</param>
/// <param name="Guests">Those who came without being due, the first of them.</param>
/// <param name="Exempt">Those not counted, each with why.</param>
public sealed record MeetingDetail(
    Guid Id, int Version, string Type, string TypeName, int RulesNumber, Guid BodyId, string Body, string Title, string Place, DateTimeOffset PlannedAt, DateTimeOffset PlannedUntil, Guid ChairId, string Chair, Guid RecorderId,
    string Recorder, Guid? LecturerId, string? Lecturer, string PlannedBy, DateTimeOffset EnteredAt, MeetingStatus Status, DateTimeOffset? AnnouncedAt, DateTimeOffset? HeldFrom, DateTimeOffset? HeldUntil,
    DateTimeOffset? HeldEnteredAt, bool IsLate, string LateReason, string QuorumText, string Conclusion, DateTimeOffset? MinutedAt, DateTimeOffset? ArchivedAt, string? ArchivedBy, string Reason, Turnout Turnout,
    IReadOnlyList<ItemLine> Items, IReadOnlyList<CarriedTask> Carried, IReadOnlyList<CorrectionLine> Corrections, MeetingClashList Clashes, IReadOnlyList<AttendanceRow> Away, IReadOnlyList<AttendanceRow> Guests,
    IReadOnlyList<AttendanceRow> Exempt, AttendanceState? Mine, string? WhyNoMinutes, ActOffers Acts);

/// <summary>Reads one meeting whole: the page, the minutes and programs show the same.</summary>
public sealed class MeetingDetails(
    AppDb db, Me me, MeetingAccess access, MeetingRulebook rulebook, MeetingInvitations invitations, MeetingClashes clashes, MeetingSitting sitting, LinkNames links, JournalCatalogue catalogue)
{
    const int MostNamed = 200;

    public async Task<MeetingDetail> FindAsync(Guid id, CancellationToken cancel = default)
    {
        var found = await access.Visible().AsNoTracking().Include(one => one.Agenda).Include(one => one.Votes).Include(one => one.Resolutions).Include(one => one.Corrections).AsSplitQuery()
            .SingleOrDefaultAsync(one => one.Id == id, cancel) ?? throw new NotFound("这次会议");
        var rules = await rulebook.OfAsync(found.RulesNumber, cancel);
        var type = rules.Of(found.Type);
        var names = await NamesAsync(found, cancel);
        string Name(Guid? person) => person is { } known ? names.GetValueOrDefault(known, "") : "";
        var body = await db.Nodes.Where(node => node.Id == found.BodyId).Select(node => node.Name).SingleAsync(cancel);
        var people = await PeopleAsync(id, cancel);
        var turnout = await invitations.TurnoutAsync(id, cancel);
        var isAhead = found.Status is MeetingStatus.Planned or MeetingStatus.Announced;
        var mine = await db.Attendances.Where(one => one.MeetingId == id && one.PersonId == me.PersonId).Select(one => (AttendanceState?)one.State).SingleOrDefaultAsync(cancel);
        var arranges = await access.ArrangesAsync(type, found.BodyId, cancel);
        return new(found.Id, found.Version, found.Type, found.TypeName, found.RulesNumber, found.BodyId, body, found.Title, found.Place, found.PlannedAt, found.PlannedUntil, found.ChairId, Name(found.ChairId),
            found.RecorderId, Name(found.RecorderId), found.LecturerId, found.LecturerId is null ? null : Name(found.LecturerId), Name(found.PlannedById), found.EnteredAt, found.Status, found.AnnouncedAt, found.HeldFrom,
            found.HeldUntil, found.HeldEnteredAt, found.IsLate, found.LateReason, found.QuorumText, found.Conclusion, found.MinutedAt, found.ArchivedAt, found.ArchivedById is null ? null : Name(found.ArchivedById),
            found.Reason, turnout, await ItemsAsync(found, rules, cancel), isAhead ? await sitting.CarriedAsync(found, cancel) : found.Carried,
            [.. found.Corrections.OrderBy(one => one.At).Select(one => new CorrectionLine(one.What, one.Text, Name(one.ById), one.At))], isAhead ? await clashes.OfAsync(id, cancel) : new(0, []),
            [.. people.Where(one => one.IsDue && one.ExemptReason == "" && one.State != AttendanceState.Present)], [.. people.Where(one => !one.IsDue)], [.. people.Where(one => one.ExemptReason != "")], mine,
            found.Status == MeetingStatus.Held ? found.WhyNoMinutes(turnout) : null, Offers(found, arranges, mine is not null));
    }

    ActOffers Offers(Meeting meeting, bool arranges, bool isInvited) => new(MeetingStates.Possible.Keys.Where(verb => verb != MeetingVerb.CheckIn && access.MayEver(meeting, verb, arranges, isInvited))
        .Select(verb => new ActOffer(verb.ToString().ToLowerInvariant(), meeting.Obstacle(verb) ?? (verb is MeetingVerb.Attend or MeetingVerb.Invite && meeting.Votes.Count > 0 ? "已经记了表决，到会情况不能再改。" : null))));

    async Task<IReadOnlyList<ItemLine>> ItemsAsync(Meeting meeting, MeetingRuleSet rules, CancellationToken cancel)
    {
        var taskIds = meeting.Resolutions.Select(one => one.TaskId).OfType<Guid>().ToArray();
        var tasks = taskIds.Length == 0 ? [] : await db.Tasks.Where(task => taskIds.Contains(task.Id))
            .Select(task => new { task.Id, task.DueOn, task.State, Owner = db.People.First(person => person.Id == task.OwnerId).Name }).ToDictionaryAsync(task => task.Id, cancel);
        var about = await AboutAsync(meeting.Id, cancel);
        string KindName(string id) => rules.Kinds.FirstOrDefault(kind => kind.Id == id)?.Name ?? id;
        return [.. meeting.Agenda.OrderBy(item => item.No).Select(item => new ItemLine(item.Id, item.No, item.Title, item.Kind, item.KindName, [.. item.Tags.Select(KindName)], item.IsSafety, item.IsProduction,
            item.IsSpecial, item.IsAddedLate, item.State, item.Discussion, item.Outcome, [.. about[MeetingActions.RelationOf(item.Id)]],
            [.. meeting.Votes.Where(vote => vote.ItemId == item.Id).OrderBy(vote => vote.At).Select(vote => new VoteLine(vote.Id, vote.FormulaName, vote.Matter, vote.DueVoting, vote.PresentVoting, vote.Yes, vote.No,
                vote.Abstain, vote.IsPassed, vote.Basis, rulebook.CitationsOf(vote.Source)))],
            [.. meeting.Resolutions.Where(one => one.ItemId == item.Id).OrderBy(one => one.No).Select(one => one.TaskId is { } id && tasks.TryGetValue(id, out var task)
                ? new ResolutionLine(one.Id, one.No, one.Text, id, task.Owner, task.DueOn, task.State) : new ResolutionLine(one.Id, one.No, one.Text, one.TaskId, null, null, null))]))];
    }

    /// <summary>One question for each record: an agenda is about few.</summary>
    async Task<ILookup<string, AgendaSubjectLine>> AboutAsync(Guid meetingId, CancellationToken cancel)
    {
        var found = await db.Links.Where(link => link.FromKind == MeetingActions.Kind && link.FromId == meetingId && link.Relation.StartsWith(MeetingActions.About + ":"))
            .OrderBy(link => link.At).Select(link => new { link.Relation, link.ToKind, link.ToId }).Take(Meeting.MostItems).ToListAsync(cancel);
        var lines = new List<(string Relation, AgendaSubjectLine Line)>();
        foreach (var link in found)
        {
            var name = await links.OfAsync(link.ToKind, link.ToId, cancel);
            lines.Add((link.Relation, new(catalogue.TitleOf(link.ToKind), name, name is null ? null : catalogue.Of(link.ToKind)?.Href?.Invoke(link.ToId))));
        }
        return lines.ToLookup(line => line.Relation, line => line.Line);
    }

    /// <summary>Only those of whom something has to be said; of a great meeting the first.</summary>
    Task<List<AttendanceRow>> PeopleAsync(Guid id, CancellationToken cancel) => (
        from one in db.Attendances.AsNoTracking()
        where one.MeetingId == id && (!one.IsDue || one.ExemptReason != "" || one.State != AttendanceState.Present)
        join person in db.People on one.PersonId equals person.Id
        orderby one.IsDue, one.ExemptReason == "", one.State descending, person.Number
        select new AttendanceRow(person.Id, person.Name, person.Number, "", one.IsDue, one.HasVote, one.State, one.Means, one.Reason, one.ExemptReason, one.At)).Take(MostNamed).ToListAsync(cancel);

    Task<Dictionary<Guid, string>> NamesAsync(Meeting meeting, CancellationToken cancel)
    {
        Guid[] ids = [meeting.ChairId, meeting.RecorderId, meeting.PlannedById, .. new[] { meeting.LecturerId, meeting.ArchivedById }.OfType<Guid>(), .. meeting.Corrections.Select(one => one.ById)];
        return db.People.Where(person => ids.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.Name, cancel);
    }
}
