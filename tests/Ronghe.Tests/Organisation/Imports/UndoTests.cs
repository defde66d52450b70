using Microsoft.EntityFrameworkCore;
using Npgsql;
using Ronghe.Findings;
using Ronghe.Organisation.Appointments;
using Ronghe.Organisation.Imports;
using Ronghe.Organisation.People;
using Ronghe.Platform;

namespace Ronghe.Tests.Organisation.Imports;

/// <summary>An import is undone as a whole or not at all, and a failed one leaves nothing.</summary>
public class UndoTests
{
    /// <summary>Everything but the record of what happened, which stays for ever.</summary>
    static string Substance(string census) => census[..census.IndexOf(" runs", StringComparison.Ordinal)];

    [Fact]
    public async Task The_three_files_are_undone_from_the_last_to_the_first()
    {
        await using var desk = await ImportDesk.OpenAsync();
        await desk.ReadAsync(db => HazardCategoryPack.LoadAsync(db, Program.ContentFolder));
        var states = new Stack<(string Census, Guid Run)>();
        foreach (var (kind, file) in new[] { ("org", "org.xlsx"), ("people", "roster.xlsx"), ("findings", "hazard-ledger.xlsx") })
        {
            var before = Substance(await desk.CensusAsync());
            states.Push((before, (await desk.ImportAsync(kind, EditedFile.Whole(file), file)).RunId!.Value));
        }
        var journal = await desk.ReadAsync(db => db.Journal.CountAsync());
        foreach (var (census, run) in states)
        {
            await desk.UndoAsync(run);
            Assert.Equal(census, Substance(await desk.CensusAsync()));
            Assert.Equal(ImportState.Undone, await desk.ReadAsync(db => db.ImportRuns.Where(r => r.Id == run).Select(r => r.State).SingleAsync()));
        }
        Assert.True(await desk.ReadAsync(db => db.Journal.CountAsync()) > journal + 480);
        Assert.Equal(3, await desk.ReadAsync(db => db.Journal.CountAsync(row => row.Event == "import.undone")));
    }

    [Fact]
    public async Task What_others_use_by_now_cannot_be_pulled_away()
    {
        await using var desk = await ImportDesk.WithPlantAsync(people: true);
        await desk.ImportAsync("findings", EditedFile.Whole("hazard-ledger.xlsx"), "hazard-ledger.xlsx");
        var census = await desk.CensusAsync();
        var people = await desk.ReadAsync(db => db.ImportRuns.Where(run => run.Kind == "people").Select(run => run.Id).SingleAsync());
        var refusal = await Assert.ThrowsAsync<Refusal>(() => desk.UndoAsync(people));
        Assert.Contains("已被别的记录用到", refusal.Message);
        Assert.Equal(census, await desk.CensusAsync());
    }

    [Fact]
    public async Task What_somebody_changed_since_is_named_and_nothing_is_undone()
    {
        await using var desk = await ImportDesk.WithPlantAsync(people: true);
        var person = await desk.ReadAsync(db => db.People.SingleAsync(p => p.Number == "000310"));
        await desk.AsAsync<PeopleActions>(people => people.ChangeAsync(person.Id, new(person.Name, person.UnitId) { Phone = "19900001234" }, person.Version));
        var run = await desk.ReadAsync(db => db.ImportRuns.Where(r => r.Kind == "people").Select(r => r.Id).SingleAsync());
        var refusal = await Assert.ThrowsAsync<Refusal>(() => desk.UndoAsync(run));
        Assert.Contains("程志远（000310）已改动", refusal.Message);
        Assert.Equal(480, await desk.ReadAsync(db => db.People.CountAsync()));
    }

    [Fact]
    public async Task A_second_roster_changes_what_is_different_and_its_undoing_restores_it()
    {
        await using var desk = await ImportDesk.WithPlantAsync(people: true);
        var again = await desk.ImportAsync("people", EditedFile.Whole("roster.xlsx"), "roster.xlsx");
        Assert.Equal((480, 0, 0), (again.Counts.Imported, again.Counts.Created, again.Counts.Changed));

        var before = Substance(await desk.CensusAsync());
        // A crew lead steps down, a member leaves the Party, a worker moves to another crew.
        var edited = await desk.ImportAsync("people", EditedFile.Of("roster.xlsx", ("J36", null), ("O35", "群众"), ("P35", null), ("Q35", null), ("S35", null), ("T35", null), ("H19", "运行二值")), "roster.xlsx");
        Assert.Empty(edited.Errors);
        Assert.Equal(219, await desk.ReadAsync(db => db.Memberships.CountAsync()));
        var lead = await desk.ReadAsync(db => (from a in db.Appointments join p in db.People on a.PersonId equals p.Id where p.Number == "000887" && a.Post == Posts.CrewLead select a.To).SingleAsync());
        Assert.Null(lead);
        Assert.Equal("运行二值", await CrewAsync(desk, "001503"));

        await desk.UndoAsync(edited.RunId!.Value);
        Assert.Equal(before, Substance(await desk.CensusAsync()));
        Assert.Equal("运行一值", await CrewAsync(desk, "001503"));
        Assert.Equal(PoliticalStatus.Full, await desk.ReadAsync(db => db.People.Where(p => p.Number == "001308").Select(p => p.PoliticalStatus).SingleAsync()));
        // The first import can still be undone: what came after it has been taken back.
        await desk.UndoAsync(await desk.ReadAsync(db => db.ImportRuns.Where(r => r.Kind == "people").OrderBy(r => r.Id).Select(r => r.Id).FirstAsync()));
        Assert.Equal(0, await desk.ReadAsync(db => db.People.CountAsync()));
    }

    [Fact]
    public async Task A_post_that_only_a_roster_gave_ends_when_the_next_one_no_longer_states_it()
    {
        await using var desk = await ImportDesk.WithPlantAsync(people: true);
        await desk.ImportAsync("people", EditedFile.Of("roster.xlsx", ("J13", "专工"), ("R13", null)), "roster.xlsx");
        var ended = await desk.ReadAsync(db => (from a in db.Appointments join p in db.People on a.PersonId equals p.Id where p.Number == "000904" orderby a.Post select new { a.Post, a.To }).ToListAsync());
        Assert.Equal([(Posts.DepartmentDeputy, new DateOnly(2025, 10, 31)), (Posts.DeputySecretary, new DateOnly(2025, 10, 31))], ended.Select(a => (a.Post, a.To!.Value)));
    }

    [Fact]
    public async Task An_import_that_fails_in_the_middle_leaves_nothing_behind()
    {
        await using var desk = await ImportDesk.WithPlantAsync();
        var before = await desk.CensusAsync();
        await desk.AsOwnerAsync("""
            create function stumble() returns trigger language plpgsql as $$ begin raise exception 'stumbled'; end $$;
            create trigger stumble before insert on appointments for each row execute function stumble();
            """);
        await Assert.ThrowsAsync<PostgresException>(() => desk.ImportAsync("people", EditedFile.Whole("roster.xlsx"), "roster.xlsx"));
        Assert.Equal(before, await desk.CensusAsync());
        await desk.AsOwnerAsync("drop trigger stumble on appointments");
        Assert.Equal(480, (await desk.ImportAsync("people", EditedFile.Whole("roster.xlsx"), "roster.xlsx")).Counts.Imported);
    }

    static Task<string> CrewAsync(ImportDesk desk, string number) =>
        desk.ReadAsync(db => (from p in db.People join u in db.Units on p.UnitId equals u.Id where p.Number == number select u.Name).SingleAsync());
}
