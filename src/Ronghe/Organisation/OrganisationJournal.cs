using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;

namespace Ronghe.Organisation;

/// <summary>Writes the organisation's changes to the journal, and tells from it what happened between reading and writing.</summary>
public sealed class OrganisationJournal(AppDb db, Me me, TimeProvider clock)
{
    /// <param name="data">Particulars; of people only references and names of facts, never the facts themselves.</param>
    public void Write(Aggregate subject, string kind, string @event, Guid? nodeId, object? data = null) =>
        db.Record(subject, kind, @event, me.PersonId, clock.GetUtcNow(), nodeId, data);

    public void Write(OrganisationNode node, string @event, object? data = null) =>
        Write(node, OrganisationEvents.KindOf(node), @event, node.Id, data);

    /// <summary>Refuses a change made on the sight of another version, and says what happened since.</summary>
    public async Task RefuseStaleAsync(Aggregate subject, int version, CancellationToken cancel = default)
    {
        if (subject.Version == version) return;
        var since = await (
            from row in db.Journal
            where row.SubjectId == subject.Id && row.SubjectVersion > version
            orderby row.Seq descending
            join person in db.People on row.ActorId equals person.Id into actors
            from actor in actors.DefaultIfEmpty()
            select new { row.At, row.Event, Who = actor == null ? "系统" : actor.Name }).FirstOrDefaultAsync(cancel);
        var what = since is null ? "这条记录刚刚被别人改动" : $"{since.Who}已在 {since.At.ToPlant():MM-dd HH:mm} 办理了“{OrganisationEvents.Title(since.Event)}”";
        throw new StaleWrite($"{what}，您看到的是之前的内容，这次办理没有保存，填写的内容还在。请刷新看看最新情况再办。");
    }
}
