using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Appointments;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;

namespace Ronghe.Organisation.Accounts;

/// <summary>Somebody of a unit who cannot sign in yet.</summary>
public sealed record Newcomer(Guid PersonId, string Number, string Name, string UnitName, DateTimeOffset? CodeUntil);

/// <summary>A slip to be cut out and handed over. The code stands on it and nowhere else.</summary>
public sealed record FirstSlip(string Number, string Name, string UnitName, string Code, DateTimeOffset Until);

/// <summary>First sign-in codes for a whole crew: what the security administrator prints and hands out.</summary>
public sealed class FirstCodeActions(AppDb db, Me me, Passwords passwords, IOptions<PasswordHasherOptions> cost, TimeProvider clock)
{
    /// <summary>A department at a time: more is no longer handed over from person to person.</summary>
    public const int Most = 200;

    public async Task<string> UnitNameAsync(Guid unitId, CancellationToken cancel = default) =>
        await db.Units.Where(u => u.Id == unitId).Select(u => u.Name).SingleOrDefaultAsync(cancel) ?? throw new NotFound("这个单位");

    /// <summary>Those of a unit and below who have no password of their own, the three administrators left out: theirs are made at the console.</summary>
    public async Task<IReadOnlyList<Newcomer>> NewcomersAsync(Guid unitId, CancellationToken cancel = default)
    {
        var administrators = Administrators.Held(db, clock.Today());
        return await (
            from person in AccountQueries.Managed(db, me)
            where person.LeftOn == null && db.NodeClosure.Any(c => c.AncestorId == unitId && c.DescendantId == person.UnitId)
                && !administrators.Any(held => held.PersonId == person.Id)
                && !db.Users.Any(a => a.PersonId == person.Id && (a.DisabledAt != null || (a.PasswordHash != null && a.InitialPasswordUntil == null)))
            join unit in db.Units on person.UnitId equals unit.Id
            orderby unit.Name, person.Number
            select new Newcomer(person.Id, person.Number, person.Name, unit.Name,
                db.FirstCodes.Where(c => db.Users.Any(a => a.Id == c.AccountId && a.PersonId == person.Id)).Select(c => (DateTimeOffset?)c.ExpiresAt).FirstOrDefault()))
            .Take(Most + 1).ToListAsync(cancel);
    }

    /// <summary>Opens the accounts that are missing and makes a code for each. Slips printed earlier stop working.</summary>
    /// <param name="unitId">A unit, with what lies below it.</param>
    /// <param name="people">Whom to print; those of the unit who can sign in by now are left out.</param>
    /// <param name="cancel">Cancelled with the request.</param>
    public async Task<IReadOnlyList<FirstSlip>> PrintAsync(Guid unitId, IReadOnlyCollection<Guid> people, CancellationToken cancel = default)
    {
        var newcomers = (await NewcomersAsync(unitId, cancel)).Where(n => people.Contains(n.PersonId)).ToList();
        if (newcomers.Count == 0) throw new Refusal("没有选人，或者选的人都已经能登录，没有打印。请勾选要打印的人。");
        if (newcomers.Count > Most) throw new Refusal($"一次最多打印 {Most} 人，没有打印。请按部门或班组分几次。");
        var (slips, sheet) = (new List<FirstSlip>(), Guid.CreateVersion7());
        await db.InTransactionAsync(async () =>
        {
            foreach (var newcomer in newcomers)
            {
                var account = await ReadyAsync(newcomer, cancel);
                var code = MakeCode(account);
                db.RecordAccount(account.Id, AccountJournal.FirstCodeMade, me.PersonId, clock.GetUtcNow(), new { sheet, unit = unitId, of = newcomers.Count });
                slips.Add(new(newcomer.Number, newcomer.Name, newcomer.UnitName, code, clock.GetUtcNow() + FirstCode.Life));
            }
            await db.SaveChangesAsync(cancel);
        }, cancel);
        return slips;
    }

    string MakeCode(Account account)
    {
        var (code, salt) = (OneTimeCode.Make(), OneTimeCode.MakeSalt());
        db.FirstCodes.Add(new(account.Id, salt, OneTimeCode.Hash(code, salt, cost.Value.IterationCount), clock.GetUtcNow()));
        return code;
    }

    /// <summary>An account that only the code opens: a password that was handed out and never used stops working.</summary>
    async Task<Account> ReadyAsync(Newcomer newcomer, CancellationToken cancel)
    {
        var account = await db.Users.SingleOrDefaultAsync(a => a.PersonId == newcomer.PersonId, cancel);
        if (account is null)
        {
            account = new() { PersonId = newcomer.PersonId, UserName = newcomer.Number, NormalizedUserName = passwords.Key(newcomer.Number), CreatedAt = clock.GetUtcNow() };
            db.Users.Add(account);
            db.RecordAccount(account.Id, AccountJournal.Opened, me.PersonId, clock.GetUtcNow());
            return account;
        }
        account.AwaitFirstSignIn();
        await db.FirstCodes.Where(c => c.AccountId == account.Id).ExecuteDeleteAsync(cancel);
        await db.EndSessionsAsync(account.Id, clock.GetUtcNow(), cancel: cancel);
        return account;
    }
}
