using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Imports;
using Ronghe.Organisation.People;
using Ronghe.Platform.Spreadsheets;
using Ronghe.Tests.Organisation.Imports;

namespace Ronghe.Tests.Findings.Ledgers;

/// <summary>Everything that can be wrong in a hazard ledger is found at its cell and called by its name.</summary>
public class LedgerCheckTests
{
    [Theory]
    [InlineData("A20", null, "missing-number")]
    [InlineData("A20", "YH-2025-001", "duplicate-number")]
    [InlineData("F20", null, "missing-description")]
    [InlineData("B20", null, "missing-date")]
    [InlineData("B20", "2025.2.30", "impossible-date")]
    [InlineData("B9", "2031-01-01", "impossible-date")]
    [InlineData("N20", "2024-01-01", "completed-before-found")]
    [InlineData("P20", "2024-01-01", "verified-before-completed")]
    [InlineData("M20", "2024-01-01", "due-before-found")]
    [InlineData("N20", null, "missing-completion-date")]
    [InlineData("M163", null, "missing-due-date")]
    [InlineData("Q20", "整改中", "status-mismatch")]
    [InlineData("C20", "瞎转悠", "unknown-source")]
    [InlineData("H20", "较大", "unknown-grade")]
    [InlineData("Q20", "差不多了", "unknown-status")]
    [InlineData("J20", "发电九部", "unknown-unit")]
    [InlineData("J20", null, "missing-unit")]
    [InlineData("K20", "没有人", "unknown-person")]
    [InlineData("K20", null, "missing-rectifier")]
    [InlineData("I20", "张三（999999）", "unknown-person")]
    [InlineData("I20", "张三（000310）", "unknown-person")]
    [InlineData("O20", "邹维民", "ambiguous-person")]
    [InlineData("G20", "玄学隐患", "unknown-category")]
    [InlineData("L20", "#DIV/0!", "formula-error")]
    public async Task A_wrong_cell_is_found_and_nothing_goes_in(string cell, string? text, string kind)
    {
        await using var desk = await Shared.StaffedPlantAsync();
        var before = await desk.CensusAsync();
        var result = await desk.ImportAsync("findings", EditedFile.Of("hazard-ledger.xlsx", (cell, text)), "hazard-ledger.xlsx");
        Assert.Contains(("隐患台账", cell, kind), result.Errors.Select(error => (error.Sheet, error.Cell, error.Kind)));
        Assert.All(result.Errors, error => Assert.EndsWith(cell[1..], error.Cell));
        Assert.Equal((160, 159, 0), (result.Counts.Rows, result.Counts.Valid, result.Counts.Imported));
        Assert.Equal(before, await desk.CensusAsync());
    }

    [Fact]
    public async Task A_rectifier_cannot_have_verified_his_own_work()
    {
        await using var desk = await Shared.StaffedPlantAsync();
        var result = await desk.CheckAsync("findings", EditedFile.Of("hazard-ledger.xlsx", ("O4", "夏嘉诚")), "hazard-ledger.xlsx");
        Assert.Equal([("O4", "own-verification")], result.Errors.Select(error => (error.Cell, error.Kind)));
    }

