using Microsoft.EntityFrameworkCore;
using Ronghe.Findings;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Imports;
using Ronghe.Platform;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Tests.Organisation.Imports;

/// <summary>What <c>ronghe export</c> writes, <c>ronghe import</c> reads back: an empty product filled from exports is the same plant.</summary>
public class ExportTests
{
    static async Task<MemoryStream> ExportAsync(ImportDesk desk, string kind, int rows)
    {
        var file = new MemoryStream();
        Assert.Equal(rows, await desk.AsAsync<ExportQueries, int>(lists => lists.WriteAsync(kind, file, new Progress<double>())));
        file.Position = 0;
        return file;
    }

    static async Task<ImportDesk> CopyOfAsync(ImportDesk desk, int nodes, int people, int findings)
    {
        var copy = await ImportDesk.OpenAsync();
        await copy.ReadAsync(db => HazardCategoryPack.LoadAsync(db, Program.ContentFolder));
        foreach (var (kind, rows) in new[] { ("org", nodes), ("people", people), ("findings", findings) })
        {
            var result = await copy.ImportAsync(kind, await ExportAsync(desk, kind, rows), $"{kind}.xlsx");
            Assert.Empty(result.Errors);
            Assert.Equal(rows, result.Counts.Imported);
        }
        return copy;
    }

    [Fact]
    public async Task The_three_lists_of_the_plant_come_back_as_they_were()
    {
        await using var desk = await ImportDesk.WithPlantAsync(people: true);
        Assert.Empty((await desk.ImportAsync("findings", EditedFile.Whole("hazard-ledger.xlsx"), "hazard-ledger.xlsx")).Errors);
        await using var copy = await CopyOfAsync(desk, 84, 480, 160);
        Assert.Equal(Substance(await desk.CensusAsync()), Substance(await copy.CensusAsync()));
        foreach (var facts in new Func<AppDb, Task<List<string>>>[] { Nodes, Coverage, People, Members, PostsHeld, Findings })
            Assert.Equal(await desk.ReadAsync(facts), await copy.ReadAsync(facts));
    }

    [Fact]
    public async Task A_second_time_into_the_same_product_changes_nothing()
    {
        await using var desk = await ImportDesk.WithPlantAsync(people: true);
        foreach (var (kind, rows) in new[] { ("org", 84), ("people", 480) })
        {
            var again = await desk.ImportAsync(kind, await ExportAsync(desk, kind, rows), $"{kind}.xlsx");
            Assert.Empty(again.Errors);
            Assert.Equal((rows, 0, 0), (again.Counts.Imported, again.Counts.Created, again.Counts.Changed));
        }
    }

    [Fact]
    public async Task Only_the_operator_exports_whole_lists()
    {
        await using var desk = await ImportDesk.WithPlantAsync();
        var someone = new Me(Guid.CreateVersion7(), "某人");
        await Assert.ThrowsAsync<Forbidden>(() => desk.AsAsync<ExportQueries, int>(lists => lists.WriteAsync("people", Stream.Null, new Progress<double>()), someone));
    }

