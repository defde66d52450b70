using Ronghe.Findings;
using Ronghe.Organisation.Accounts;
using Ronghe.Organisation.Appointments;
using Ronghe.Organisation.Imports;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Files;

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
        var album = new DemoAlbum(services.GetRequiredService<PhotoSandbox>());
        var acts = (await ActsAsync(cast, rules, album)).Where(act => act.At <= now).OrderBy(act => act.At).ToList();
        album.Begin(until: now);
        for (var i = 0; i < acts.Count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            if (i % 10 == 0) progress("演示一年的经过", 0.1 + 0.85 * i / acts.Count);
            var (act, by) = (acts[i], acts[i].ById);
            if (act.FindBy is { } find && (by = await ReadAsync(find)) is null) continue;
            await _stage.ActAsync(by, act.At, act.Do);
        }
    }

    async Task<IEnumerable<DemoAct>> ActsAsync(DemoCast cast, FindingRules rules, DemoAlbum album)
    {
        var (story, findings) = (content.Safety(), new DemoFindings(content, _calendar, cast, rules, album));
        var branches = await ReadAsync(DemoBranch.ReadAsync);
        var meetings = content.Meetings();
        return [
            .. findings.All(), .. Routine(cast), .. new DemoZones(story, _calendar, cast, findings).All(), .. new DemoInspections(story, _calendar, cast, findings).All(),
            .. new DemoWatch(story, _calendar, cast, findings, branches).All(), .. new DemoRecords(story, _calendar, cast).All(),
            .. new DemoModelPosts(story, _calendar, cast).All(), .. new DemoRisks(story, _calendar, cast).All(),
            .. new DemoMeetings(meetings, _calendar, cast, await ReadAsync(db => DemoMeetings.BranchAsync(db, meetings.Branch))).All(),
            .. await ReadAsync(db => DemoPlans.AllAsync(db, _calendar.Today)),
        ];
    }

    /// <summary>What nobody does by hand: the ledger taken over, the daily escalation, the monthly sample.</summary>
    IEnumerable<DemoAct> Routine(DemoCast cast)
    {
        var ledger = _calendar.StoryDay(LedgerDay, new TimeOnly(9, 30));
        yield return new(ledger, null, s => ImportAsync(s, "findings", "hazard-ledger.xlsx"));
        for (var day = _calendar.Today.AddDays(-50); day <= _calendar.Today; day = day.AddDays(1))
        {
            var morning = day.At(new TimeOnly(7, 0));
            if (WorkCalendar.China.IsWorkday(day)) yield return new(morning, null, s => s.GetRequiredService<FindingEscalation>().EscalateOverdueAsync());
        }
        var month = new DateOnly(_calendar.Today.Year, _calendar.Today.Month, 1).AddMonths(-1);
        var draw = month.AddMonths(1).AddDays(3).At(new TimeOnly(9, 0));
        yield return new(draw, cast.Of(DemoCast.SafetyHead).Id, s => s.GetRequiredService<FindingSampling>().DrawAsync(month.Year, month.Month));
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