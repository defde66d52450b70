using Microsoft.EntityFrameworkCore;
using Ronghe.Findings;
using Ronghe.Organisation.Appointments;
using Ronghe.Organisation.People;

namespace Ronghe.Tests.Organisation.Imports;

/// <summary>The three workbooks as the plant's offices hand them over go in without an error.</summary>
public class RealFilesImportTests
{
    [Fact]
    public async Task The_three_files_give_84_units_480_people_and_160_findings()
    {
        await using var desk = await ImportDesk.WithPlantAsync(people: true);
        var ledger = await desk.ImportAsync("findings", EditedFile.Whole("hazard-ledger.xlsx"), "hazard-ledger.xlsx");
        Assert.Empty(ledger.Errors);
        Assert.Equal((160, 160, 160), (ledger.Counts.Rows, ledger.Counts.Valid, ledger.Counts.Imported));
        var census = await desk.CensusAsync();
        Assert.StartsWith("nodes 84 closure 226 coverage 18 people 480 members 220 ", census);
        Assert.Contains("findings 160 ", census);
    }

    [Fact]
    public async Task Members_are_counted_as_the_roster_states()
    {
        await using var desk = await ImportDesk.WithPlantAsync(people: true);
        var statuses = await desk.ReadAsync(db => db.People.GroupBy(p => p.PoliticalStatus).ToDictionaryAsync(same => same.Key, same => same.Count()));
        Assert.Equal((182, 8, 8, 22, 28, 232), (statuses[PoliticalStatus.Full], statuses[PoliticalStatus.Probationary], statuses[PoliticalStatus.Candidate],
            statuses[PoliticalStatus.Activist], statuses[PoliticalStatus.LeagueMember], statuses[PoliticalStatus.Masses]));
        var perBranch = await desk.ReadAsync(db => (
            from branch in db.PartyOrganisations
            join below in db.NodeClosure on branch.Id equals below.AncestorId
            join member in db.Memberships on below.DescendantId equals member.PartyOrganisationId
            where branch.Name.EndsWith("党支部") && (member.Kind == PoliticalStatus.Full || member.Kind == PoliticalStatus.Probationary)
            group member by branch.Name into same
            select new { same.Key, Count = same.Count() }).ToDictionaryAsync(same => same.Key, same => same.Count));
        Assert.Equal((32, 30, 19, 17, 17, 17, 13, 18, 27), (perBranch["发电一部党支部"], perBranch["发电二部党支部"], perBranch["控制部党支部"],
            perBranch["设备管理部第一党支部"], perBranch["设备管理部第二党支部"], perBranch["燃料部党支部"], perBranch["化学部党支部"], perBranch["机关第一党支部"], perBranch["机关第二党支部"]));
    }

    [Theory]
    [InlineData("萧铎", Posts.CommitteeSecretary, "中共澄岭热电厂委员会", "2022-09-28")]
    [InlineData("许开元", Posts.DeputySecretary, "中共澄岭热电厂委员会", "2022-09-28")]
    [InlineData("许开元", Posts.PlantHead, "澄岭热电厂", "2025-10-31")]
    [InlineData("廖国栋", Posts.CommitteeMember, "中共澄岭热电厂委员会", "2022-09-28")]
    [InlineData("邓晓东", Posts.DeputyHead, "澄岭热电厂", "2025-10-31")]
    [InlineData("程志远", Posts.Secretary, "发电一部党支部", "2024-03-11")]
    [InlineData("程志远", Posts.DepartmentHead, "发电一部", "2025-10-31")]
    [InlineData("许磊", Posts.SafetyOfficer, "发电一部", "2025-10-31")]
    [InlineData("许磊", Posts.GroupLead, "第三党小组", "2024-03-11")]
    [InlineData("江兴旺", Posts.SafetyOfficer, "澄岭热电厂", "2025-10-31")]
    [InlineData("钟广林", Posts.SafetyOfficer, "澄岭热电厂", "2025-10-31")]
    [InlineData("钟广林", Posts.CrewLead, "安全监察组", "2025-10-31")]
    [InlineData("朱宏伟", Posts.CrewLead, "运行一值", "2025-10-31")]
    [InlineData("卢国栋", Posts.DepartmentHead, "工会", "2025-10-31")]
    public async Task Posts_follow_from_what_the_files_state(string name, string post, string node, string from)
    {
        await using var desk = await Shared.StaffedPlantAsync();
        var held = await desk.ReadAsync(db => (
            from appointment in db.Appointments
            join person in db.People on appointment.PersonId equals person.Id
            join at in db.Nodes on appointment.NodeId equals at.Id
            where person.Name == name && appointment.Post == post
            select new { at.Name, appointment.From }).ToListAsync());
        Assert.Contains((node, from), held.Select(one => (one.Name, one.From.ToString("yyyy-MM-dd", null))));
    }

