using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Organisation.People;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Search;

namespace Ronghe.Organisation.Accounts;

public enum AccountState { None, Active, Initial, Disabled, Awaited }

public sealed record AccountRow(
    Guid PersonId, Guid CompanyId, string Number, string Name, string UnitName, Guid? AccountId, DateTimeOffset? DisabledAt, DateTimeOffset? InitialPasswordUntil, DateTimeOffset? LastSignInAt, bool IsAdministrator, bool HasSecondFactor, DateTimeOffset? FirstCodeUntil)
{
    public AccountState State => AccountId is null ? AccountState.None
        : DisabledAt is not null ? AccountState.Disabled
        : FirstCodeUntil is not null ? AccountState.Awaited
        : InitialPasswordUntil is not null ? AccountState.Initial
        : AccountState.Active;
}

public sealed record AccountFilter(string? Search = null, AccountState? State = null, string? After = null, string? Before = null);

/// <summary>Accounts as the security administrator sees them: people of the units that the right reaches, with or without one.</summary>
public sealed class AccountQueries(AppDb db, Me me, TimeProvider clock)
{
    public const int PageSize = 50;

    public static IQueryable<Person> Managed(AppDb db, Me me)
    {
        if (me.IsSystem) return db.People;
        var tops = me.ReachOf(AccountPermissions.Manage);
        return db.People.Where(p => db.NodeClosure.Any(c => c.DescendantId == p.UnitId && tops.Contains(c.AncestorId)));
    }

    /// <summary>By employee number.</summary>
    public async Task<Paged<AccountRow>> ListAsync(AccountFilter filter, CancellationToken cancel = default)
    {
        var people = Managed(db, me).Where(p => p.LeftOn == null);
        foreach (var token in SearchTokens.ForQuery(filter.Search)) people = people.Where(p => p.SearchTokens.Contains(token));
        people = InState(people, filter.State);
        var (after, before) = (filter.After ?? "", filter.Before);
        people = before is null
            ? people.Where(p => p.Number.CompareTo(after) > 0).OrderBy(p => p.Number)
            : people.Where(p => p.Number.CompareTo(before) < 0).OrderByDescending(p => p.Number);
        var page = await Rows(people.Take(PageSize + 1)).ToListAsync(cancel);
        var hasMore = page.Count > PageSize;
        if (hasMore) page.RemoveAt(PageSize);
        if (before is not null) page.Reverse();
        if (page.Count == 0) return new(page);
        var (isLast, isFirst) = before is null ? (!hasMore, after == "") : (false, !hasMore);
        return new(page, isLast ? null : page[^1].Number, isFirst ? null : page[0].Number);
    }

    public async Task<AccountRow> FindAsync(Guid personId, CancellationToken cancel = default) =>
        await Rows(Managed(db, me).Where(p => p.Id == personId)).SingleOrDefaultAsync(cancel) ?? throw new NotFound("这个人");

    public async Task<AccountRow> FindByNumberAsync(string number, CancellationToken cancel = default) =>
        await Rows(Managed(db, me).Where(p => p.Number == number)).FirstOrDefaultAsync(cancel) ?? throw new Refusal($"没有工号为 {number} 的人员，没有做任何改动。请核对工号，或先导入花名册。");

    IQueryable<Person> InState(IQueryable<Person> people, AccountState? state) => state switch
    {
        AccountState.None => people.Where(p => !db.Users.Any(a => a.PersonId == p.Id)),
        AccountState.Disabled => people.Where(p => db.Users.Any(a => a.PersonId == p.Id && a.DisabledAt != null)),
        AccountState.Initial => people.Where(p => db.Users.Any(a => a.PersonId == p.Id && a.DisabledAt == null && a.InitialPasswordUntil != null)),
        AccountState.Awaited => people.Where(p => db.Users.Any(a => a.PersonId == p.Id && a.DisabledAt == null && db.FirstCodes.Any(c => c.AccountId == a.Id))),
        AccountState.Active => people.Where(p => db.Users.Any(a => a.PersonId == p.Id && a.DisabledAt == null && a.InitialPasswordUntil == null && !db.FirstCodes.Any(c => c.AccountId == a.Id))),
        _ => people,
    };

    IQueryable<AccountRow> Rows(IQueryable<Person> people)
    {
        var administrators = Administrators.Held(db, clock.Today());
        return
            from person in people
            join unit in db.Units on person.UnitId equals unit.Id
            join held in db.Users on person.Id equals held.PersonId into holders
            from account in holders.DefaultIfEmpty()
            select new AccountRow(person.Id, person.CompanyId, person.Number, person.Name, unit.Name, account == null ? null : account.Id,
                account == null ? null : account.DisabledAt, account == null ? null : account.InitialPasswordUntil,
                account == null ? null : account.LastSignInAt, administrators.Any(one => one.PersonId == person.Id),
                account != null && (db.Authenticators.Any(app => app.AccountId == account.Id) || db.UserPasskeys.Any(key => key.UserId == account.Id)),
                account == null ? null : db.FirstCodes.Where(c => c.AccountId == account.Id).Select(c => (DateTimeOffset?)c.ExpiresAt).FirstOrDefault());
    }
}
