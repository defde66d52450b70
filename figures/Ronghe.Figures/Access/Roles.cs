using System.Net.Http.Headers;
using Npgsql;
using Ronghe.Organisation.Appointments;

namespace Ronghe.Figures.Access;

/// <summary>
/// every role at every door of the live route table, aimed at its own unit, a sibling, the one above and one below, against the
/// table <c>figures/doors.txt</c>. Anything unexpected is a loss, and so is a door without a line.
/// </summary>
public sealed class Roles() : Figure("R-20", isShort: true)
{
    const string Reporter = "杨员", Rectifier = "曹员";

    /// <summary>Where a role stands: its own unit, a sibling, the one above, one below.</summary>
    sealed record Role(string Code, string Title, Player? Player, string Own, string? Sibling, string? Above, string? Below)
    {
        public IEnumerable<(char Letter, string Code)> Places =>
            new (char, string?)[] { ('o', Own), ('s', Sibling), ('p', Above), ('c', Below) }.Where(place => place.Item2 is not null).Select(place => (place.Item1, place.Item2!));
    }

    int _probes;

    protected override async Task RunAsync(Run run, Tally tally)
    {
        await using var site = await run.Plant.StartAsync(run.Cancel);
        var doors = (await Routes.ReadAsync(site)).Doors;
        var targets = await Targets.MakeAsync(site, run.Plant, Reporter, Rectifier, run.Cancel);
        foreach (var door in doors.Where(door => Probe.KindOf(door) == Probe.Unknown)) tally.Invalid($"{door.Name}: Probe knows no record for it");
        var (probe, roles, seen) = (new Probe(targets, run.Plant), All(run.Plant), new DoorTable());
        await Parallel.ForEachAsync(roles, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = run.Cancel }, async (role, _) =>
        {
            foreach (var (door, cell) in await TryAsync(site, probe, role, doors, tally))
                lock (seen) seen.Set(door.Name, role.Code, cell);
        });
        if (run.Words.Contains("write")) seen.Write(roles.Select(role => (role.Code, role.Title)));
        var expected = DoorTable.Read();
        foreach (var difference in seen.DifferencesFrom(expected)) tally.Lost(difference);
        await ControlAsync(site, run.Plant, probe, roles[0], doors, expected, tally);
        (tally.Load, tally.BadInputs) = ($"{roles.Count} roles × {doors.Count} doors, {_probes:N0} requests", "own, sibling, parent, child unit");
        tally.Remark = "a post slipped in was seen";
    }

    async Task<List<(Door Door, string Cell)>> TryAsync(Site site, Probe probe, Role role, IReadOnlyList<Door> doors, Tally tally)
    {
        using var caller = new Caller(site.Address, role.Player?.Token);
        using var browser = role.Player is { } player ? await Browser.OfAsync(site.Address, player.Number, player.Password) : new Browser(site.Address);
        var token = await browser.TokenAsync(role.Player is null ? "/sign-in" : "/me");
        var cells = new List<(Door, string)>();
        // What ends the own session or token comes last.
        foreach (var door in doors.OrderBy(door => door.IsPage).ThenBy(door => door is { Route: "/sign-out", IsUnsafe: true } ? 2 : door.Route.StartsWith("/me", StringComparison.Ordinal) && door.IsUnsafe ? 1 : 0))
        {
            var (asked, passed) = (new List<char>(), new List<char>());
            foreach (var (letter, code) in Probe.KindOf(door) is null or "import" or "notice" ? [('o', role.Own)] : role.Places)
            {
                if (probe.At(door, code, token) is not { } request) continue;
                var answer = await SendAsync(caller, browser, role, door, request);
                asked.Add(letter);
                if (GotThrough(door, answer, tally)) passed.Add(letter);
            }
            cells.Add((door, DoorTable.Cell(asked, passed)));
        }
        return cells;
    }

    async Task<Answer> SendAsync(Caller caller, Browser browser, Role role, Door door, HttpRequestMessage request)
    {
        Interlocked.Increment(ref _probes);
        using (request)
        {
            if (door.IsPage || !(door.Route.StartsWith("/api/", StringComparison.Ordinal) || door.Route.StartsWith("/files", StringComparison.Ordinal))) return await browser.SendAsync(request);
            if (role.Player is { } player) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", player.Token);
            using var answer = await caller.Http.SendAsync(request);
            return await Answer.ReadAsync(answer, default);
        }
    }

    /// <summary>Refused for what was sent (409, 422) is past the door; a bad request would hide who may.</summary>
    static bool GotThrough(Door door, Answer answer, Tally tally)
    {
        if (answer.Status >= 500) tally.Lost($"{door.Name} failed: {answer.Words[..Math.Min(100, answer.Words.Length)]}");
        if (answer.Status == 400 && !(door.IsPage && door.IsOpen)) tally.Invalid($"{door.Name} answered 400: {answer.Words[..Math.Min(100, answer.Words.Length)]}");
        return door.IsOpen ? answer.Status is not (400 or 401 or 403) : !answer.IsTurnedAway && answer.Status != 400;
    }

    /// <summary>A post given to a worker behind the product's back opens doors, which must be noticed.</summary>
    async Task ControlAsync(Site site, Plant plant, Probe probe, Role worker, IReadOnlyList<Door> doors, DoorTable expected, Tally tally)
    {
        await using (var database = await site.OpenDatabaseAsync())
        {
            await using var slip = new NpgsqlCommand("insert into appointments (id, version, company_id, person_id, node_id, post, from_on) select gen_random_uuid(), 1, company_id, id, $2, $3, '2025-01-01' from people where id = $1", database);
            slip.Parameters.AddWithValue(worker.Player!.PersonId);
            slip.Parameters.AddWithValue(plant.Node(Plant.First));
            slip.Parameters.AddWithValue(Posts.SafetyOfficer);
            await slip.ExecuteNonQueryAsync();
        }
        var seen = new DoorTable();
        var closing = doors.Where(door => door is { IsPage: false } && door.Route.EndsWith("/closure", StringComparison.Ordinal) && door.Route.Contains("/findings/", StringComparison.Ordinal)).ToList();
        foreach (var (door, cell) in await TryAsync(site, probe, worker, closing, tally)) seen.Set(door.Name, worker.Code, cell);
        tally.MustSee(seen.DifferencesFrom(expected).Any(line => line.Contains(" gets ", StringComparison.Ordinal)), "a post slipped in was not noticed");
    }

    static List<Role> All(Plant plant)
    {
        Role Crew(string code, string title, Player player) => new(code, title, player, Plant.ShiftOne, Plant.ShiftTwo, Plant.Operations, null);
        Role Department(string code, string post) => new(code, Posts.Title(post), plant.Holder(post), Plant.Operations, Plant.Repair, Plant.First, Plant.ShiftOne);
        Role Whole(string code, string post) => new(code, Posts.Title(post), plant.Holder(post), Plant.First, Plant.Second, Plant.Group, Plant.Operations);
        Role Administrator(string code, string post) => new(code, Posts.Title(post), plant.Holder(post), Plant.Group, null, null, Plant.First);
        return
        [
            Crew("WK", "职工", plant.Worker), Crew("RP", "职工，这些隐患的上报人", plant.Named(Reporter)), Crew("RC", "职工，这些隐患的整改责任人", plant.Named(Rectifier)),
            Crew("CL", Posts.Title(Posts.CrewLead), plant.Holder(Posts.CrewLead)), Crew("GL", Posts.Title(Posts.GroupLead), plant.Holder(Posts.GroupLead)),
            Department("CM", Posts.CommitteeMember), Department("DS", Posts.DeputySecretary), Department("SE", Posts.Secretary), Department("DD", Posts.DepartmentDeputy), Department("DH", Posts.DepartmentHead),
            Whole("UN", Posts.UnionRepresentative), Whole("DI", Posts.Discipline), Whole("PA", Posts.PartyAffairs), Whole("SO", Posts.SafetyOfficer), Whole("CS", Posts.CommitteeSecretary),
            Whole("DP", Posts.DeputyHead), Whole("PH", Posts.PlantHead),
            Administrator("SY", Posts.SystemAdministrator), Administrator("SC", Posts.SecurityAdministrator), Administrator("AU", Posts.AuditAdministrator),
            new("ST", "没有登录的人", null, Plant.ShiftOne, null, null, null),
        ];
    }
}