    [Fact]
    public async Task The_way_the_office_writes_is_cleaned()
    {
        await using var desk = await ImportDesk.WithPlantAsync(people: true);
        var people = await desk.ReadAsync(db => db.People.ToDictionaryAsync(p => p.Number));
        Assert.Equal("田琨", people["000898"].Name);
        Assert.Equal(new DateOnly(1987, 10, 1), people["001060"].BornOn);
        Assert.Equal(new DateOnly(1985, 12, 1), people["000887"].BornOn);
        Assert.Equal("汉族", people["000585"].Ethnicity);
        Assert.Equal("19900000919", people["001234"].Phone);
        Assert.Contains("dky", people["001307"].SearchTokens);
    }

    [Fact]
    public async Task A_ledger_row_becomes_a_past_with_every_step_and_the_time_of_entry()
    {
        await using var desk = await ImportDesk.WithPlantAsync(people: true);
        await desk.ImportAsync("findings", EditedFile.Whole("hazard-ledger.xlsx"), "hazard-ledger.xlsx");
        var closed = await desk.ReadAsync(db => db.Findings.Include(f => f.Steps).SingleAsync(f => f.Number == "YH-2025-008"));
        Assert.Equal((FindingStatus.Closed, FindingSource.Watch, FindingGrade.General, 6), (closed.Status, closed.Source, closed.Grade, closed.Version));
        Assert.Equal([FindingVerb.Report, FindingVerb.Grade, FindingVerb.Assign, FindingVerb.Rectify, FindingVerb.Verify, FindingVerb.Close],
            closed.Steps.OrderBy(step => step.Version).Select(step => step.Verb));
        Assert.All(closed.Steps, step => Assert.Equal(TestClock.Start, step.EnteredAt));
        Assert.Single(closed.CoReporterIds);
        Assert.Equal(new DateOnly(2025, 1, 30), closed.DueOn);
        Assert.Contains("已办理延期", closed.Steps.Single(step => step.Verb == FindingVerb.Rectify).Note);
        Assert.Equal("（台账未载明）", closed.Standard);
        var overdue = await desk.ReadAsync(db => db.Findings.SingleAsync(f => f.Number == "YH-2025-100"));
        Assert.True(overdue.IsOverdue(new DateOnly(2025, 11, 1)));
        Assert.Equal((136, 3, 21), await desk.ReadAsync(async db => (await db.Findings.CountAsync(f => f.Status == FindingStatus.Closed),
            await db.Findings.CountAsync(f => f.Status == FindingStatus.Rectified), await db.Findings.CountAsync(f => f.Status == FindingStatus.Assigned))));
    }

    [Fact]
    public async Task The_responsible_unit_decides_between_two_people_of_one_name()
    {
        await using var desk = await ImportDesk.WithPlantAsync(people: true);
        await desk.ImportAsync("findings", EditedFile.Whole("hazard-ledger.xlsx"), "hazard-ledger.xlsx");
        var rectifier = await desk.ReadAsync(db => (from f in db.Findings join p in db.People on f.RectifierId equals p.Id where f.Number == "YH-2025-099" select p.Number).SingleAsync());
        Assert.Equal("001536", rectifier);
    }

    [Fact]
    public async Task New_numbers_go_on_behind_the_ledger()
    {
        await using var desk = await ImportDesk.WithPlantAsync(people: true);
        await desk.ImportAsync("findings", EditedFile.Whole("hazard-ledger.xlsx"), "hazard-ledger.xlsx");
        var company = await desk.ReadAsync(db => db.Units.Where(unit => unit.ParentId == null).Select(unit => unit.Id).SingleAsync());
        Assert.Equal("YH-2025-0161", await desk.AsAsync<AppDb, string>(db => new FindingNumbers(db).NextAsync(company, 2025)));
    }
}
