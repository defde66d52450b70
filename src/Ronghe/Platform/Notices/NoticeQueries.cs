using Microsoft.EntityFrameworkCore;
using Ronghe.Platform.Data;

namespace Ronghe.Platform.Notices;

public sealed record NoticeRow(Guid Id, string Kind, string Text, string Href, DateTimeOffset DueAt, bool IsRead);

/// <summary>A person's own notices. Nobody reads another's.</summary>
public sealed class NoticeQueries(AppDb db, TimeProvider clock)
{
    const int PerPage = 50;

    /// <summary>Newest first, by key; those within quiet hours are not there yet.</summary>
    public async Task<Paged<NoticeRow>> ListAsync(Guid personId, bool unreadOnly, Guid? after, CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        var notices = db.Notices.AsNoTracking().Where(notice => notice.PersonId == personId && notice.DueAt <= now);
        if (unreadOnly) notices = notices.Where(notice => notice.ReadAt == null);
        if (after is { } last && await db.Notices.Where(notice => notice.Id == last && notice.PersonId == personId).Select(notice => (DateTimeOffset?)notice.DueAt).FirstOrDefaultAsync(cancel) is { } at)
            notices = notices.Where(notice => EF.Functions.LessThan(ValueTuple.Create(notice.DueAt, notice.Id), ValueTuple.Create(at, last)));
        var rows = await notices.OrderByDescending(notice => notice.DueAt).ThenByDescending(notice => notice.Id).Take(PerPage + 1)
            .Select(notice => new NoticeRow(notice.Id, notice.Kind, notice.Text, notice.Href, notice.DueAt, notice.ReadAt != null)).ToListAsync(cancel);
        return rows.Count > PerPage ? new(rows[..PerPage], rows[PerPage - 1].Id.ToString()) : new(rows);
    }

    /// <summary>Marks one as read and says where it leads.</summary>
    /// <exception cref="NotFound">It is none of this person's.</exception>
    public async Task<string> OpenAsync(Guid personId, Guid id, CancellationToken cancel = default)
    {
        var href = await db.Notices.Where(notice => notice.Id == id && notice.PersonId == personId).Select(notice => notice.Href).SingleOrDefaultAsync(cancel) ?? throw new NotFound("这条消息");
        await ReadAsync(personId, notice => notice.Id == id, cancel);
        return href;
    }

    public Task ReadAllAsync(Guid personId, CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        return ReadAsync(personId, notice => notice.DueAt <= now, cancel);
    }

    public async Task<NoticeChoice> ChoiceAsync(Guid personId, CancellationToken cancel = default) =>
        await db.NoticeChoices.AsNoTracking().SingleOrDefaultAsync(choice => choice.PersonId == personId, cancel) ?? new() { PersonId = personId };

    public async Task ChooseAsync(Guid personId, IEnumerable<string> muted, TimeOnly from, TimeOnly to, CancellationToken cancel = default)
    {
        var choice = await db.NoticeChoices.SingleOrDefaultAsync(choice => choice.PersonId == personId, cancel);
        if (choice is null) db.NoticeChoices.Add(choice = new() { PersonId = personId });
        choice.Choose(muted, from, to);
        await db.SaveChangesAsync(cancel);
    }

    async Task ReadAsync(Guid personId, System.Linq.Expressions.Expression<Func<Notice, bool>> which, CancellationToken cancel)
    {
        db.State.HasChanged();
        await db.Notices.Where(notice => notice.PersonId == personId && notice.ReadAt == null).Where(which)
            .ExecuteUpdateAsync(set => set.SetProperty(notice => notice.ReadAt, clock.GetUtcNow()), cancel);
    }
}
