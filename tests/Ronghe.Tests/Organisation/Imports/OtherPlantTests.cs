using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Imports;
using Ronghe.Organisation.People;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Tests.Organisation.Imports;

/// <summary>The next plant's files: other headings, another order, two sheets, an old .xls.</summary>
public class OtherPlantTests
{
    static MemoryStream File(Action<SheetWriter> write)
    {
        var bytes = new MemoryStream();
        using (var writer = new SheetWriter(bytes)) write(writer);
        bytes.Position = 0;
        return bytes;
    }

    static void Rows(SheetWriter writer, string sheet, string headings, params string[] rows)
    {
        writer.Sheet(sheet, [.. headings.Split(' ').Select(heading => new SheetColumn(heading))], "北河电厂", "截止日期：2026年6月30日");
        foreach (var row in rows)
        {
            var cells = writer.Row();
            foreach (var text in row.Split('|')) cells.Text(text);
        }
    }

    static MemoryStream Organisation() => File(writer =>
    {
        Rows(writer, "机构", "上级单位编码 单位编码 单位类型 单位名称 主要负责人", "|B1|电厂|北河电厂|", "B1|B11|车间|运行部|", "B1|B12|车间|检修部|孙立", "B11|B111|班组|一值|");
        Rows(writer, "党的组织", "党组织名称 党组织编码 上级组织编码 党组织类型 换届日期 任期年限 覆盖单位", "北河电厂党总支|D1||党总支|2024年5月|三年|全厂", "运行党支部|D11|D1|党支部|2024.5.20|3|运行部");
    });

    static async Task<ImportDesk> PlantAsync()
    {
        var desk = await ImportDesk.OpenAsync();
        var result = await desk.ImportAsync("org", Organisation(), "机构.xlsx");
        Assert.Empty(result.Errors);
        Assert.Equal(6, result.Counts.Imported);
        return desk;
    }

    [Fact]
    public async Task Other_headings_and_words_make_the_same_trees()
    {
        await using var desk = await PlantAsync();
        var parties = await desk.ReadAsync(db => db.PartyOrganisations.OrderBy(p => p.Code).Select(p => new { p.Name, p.TermStartedOn, p.TermYears }).ToListAsync());
        Assert.Equal([("北河电厂党总支", new DateOnly(2024, 5, 1), 3), ("运行党支部", new DateOnly(2024, 5, 20), 3)], parties.Select(p => (p.Name, p.TermStartedOn!.Value, p.TermYears!.Value)));
        Assert.Equal(2, await desk.ReadAsync(db => db.PartyCoverage.CountAsync()));
    }

    [Fact]
    public async Task Party_facts_may_stand_in_a_second_sheet()
    {
        await using var desk = await PlantAsync();
        var roster = File(writer =>
        {
            Rows(writer, "在职职工", "联系电话 所在部门 职工号* 员工姓名 出生日期 班值", "19900000001|运行部|001|钱进|1980-05-06|一值", "|检修部|002|孙立|1990.10|/", "|检修部|003|周武|1985-01-01|");
            Rows(writer, "党员信息", "入党日期 转正日期 党员类别 所属党支部 职工号 党内任职", "2005.07.01|2006.07.01|正式党员|运行党支部|001|组织委员", "2026-01-05||预备党员|运行党支部|002|");
        });
        var result = await desk.ImportAsync("people", roster, "北河.xlsx");
        Assert.Empty(result.Errors);
        Assert.Equal((3, 3), (result.Counts.Rows, result.Counts.Imported));
        var members = await desk.ReadAsync(db => (from m in db.Memberships join p in db.People on m.PersonId equals p.Id orderby p.Number select new { p.Number, p.PoliticalStatus, m.Kind, m.JoinedOn }).ToListAsync());
        Assert.Equal([("001", PoliticalStatus.Full, new DateOnly(2005, 7, 1)), ("002", PoliticalStatus.Probationary, new DateOnly(2026, 1, 5))],
            members.Select(m => (m.Number, m.PoliticalStatus, m.JoinedOn!.Value)));
        Assert.Equal(2, await desk.ReadAsync(db => db.Appointments.CountAsync()));
    }

    [Fact]
    public async Task A_mistake_in_the_second_sheet_is_found_there_and_holds_the_person_back()
    {
        await using var desk = await PlantAsync();
        var roster = File(writer =>
        {
            Rows(writer, "在职职工", "职工号 姓名 部门 出生日期", "001|钱进|运行部|1980-05-06", "002|孙立|检修部|1990-10-01");
            Rows(writer, "党员信息", "职工号 政治面貌 所在党支部 入党时间", "001|党员|运行党支部|1991-07-01", "009|党员|运行党支部|2010-07-01");
        });
        var result = await desk.CheckAsync("people", roster, "北河.xlsx");
        Assert.Equal([("党员信息", "D4", "too-young-for-party"), ("党员信息", "A5", "unknown-person")], result.Errors.Select(error => (error.Sheet, error.Cell, error.Kind)));
        Assert.Equal((2, 1), (result.Counts.Rows, result.Counts.Valid));
    }

