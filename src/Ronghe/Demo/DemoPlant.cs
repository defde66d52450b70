using Microsoft.EntityFrameworkCore;
using Ronghe.Findings;
using Ronghe.Organisation.Accounts;
using Ronghe.Organisation.Appointments;
using Ronghe.Organisation.Imports;
using Ronghe.Organisation.PartyOrganisations;
using Ronghe.Organisation.Units;
using Ronghe.Platform.Calendar;
using Ronghe.Safety.Watch;

namespace Ronghe.Demo;

/// <summary>
/// Builds the demo plant: the three workbooks go in through the import, everything else happens through the product's own actions,
/// by the people concerned, each at its time. The same “today” gives the same plant.
/// </summary>
public sealed class DemoPlant(IServiceProvider services, DemoClock clock, DemoContent content, DateTimeOffset now, Action<string, double> progress)
{
    /// <summary>The platform starts and the ledger is taken over, in days of the story.</summary>
    const int FirstDay = -329, LedgerDay = -3;
    /// <summary>Numbers of the old ledger; new ones follow after them.</summary>
    const int LedgerNumbers = 160;

    readonly DemoStage _stage = new(services, clock);
    readonly DemoCalendar _calendar = new(now.PlantDate());

    public async Task<DemoAccount[]> BuildAsync(CancellationToken cancel = default)
    {
        var start = _calendar.StoryDay(FirstDay, new TimeOnly(9, 0));
        progress("导入组织机构和花名册", 0.02);
        await ImportAsync(start, "org", "org.xlsx");
        await ImportAsync(start.AddMinutes(10), "people", "roster.xlsx");
        var cast = await ReadAsync(DemoCast.ReadAsync);
        await AppointAsync(cast, start.AddMinutes(20));
        await PlayAsync(cast, cancel);
        progress("开通演示账号", 0.97);
        return await OpenAccountsAsync(cast);
    }

    async Task PlayAsync(DemoCast cast, CancellationToken cancel)
    {
        var rules = await ReadAsync(db => Task.FromResult(new FindingRules(db.Units.Single(u => u.ParentId == null).Id)));
        await ReserveNumbersAsync(rules.CompanyId);
        var acts = new DemoFindings(content, _calendar, cast, rules, now).All().Concat(Routine(cast)).Concat(await WatchAsync()).OrderBy(act => act.At).ToList();
        for (var i = 0; i < acts.Count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            if (i % 10 == 0) progress("演示隐患的全过程", 0.1 + 0.85 * i / acts.Count);
            await _stage.ActAsync(acts[i].ById, acts[i].At, acts[i].Do);
        }
    }

    /// <summary>What nobody does by hand: the ledger taken over, the daily escalation, the monthly sample.</summary>
    IEnumerable<DemoAct> Routine(DemoCast cast)
    {
        var ledger = _calendar.StoryDay(LedgerDay, new TimeOnly(9, 30));
        if (ledger <= now) yield return new(ledger, null, s => ImportAsync(s, "findings", "hazard-ledger.xlsx"));
        for (var day = _calendar.Today.AddDays(-50); day <= _calendar.Today; day = day.AddDays(1))
        {
            var morning = day.At(new TimeOnly(7, 0));
            if (morning <= now && WorkCalendar.China.IsWorkday(day)) yield return new(morning, null, s => s.GetRequiredService<FindingEscalation>().EscalateOverdueAsync());
        }
        var month = new DateOnly(_calendar.Today.Year, _calendar.Today.Month, 1).AddMonths(-1);
        var draw = month.AddMonths(1).AddDays(3).At(new TimeOnly(9, 0));
        if (draw <= now) yield return new(draw, cast.Of(DemoCast.SafetyHead).Id, s => s.GetRequiredService<FindingSampling>().DrawAsync(month.Year, month.Month));
    }

    /// <summary>The secretaries of the branches that work in shifts arrange the watch, four weeks at a time.</summary>
    async Task<IEnumerable<DemoAct>> WatchAsync()
    {
        var branches = await ReadAsync(db => (
            from held in db.Appointments
            where held.Post == Posts.Secretary && held.To == null
            join branch in db.PartyOrganisations on held.NodeId equals branch.Id
            where branch.Kind == PartyOrganisationKind.Branch && db.PartyCoverage.Any(c => c.PartyOrganisationId == branch.Id && db.Units.Any(unit => unit.ParentId == c.UnitId && unit.Kind == UnitKind.Crew))
            select new { branch.Id, held.PersonId }).ToListAsync());
        return from branch in branches
               from weeks in new[] { -8, -4, 0 }
               let at = _calendar.Today.Monday().AddDays(7 * weeks).At(new TimeOnly(8, 10))
               where at <= now
               select new DemoAct(at, branch.PersonId, s => s.GetRequiredService<WatchActions>().DrawAsync(branch.Id, 4));
    }

    Task ImportAsync(DateTimeOffset at, string kind, string file) => _stage.ActAsync(null, at, s => ImportAsync(s, kind, file));

    async Task ImportAsync(IServiceProvider scope, string kind, string file)
    {
        await using var stream = File.OpenRead(content.File(file));
        var options = new ImportOptions { Adjust = (choices, _) => kind == "findings" ? choices with { ShiftDays = _calendar.Shift } : choices };
        var result = await scope.GetRequiredService<ImportActions>().ImportAsync(kind, file, stream, options);
        if (result.Errors.Count > 0) throw new InvalidOperationException($"{file}: {result.Errors[0].Cell} {result.Errors[0].Message}");
    }

    Task AppointAsync(DemoCast cast, DateTimeOffset at) => _stage.ActAsync(null, at, async s =>
    {
        var (actions, top) = (s.GetRequiredService<AppointmentActions>(), cast.Unit("10"));
        foreach (var (role, post) in DemoAccounts.Posts)
            await actions.AppointAsync(new NewAppointment(cast.Of(DemoAccounts.Roles.Single(r => r.Role == role).Number).Id, top, post, at.PlantDate()));
    });

    /// <summary>The old ledger's numbers stay its own; what is reported before the ledger is taken over counts on after them.</summary>
    Task ReserveNumbersAsync(Guid companyId) => _stage.ActAsync(null, now, async s =>
    {
        var db = s.GetRequiredService<AppDb>();
        for (var year = _calendar.Zero.AddDays(FirstDay).Year; year <= _calendar.Today.Year; year++)
            db.FindingNumbers.Add(new FindingNumber { CompanyId = companyId, Year = year, Last = LedgerNumbers });
        await db.SaveChangesAsync();
    });

    async Task<DemoAccount[]> OpenAccountsAsync(DemoCast cast)
    {
        var accounts = new List<DemoAccount>();
        foreach (var role in DemoAccounts.Roles)
        {
            var (person, password) = (cast.Of(role.Number), DemoAccounts.NewPassword());
            await _stage.ActAsync(null, now, s => s.GetRequiredService<AccountActions>().OpenAsync(person.Id, password));
            accounts.Add(new(role.Role, role.Title, person.Number, person.Name, password));
        }
        return [.. accounts];
    }

    async Task<T> ReadAsync<T>(Func<AppDb, Task<T>> read)
    {
        await using var scope = services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<AppDb>());
    }
}