    [Fact]
    public async Task There_is_nothing_to_export_before_there_is_an_organisation()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var refusal = await Assert.ThrowsAsync<Refusal>(() => desk.AsAsync<ExportQueries, int>(lists => lists.WriteAsync("org", Stream.Null, new Progress<double>())));
        Assert.Contains("先导入组织机构", refusal.Message);
    }

    [Fact]
    public async Task The_export_page_and_the_export_command_write_the_columns_that_the_import_knows()
    {
        await using var desk = await ImportDesk.WithPlantAsync(people: true);
        await desk.ImportAsync("findings", EditedFile.Whole("hazard-ledger.xlsx"), "hazard-ledger.xlsx");
        var sheet = WorkbookReader.Read(await ExportAsync(desk, "findings", 160), "x.xlsx").Sheets.Single();
        Assert.Equal("编号 排查日期 排查类型 隐患地点 设备 隐患描述 隐患类别 等级 发现人 责任部门 整改责任人 整改措施 整改期限 完成日期 复查人 复查日期 状态 备注 整改结果",
            string.Join(' ', Enumerable.Range(0, 19).Select(column => sheet[column, 3].ToString())));
    }

    static string Substance(string census) => census[..census.IndexOf(" runs", StringComparison.Ordinal)];

    static async Task<List<string>> Nodes(AppDb db) =>
    [
        .. (await db.Nodes.OrderBy(n => n.Code).ToListAsync()).Select(n => $"{n.Code} {n.Name} {n.Title} {n.Position} {n.HeadText}"),
        .. await db.PartyOrganisations.OrderBy(p => p.Code).Select(p => $"{p.Code} {p.FoundedOn} {p.TermStartedOn} {p.TermYears} {p.CoversText}").ToListAsync(),
    ];

    static async Task<List<string>> Coverage(AppDb db) => await (
        from pair in db.PartyCoverage join party in db.Nodes on pair.PartyOrganisationId equals party.Id join unit in db.Nodes on pair.UnitId equals unit.Id
        orderby party.Code, unit.Code select party.Code + " " + unit.Code).ToListAsync();

    static async Task<List<string>> People(AppDb db) =>
    [
        .. (await (from p in db.People join u in db.Nodes on p.UnitId equals u.Id orderby p.Number select new { p, u.Code }).ToListAsync()).Select(row =>
            $"{row.p.Number} {row.p.Name} {row.Code} {row.p.Gender} {row.p.BornOn} {row.p.Ethnicity} {row.p.Position} {row.p.JobTitle} {row.p.EmploymentKind} "
            + $"{row.p.WorkStartedOn} {row.p.Education} {row.p.Qualification} {row.p.PoliticalStatus} {row.p.Phone} {row.p.LeftOn}"),
    ];

    static async Task<List<string>> Members(AppDb db) => await (
        from m in db.Memberships join p in db.People on m.PersonId equals p.Id join n in db.Nodes on m.PartyOrganisationId equals n.Id
        orderby p.Number select $"{p.Number} {n.Code} {m.Kind} {m.JoinedOn} {m.ConfirmedOn}").ToListAsync();

    /// <summary>Not since when: an administrative post begins on the day of the roster.</summary>
    static async Task<List<string>> PostsHeld(AppDb db) => await (
        from held in db.Appointments join p in db.People on held.PersonId equals p.Id join n in db.Nodes on held.NodeId equals n.Id
        orderby p.Number, held.Post, n.Code select p.Number + " " + held.Post + " " + n.Code + " " + (held.To == null)).ToListAsync();

    static async Task<List<string>> Findings(AppDb db)
    {
        var people = await db.People.ToDictionaryAsync(p => p.Id, p => p.Number);
        var units = await db.Nodes.ToDictionaryAsync(n => n.Id, n => n.Code);
        var places = await db.Places.ToDictionaryAsync(p => p.Id, p => p.Code);
        var findings = await db.Findings.Include(f => f.Steps).OrderBy(f => f.Number).ToListAsync();
        string? Number(Guid? id) => id is { } known ? people[known] : null;
        return findings.ConvertAll(f =>
            $"{f.Number} {f.Status} {f.Source} {f.Grade} {f.CategoryId} {f.FoundAt:u} {units[f.UnitId]} {(f.PlaceId is { } place ? places[place] : "-")} {f.PlaceText} | {f.Description} | "
            + $"{Number(f.ReporterId)} {string.Join(',', f.CoReporterIds.Select(id => people[id]).Order())} {Number(f.RectifierId)} {Number(f.VerifierId)} {f.DueOn} {f.RectifiedAt:u} {f.VerifiedAt:u} {f.ClosedAt:u} | "
            + $"{f.Duty} | {f.Measure} | {f.GradeBasis} | " + string.Join(" ", f.Steps.OrderBy(s => s.Version).Select(s => $"{s.Verb} {Number(s.ById)} {s.At:u} {s.Note}")));
    }
}