    [Fact]
    public async Task One_list_in_two_sheets_is_one_list()
    {
        await using var desk = await PlantAsync();
        var roster = File(writer =>
        {
            Rows(writer, "运行", "工号 姓名 部门", "001|钱进|运行部", "002|孙立|运行部");
            Rows(writer, "检修", "部门 姓名 工号", "检修部|周武|003", "检修部|郑王|002");
        });
        var result = await desk.CheckAsync("people", roster, "北河.xlsx");
        Assert.Equal([("检修", "C5", "duplicate-number")], result.Errors.Select(error => (error.Sheet, error.Cell, error.Kind)));
        Assert.Contains("运行!A5", result.Errors[0].Message);
    }

    [Fact]
    public async Task An_old_binary_workbook_goes_in_like_a_new_one()
    {
        await using var desk = await PlantAsync();
        await using var file = System.IO.File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Platform", "Spreadsheets", "Fixtures", "staff.xls"));
        var result = await desk.ImportAsync("people", file, "staff.xls", new() { Mode = ImportMode.GoodRows });
        Assert.Equal((4, 2), (result.Counts.Rows, result.Counts.Imported));
        Assert.All(result.Errors, error => Assert.Equal("formula-error", error.Kind));
        Assert.Equal(["G5", "F7"], result.Errors.Select(error => error.Cell));
    }

    [Fact]
    public async Task Facts_without_a_column_stay_as_they_are_known()
    {
        await using var desk = await ImportDesk.WithPlantAsync(people: true);
        var phones = File(writer => Rows(writer, "电话", "工号 姓名 部门 班组 联系电话", "000310|程志远|发电一部||19900009999"));
        var result = await desk.ImportAsync("people", phones, "电话.xlsx");
        Assert.Equal((1, 0, 1), (result.Counts.Imported, result.Counts.Created, result.Counts.Changed));
        var person = await desk.ReadAsync(db => db.People.SingleAsync(p => p.Number == "000310"));
        Assert.Equal(("19900009999", "主任", PoliticalStatus.Full, new DateOnly(1969, 5, 1)), (person.Phone, person.JobTitle, person.PoliticalStatus, person.BornOn!.Value));
        Assert.Equal(220, await desk.ReadAsync(db => db.Memberships.CountAsync()));
    }

    [Fact]
    public async Task A_number_cell_gets_its_leading_zeros_back()
    {
        await using var desk = await PlantAsync();
        var roster = File(writer =>
        {
            writer.Sheet("人员", [new("工号"), new("姓名"), new("部门")]);
            writer.Row().Text("000123").Text("钱进").Text("运行部");
            writer.Row().Number(124).Text("孙立").Text("运行部");
        });
        Assert.Empty((await desk.ImportAsync("people", roster, "x.xlsx")).Errors);
        Assert.Equal(["000123", "000124"], await desk.ReadAsync(db => db.People.OrderBy(p => p.Number).Select(p => p.Number).ToListAsync()));
    }

    [Fact]
    public async Task A_roster_may_list_the_retired_who_are_kept_as_history()
    {
        await using var desk = await PlantAsync();
        var roster = File(writer => Rows(writer, "职工", "工号 姓名 部门 职务 入职日期 员工状态 退休日期",
            "001|钱进|运行部||2001-01-01|在岗|", "002|孙立|检修部|主任|1980-01-01|退休|2025-03-31", "003|周武|检修部||1990-01-01|调离|"));
        var result = await desk.ImportAsync("people", roster, "职工.xlsx");
        Assert.Empty(result.Errors);
        Assert.Contains(result.Notes, note => note.Contains("有 2 人已离职"));
        Assert.Equal([null, new DateOnly(2025, 3, 31), new DateOnly(2026, 6, 30)], await desk.ReadAsync(db => db.People.OrderBy(p => p.Number).Select(p => p.LeftOn).ToListAsync()));
        Assert.Equal(0, await desk.ReadAsync(db => db.Appointments.CountAsync()));

        var again = File(writer => Rows(writer, "职工", "工号 姓名 部门 员工状态", "001|钱进|运行部|退休", "002|孙立|检修部|在岗", "003|周武|检修部|退休", "004|吴用|检修部|出差"));
        var errors = (await desk.CheckAsync("people", again, "职工.xlsx")).Errors;
        Assert.Equal([("D4", "left-person"), ("A5", "left-person"), ("D7", "unknown-presence")], errors.Select(error => (error.Cell, error.Kind)));
        Assert.Contains("办理离开", errors[0].Message);
    }
}
