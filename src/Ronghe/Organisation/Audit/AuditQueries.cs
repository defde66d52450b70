using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;

namespace Ronghe.Organisation.Audit;

/// <summary>Which rows of the journal; blank means all of the days asked for.</summary>
public sealed record AuditFilter
{
    public const int MostPerPage = 200;

    [Description("从哪一天起，含当天；不填就是最近 30 天")] public DateOnly? From { get; init; }
    [Description("到哪一天止，含当天")] public DateOnly? To { get; init; }
    [Description("谁办的：人员 id")] public Guid? By { get; init; }
    [Description("哪一类记录")] public string? Kind { get; init; }
    [Description("什么事")] public string? Event { get; init; }
    [Description("在哪个单位或党组织，含下级")] public Guid? Node { get; init; }
    [Description("哪一条记录：记录 id")] public Guid? Subject { get; init; }
    [Description("请求编号")] public string? Request { get; init; }
    [Description("翻页：接在这一行之后")] public string? After { get; init; }
    [Description("一页几行，最多 200")] public int? Limit { get; init; }
}

/// <summary>A row of the journal in words.</summary>
/// <param name="SealNumber">The batch that it is sealed in; null while it waits for the next.</param>
public sealed record AuditRow(
    long Seq, DateTimeOffset At, string? Who, string? OnBehalfOf, string Kind, Guid SubjectId, int SubjectVersion, string Event, string? Node, string? RequestId, string Data,
    long? SealNumber);

/// <summary>How far the journal is sealed.</summary>
public sealed record SealState(long Seals, DateTimeOffset? LastAt, long Waiting);

/// <summary>Reads the journal for the auditor. What stands in it is who did what to which record, never what a confidential record says.</summary>
public sealed class AuditQueries(AppDb db, Me me, SealCopies copies, TimeProvider clock)
{
    const int DaysShown = 30;

    public DateOnly DefaultFrom => clock.Today().AddDays(-DaysShown);

    /// <summary>Newest first, by key.</summary>
    public async Task<Paged<AuditRow>> ListAsync(AuditFilter filter, CancellationToken cancel = default)
    {
        var limit = Math.Clamp(filter.Limit ?? 50, 1, AuditFilter.MostPerPage);
        var rows = await Rows(Matching(filter).OrderByDescending(row => row.At).ThenByDescending(row => row.Seq).Take(limit + 1)).ToListAsync(cancel);
        return rows.Count > limit ? new(rows[..limit], $"{rows[limit - 1].At.UtcTicks:x}.{rows[limit - 1].Seq}") : new(rows);
    }

    /// <summary>One row with everything that stands in it.</summary>
    /// <exception cref="NotFound">No such row, or of another company.</exception>
    public async Task<AuditRow> FindAsync(long seq, CancellationToken cancel = default) =>
        await Rows(Mine().Where(row => row.Seq == seq)).SingleOrDefaultAsync(cancel) ?? throw new NotFound("这行流水");

    public async Task<SealState> SealsAsync(CancellationToken cancel = default)
    {
        var last = await db.JournalSeals.AsNoTracking().OrderByDescending(seal => seal.Number).FirstOrDefaultAsync(cancel);
        var waiting = await db.Database.SqlQuery<long>($"""
            select count(*) as "Value" from (select from journal where (xid, seq) > ({$"{last?.ToXid ?? 0}"}::text::xid8, {last?.ToSeq ?? 0}) limit {Paged<AuditRow>.MostCounted + 1}) w
            """).SingleAsync(cancel);
        return new(last?.Number ?? 0, last?.SealedAt, waiting);
    }

    /// <summary>Words for people and nodes that a filter names.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(IEnumerable<Guid?> ids, CancellationToken cancel = default)
    {
        Guid[] known = [.. ids.OfType<Guid>()];
        if (known.Length == 0) return new Dictionary<Guid, string>();
        return await db.People.VisibleTo(me).Where(person => known.Contains(person.Id)).Select(person => new { person.Id, person.Name })
            .Concat(db.Nodes.VisibleTo(me).Where(node => known.Contains(node.Id)).Select(node => new { node.Id, node.Name }))
            .ToDictionaryAsync(named => named.Id, named => named.Name, cancel);
    }

    public Task WriteSealsAsync(Stream to, CancellationToken cancel = default) => copies.WriteAllAsync(to, cancel);

    IQueryable<JournalRow> Matching(AuditFilter filter)
    {
        var start = (filter.From ?? DefaultFrom).At(TimeOnly.MinValue);
        var rows = Mine().Where(row => row.At >= start);
        if (filter.To is { } to) { var end = to.End(); rows = rows.Where(row => row.At < end); }
        if (filter.By is { } by) rows = rows.Where(row => row.ActorId == by || row.OnBehalfOfId == by);
        if (filter.Kind is { Length: > 0 } kind) rows = rows.Where(row => row.SubjectKind == kind);
        if (filter.Event is { Length: > 0 } @event) rows = rows.Where(row => row.Event == @event);
        if (filter.Node is { } node) rows = rows.Where(row => db.NodeClosure.Any(pair => pair.AncestorId == node && pair.DescendantId == row.NodeId));
        if (filter.Subject is { } subject) rows = rows.Where(row => row.SubjectId == subject);
        if (filter.Request is { Length: > 0 } request) rows = rows.Where(row => row.RequestId == request.Trim());
        if (filter.After is not { Length: > 0 } after) return rows;
        var (at, seq) = Place(after);
        return rows.Where(row => EF.Functions.LessThan(ValueTuple.Create(row.At, row.Seq), ValueTuple.Create(at, seq)));
    }

    static (DateTimeOffset At, long Seq) Place(string after) =>
        after.Split('.') is [var ticks, var seq] && long.TryParse(ticks, System.Globalization.NumberStyles.HexNumber, null, out var at)
            && at is > 0 and < 3155378975999999999 && long.TryParse(seq, out var number)
            ? (new(at, TimeSpan.Zero), number)
            : throw new Refusal("翻页位置无效，请回到第一页。", "after");

    /// <summary>Rows of my company; those of accounts stand in no unit and belong to whoever acted.</summary>
    IQueryable<JournalRow> Mine() => db.Journal.AsNoTracking().Where(row =>
        row.NodeId == null
            ? row.ActorId == null || db.People.Any(person => person.Id == row.ActorId && person.CompanyId == me.CompanyId)
            : db.Nodes.Any(node => node.Id == row.NodeId && node.CompanyId == me.CompanyId));

    IQueryable<AuditRow> Rows(IQueryable<JournalRow> rows) =>
        from row in rows
        orderby row.At descending, row.Seq descending
        select new AuditRow(row.Seq, row.At,
            db.People.Where(person => person.Id == row.ActorId).Select(person => person.Name).FirstOrDefault(),
            db.People.Where(person => person.Id == row.OnBehalfOfId).Select(person => person.Name).FirstOrDefault(),
            row.SubjectKind, row.SubjectId, row.SubjectVersion, row.Event,
            db.Nodes.Where(node => node.Id == row.NodeId).Select(node => node.Name).FirstOrDefault(), row.RequestId, row.Data,
            db.JournalSeals.Where(seal => seal.ToXid > row.Xid || (seal.ToXid == row.Xid && seal.ToSeq >= row.Seq)).OrderBy(seal => seal.Number).Select(seal => (long?)seal.Number).FirstOrDefault());
}
