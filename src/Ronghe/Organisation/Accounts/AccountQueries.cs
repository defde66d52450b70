using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.People;
using Ronghe.Platform.Search;

namespace Ronghe.Organisation.Accounts;

public enum AccountState { None, Active, Initial, Disabled }

public sealed record AccountRow(
    Guid PersonId, string Number, string Name, string UnitName, Guid? AccountId, DateTimeOffset? DisabledAt, DateTimeOffset? InitialPasswordUntil, DateTimeOffset? LastSignInAt)
{
    public AccountState State => AccountId is null ? AccountState.None
        : DisabledAt is not null ? AccountState.Disabled
        : InitialPasswordUntil is not null ? AccountState.Initial
        : AccountState.Active;
}

public sealed record AccountFilter(string? Search = null, AccountState? State = null, string? After = null, string? Before = null);

/// <summary>Accounts as the security administrator sees them: people of the units that the right reaches, with or without one.</summary>
public sealed class AccountQueries(AppDb db, Me me)
{
    public const int PageSize = 50;

    public static IQueryable<Person> Managed(AppDb db, Me me)
    {
        if (me.IsSystem) return db.People;
        var tops = me.ReachOf(AccountPermissions.Manage);
        return db.People.Where(p => db.NodeClosure.Any(c => c.DescendantId == p.UnitId && tops.Contains(c.AncestorId)));
    }

    /// <summary>One page by employee number, and one row more when there is another page in that direction.</summary>
    public async Task<List<AccountRow>> ListAsync(AccountFilter filter, CancellationToken cancel = default)
    {
        var people = Managed(db, me).Where(p => p.LeftOn == null);
        foreach (var token in SearchTokens.ForQuery(filter.Search)) people = people.Where(p => p.SearchTokens.Contains(token));
        var rows = Rows(people);
        rows = filter.State switch
        {
            AccountState.None => rows.Where(r => r.AccountId == null),
            AccountState.Disabled => rows.Where(r => r.DisabledAt != null),
            AccountState.Initial => rows.Where(r => r.InitialPasswordUntil != null && r.DisabledAt == null),
            AccountState.Active => rows.Where(r => r.AccountId != null && r.DisabledAt == null && r.InitialPasswordUntil == null),
            _ => rows,
        };
        if (filter.Before is not { } before)
        {
            var after = filter.After ?? "";
            return await rows.Where(r => r.Number.CompareTo(after) > 0).OrderBy(r => r.Number).Take(PageSize + 1).ToListAsync(cancel);
        }
        var page = await rows.Where(r => r.Number.CompareTo(before) < 0).OrderByDescending(r => r.Number).Take(PageSize + 1).ToListAsync(cancel);
        page.Reverse();
        return page;
    }

    /// <summary>Null when there is no such person within reach.</summary>
    public Task<AccountRow?> FindAsync(Guid personId, CancellationToken cancel = default) =>
        Rows(Managed(db, me).Where(p => p.Id == personId)).SingleOrDefaultAsync(cancel);

    IQueryable<AccountRow> Rows(IQueryable<Person> people) =>
        from person in people
        join unit in db.Units on person.UnitId equals unit.Id
        join held in db.Users on person.Id equals held.PersonId into holders
        from account in holders.DefaultIfEmpty()
        select new AccountRow(person.Id, person.Number, person.Name, unit.Name, account == null ? null : account.Id,
            account == null ? null : account.DisabledAt, account == null ? null : account.InitialPasswordUntil,
            account == null ? null : db.SignInSessions.Where(s => s.AccountId == account.Id).Max(s => (DateTimeOffset?)s.StartedAt));
}
