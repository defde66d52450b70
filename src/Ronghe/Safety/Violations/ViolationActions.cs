using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Links;
using Ronghe.Safety.Zones;

namespace Ronghe.Safety.Violations;

/// <summary>Every act on a violation: load what I may see → may I → do → journal → one save.</summary>
public sealed class ViolationActions(AppDb db, Me me, ViolationAccess access, LinkNames links, TimeProvider clock)
{
    public const string Kind = "violation";

    /// <summary>With an id made by the caller: sent twice, it is stored once.</summary>
    /// <param name="id">UUIDv7 made by the caller.</param>
    /// <param name="note">What was seen. Without a unit it is the person's own, for a contractor's worker mine.</param>
    /// <param name="related">Records that it belongs to: the finding beside it, the zone it happened in.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task NoteAsync(Guid id, ViolationNote note, IReadOnlyList<(string Kind, Guid Id)> related, CancellationToken cancel = default)
    {
        if (id == Guid.Empty) throw new Refusal("id 不能全是零，没有保存。请为每条记录生成一个 UUIDv7。", "id");
        if (await db.Violations.Where(one => one.Id == id).Select(one => new { one.NotedById, one.KindId }).SingleOrDefaultAsync(cancel) is { } already)
        {
            if (already.NotedById == me.PersonId && already.KindId == note.KindId) return;
            throw new Refusal("这个编号已经用过，没有保存，填写的内容还在。请刷新页面后再提交。", "id");
        }
        note.Check(clock.Today());
        note = await CompleteAsync(note, cancel);
        foreach (var (kind, of) in related)
            if (await links.OfAsync(kind, of, cancel) is null) throw new NotFound("相关的记录");
        // The place says in which zone it was, unless the one who notes it did.
        if (related.All(record => record.Kind != ZoneActions.Kind) && note.PlaceId is { } place && await db.ZoneOfAsync(place, cancel) is { } zone) related = [.. related, (ZoneActions.Kind, zone)];
        var violation = Violation.Note(id, me.CompanyId, note, me.Id, clock.GetUtcNow(), clock.Today());
        db.Violations.Add(violation);
        foreach (var record in related) db.Link((Kind, id), record, "related", me, clock.GetUtcNow());
        Record(violation, ViolationVerb.Note);
        await db.SaveNewAsync(cancel);
    }

    public Task HearAsync(Guid id, int version, string said, CancellationToken cancel = default) =>
        ActAsync(id, version, ViolationVerb.Hear, violation => violation.Hear(said, me.Id, clock.GetUtcNow()), cancel);

    public Task ConfirmAsync(Guid id, int version, string reason, CancellationToken cancel = default) =>
        ActAsync(id, version, ViolationVerb.Confirm, violation => violation.Confirm(reason, me.Id, clock.GetUtcNow()), cancel);

    public Task DropAsync(Guid id, int version, string reason, CancellationToken cancel = default) =>
        ActAsync(id, version, ViolationVerb.Drop, violation => violation.Drop(reason, me.Id, clock.GetUtcNow()), cancel);

    async Task ActAsync(Guid id, int version, ViolationVerb verb, Action<Violation> act, CancellationToken cancel)
    {
        var found = await access.Visible().Where(one => one.Id == id)
            .Select(one => new { Violation = one, Path = db.NodeClosure.Where(c => c.DescendantId == one.UnitId).Select(c => c.AncestorId).ToArray() })
            .SingleOrDefaultAsync(cancel) ?? throw new NotFound("这条违章记录");
        if (found.Violation.Version != version) throw new StaleWrite("您打开以后这条记录有了变化，这次没有办，填写的内容还在。请看过最新情况再办。");
        if (!access.MayEver(found.Violation, verb, found.Path)) throw new Forbidden(access.Stranger(found.Violation, verb));
        act(found.Violation);
        Record(found.Violation, verb);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>The unit and the place's words, if what is named exists and I may note there.</summary>
    async Task<ViolationNote> CompleteAsync(ViolationNote note, CancellationToken cancel)
    {
        var facts = await db.Units.Where(unit => unit.Id == me.CompanyId).Select(_ => new
        {
            Person = db.People.Where(p => p.Id == note.PersonId && p.CompanyId == me.CompanyId && p.LeftOn == null).Select(p => (Guid?)p.UnitId).SingleOrDefault(),
            Place = db.Places.Where(p => p.Id == note.PlaceId && p.CompanyId == me.CompanyId).Select(p => p.Name).SingleOrDefault(),
            HasKind = db.ViolationKinds.Any(kind => kind.Id == note.KindId && kind.IsActive),
        }).SingleAsync(cancel);
        if (!facts.HasKind) throw new Refusal("没有这种违章，可能刚被停用。没有保存，填写的内容还在，请重新选择。", nameof(note.KindId));
        if (note.PersonId is not null && facts.Person is null) throw new Refusal("没有找到这位同事，或他已离岗，没有保存。请重新选择。", nameof(note.PersonId));
        if (note.PlaceId is not null && facts.Place is null) throw new Refusal("没有找到这个地点，没有保存。请重新选择或用文字写明。", nameof(note.PlaceText));
        var unit = facts.Person ?? (note.UnitId == Guid.Empty ? me.UnitId : note.UnitId);
        var path = await db.NodeClosure.Where(c => c.DescendantId == unit).Select(c => c.AncestorId).ToArrayAsync(cancel);
        if (!me.May(ViolationPermissions.Note, path)) throw new Refusal("您只能记录自己管理范围内的人，没有保存，填写的内容还在。别处看到的，请告诉安全监察部门。", nameof(note.PersonId));
        return note with { UnitId = unit, PlaceText = facts.Place ?? note.PlaceText };
    }

    /// <summary>Whose it is stands in the record, not in the journal, which keeps for ever.</summary>
    void Record(Violation violation, ViolationVerb verb) =>
        db.Record(violation, Kind, ViolationJournal.EventOf(verb), me.PersonId, clock.GetUtcNow(), violation.UnitId, new { violation.State, violation.KindId });
}