    [Fact]
    public async Task An_unknown_place_comes_with_places_to_choose_from()
    {
        await using var desk = await Shared.StaffedPlantAsync();
        var result = await desk.CheckAsync("findings", EditedFile.Of("hazard-ledger.xlsx", ("D20", "锅炉房最上头"), ("E20", "某个阀")), "hazard-ledger.xlsx");
        Assert.Equal([("D20", "unknown-place")], result.Errors.Select(error => (error.Cell, error.Kind)));
        var word = Assert.Single(result.Words);
        Assert.Equal(("location", "锅炉房最上头", 1), (word.Column, word.Word, word.Rows));
        Assert.Contains(word.Candidates, candidate => candidate.Title.StartsWith("锅炉房", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_puts_the_place_in_and_is_remembered_and_a_kept_word_stays_a_word()
    {
        await using var desk = await ImportDesk.WithPlantAsync(people: true);
        var options = new ImportOptions { Adjust = (choices, _) => choices.WithWord("location", "锅炉房最上头", "P-A01-06").WithWord("location", "月亮上", ImportChoices.KeepWord) };
        var file = EditedFile.Of("hazard-ledger.xlsx", ("D20", "锅炉房最上头"), ("E20", "某个阀"), ("D21", "月亮上"), ("E21", "环形山"));
        Assert.Empty((await desk.ImportAsync("findings", file, "hazard-ledger.xlsx", options)).Errors);
        var places = await desk.ReadAsync(db => db.Findings.Where(f => f.Number == "YH-2025-017" || f.Number == "YH-2025-018").OrderBy(f => f.Number).Select(f => new { f.PlaceId, f.PlaceText }).ToListAsync());
        Assert.NotNull(places[0].PlaceId);
        Assert.Equal((null, "月亮上 环形山"), (places[1].PlaceId, places[1].PlaceText));
        Assert.True(await desk.ReadAsync(db => db.PlaceWords.AnyAsync(word => word.Word == "锅炉房最上头")));
    }

    [Fact]
    public async Task Without_places_the_words_of_the_ledger_stay()
    {
        await using var desk = await ImportDesk.WithPlantAsync(people: true);
        await desk.ReadAsync(async db =>
        {
            await db.PlaceWords.ExecuteDeleteAsync();
            await db.Places.Where(place => place.ParentId != null && db.Places.Any(parent => parent.Id == place.ParentId && parent.ParentId != null)).ExecuteDeleteAsync();
            await db.Places.Where(place => place.ParentId != null).ExecuteDeleteAsync();
            await db.Places.ExecuteDeleteAsync();
        });
        var result = await desk.ImportAsync("findings", EditedFile.Of("hazard-ledger.xlsx", ("D20", "随便哪里")), "hazard-ledger.xlsx");
        Assert.Equal((160, 0), (result.Counts.Imported, result.Errors.Count));
    }

    [Theory]
    [InlineData("Q20", "已合并", "", "unknown-merge-target")]
    [InlineData("Q20", "已合并", "并入 YH-2025-999", "unknown-merge-target")]
    [InlineData("Q20", "已合并", "并入 YH-2025-001", null)]
    [InlineData("Q20", "不予受理", "现场没有", null)]
    [InlineData("Q20", "待派发", "", null)]
    [InlineData("Q20", "待关闭", "", "missing-completion-date")]
    public async Task Every_state_of_the_product_can_stand_in_a_ledger(string cell, string word, string remark, string? kind)
    {
        await using var desk = await Shared.StaffedPlantAsync();
        var file = EditedFile.Of("hazard-ledger.xlsx", (cell, word), ("R20", remark), ("N20", null), ("P20", null));
        var result = await desk.CheckAsync("findings", file, "hazard-ledger.xlsx");
        Assert.Equal(kind is null ? [] : [kind], result.Errors.Select(error => error.Kind));
    }

    [Theory]
    [InlineData("其他：月亮上", "月亮上 环形山")]
    [InlineData("其他:月亮上", "月亮上 环形山")]
    public async Task A_place_of_its_own_words_says_so(string place, string text)
    {
        await using var desk = await ImportDesk.WithPlantAsync(people: true);
        var file = EditedFile.Of("hazard-ledger.xlsx", ("D20", place), ("E20", "环形山"), ("G20", "其他：陨石"));
        Assert.Empty((await desk.ImportAsync("findings", file, "hazard-ledger.xlsx")).Errors);
        var finding = await desk.ReadAsync(db => db.Findings.SingleAsync(f => f.Number == "YH-2025-017"));
        Assert.Equal((null, text, null, "台账类别：陨石"), (finding.PlaceId, finding.PlaceText, finding.CategoryId, finding.GradeBasis));
    }

    [Fact]
    public async Task Crews_of_one_name_are_told_apart_by_their_department()
    {
        await using var desk = await Shared.StaffedPlantAsync();
        var result = await desk.CheckAsync("findings", EditedFile.Of("hazard-ledger.xlsx", ("J20", "运行一值")), "hazard-ledger.xlsx");
        var error = Assert.Single(result.Errors);
        Assert.Equal(("J20", "unknown-unit"), (error.Cell, error.Kind));
        Assert.Contains("发电一部/运行一值", error.Message);
        foreach (var written in new[] { "发电一部/运行一值", "发电一部／运行一值", "发电一部运行一值" })
            Assert.Empty((await desk.CheckAsync("findings", EditedFile.Of("hazard-ledger.xlsx", ("J20", written)), "hazard-ledger.xlsx")).Errors);
    }

    [Fact]
    public async Task Who_has_left_stays_in_the_past_but_takes_no_open_finding()
    {
        await using var desk = await ImportDesk.WithPlantAsync(people: true);
        var (open, closed) = (RowIn("整改中"), RowIn("已闭环"));
        foreach (var number in new[] { open.Number, closed.Number }.Distinct())
        {
            var person = await desk.ReadAsync(db => db.People.SingleAsync(p => p.Number == number));
            await desk.AsAsync<PeopleActions>(people => people.LeaveAsync(person.Id, new DateOnly(2026, 11, 1), person.Version));
        }
        var result = await desk.CheckAsync("findings",
            EditedFile.Of("hazard-ledger.xlsx", ($"K{open.Row}", $"（{open.Number}）"), ($"K{closed.Row}", $"（{closed.Number}）")), "hazard-ledger.xlsx");
        var error = Assert.Single(result.Errors, error => error.Cell == $"K{open.Row}");
        Assert.Equal("left-person", error.Kind);
        Assert.Contains("已在 2026-11-01 离开", error.Message);
        Assert.DoesNotContain(result.Errors, error => error.Cell == $"K{closed.Row}");
    }

    /// <summary>A row of the ledger in this state, and somebody to put into it.</summary>
    static (int Row, string Number) RowIn(string status)
    {
        var sheet = WorkbookReader.Read(EditedFile.Whole("hazard-ledger.xlsx"), "hazard-ledger.xlsx").Sheets[0];
        return (sheet.Rows.First(row => row[16].ToString() == status).Number, status == "整改中" ? "000310" : "000887");
    }

    [Fact]
    public async Task A_ledger_cannot_go_in_twice()
    {
        await using var desk = await ImportDesk.WithPlantAsync(people: true);
        await desk.ImportAsync("findings", EditedFile.Whole("hazard-ledger.xlsx"), "hazard-ledger.xlsx");
        var again = await desk.ImportAsync("findings", EditedFile.Whole("hazard-ledger.xlsx"), "hazard-ledger.xlsx");
        Assert.Equal((160, 0), (again.Errors.Count(error => error.Kind == "number-exists"), again.Counts.Imported));
        Assert.Equal(160, await desk.ReadAsync(db => db.Findings.CountAsync()));
    }

    [Fact]
    public async Task A_moved_ledger_takes_its_numbers_along()
    {
        await using var desk = await ImportDesk.WithPlantAsync(people: true);
        var options = new ImportOptions { Adjust = (choices, _) => choices with { ShiftDays = 364 } };
        Assert.Empty((await desk.ImportAsync("findings", EditedFile.Whole("hazard-ledger.xlsx"), "hazard-ledger.xlsx", options)).Errors);
        Assert.Equal(160, await desk.ReadAsync(db => db.Findings.CountAsync(f => f.Number.StartsWith("YH-2026-") || f.Number.StartsWith("YH-2025-"))));
        Assert.True(await desk.ReadAsync(db => db.Findings.AnyAsync(f => f.Number == "YH-2026-160")));
    }
}
