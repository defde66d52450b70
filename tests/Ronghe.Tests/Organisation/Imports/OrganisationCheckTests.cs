using Microsoft.EntityFrameworkCore;
using Ronghe.Platform;

namespace Ronghe.Tests.Organisation.Imports;

/// <summary>Everything that can be wrong in an organisation list is found at its cell and called by its name.</summary>
public class OrganisationCheckTests
{
    [Theory]
    [InlineData("行政组织!A20", null, "missing-code")]
    [InlineData("行政组织!A20", "100401", "duplicate-code")]
    [InlineData("党组织!A13", "100401", "duplicate-code")]
    [InlineData("行政组织!B20", null, "missing-name")]
    [InlineData("行政组织!B20", "热控一班", "duplicate-name")]
    [InlineData("行政组织!C20", "9999", "unknown-parent")]
    [InlineData("行政组织!C20", "100401", "wrong-parent")]
    [InlineData("行政组织!C20", null, "several-roots")]
    [InlineData("行政组织!D20", "工段长", "unknown-kind")]
    [InlineData("行政组织!E20", "#NAME!", "formula-error")]
    [InlineData("党组织!F4", "1997年13月", "impossible-date")]
    [InlineData("党组织!G4", "2029-01-01", "impossible-date")]
    [InlineData("党组织!H4", "很久", "unknown-term")]
    [InlineData("党组织!I4", "发电九部", "unknown-unit")]
    [InlineData("党组织!I15", "设备管理部（本部、没有的班）", "unknown-unit")]
    public async Task A_wrong_cell_is_found_and_nothing_goes_in(string cell, string? text, string kind)
    {
        await using var desk = await ImportDesk.OpenAsync();
        var result = await desk.ImportAsync("org", EditedFile.Of("org.xlsx", (cell, text)), "org.xlsx");
        Assert.Equal([(cell, kind)], result.Errors.Select(error => ($"{error.Sheet}!{error.Cell}", error.Kind)));
        Assert.Equal((84, 0), (result.Counts.Rows, result.Counts.Imported));
        Assert.StartsWith("nodes 0 ", await desk.CensusAsync());
    }

    [Fact]
    public async Task What_stands_below_a_faulty_row_waits_for_it_without_errors_of_its_own()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var result = await desk.CheckAsync("org", EditedFile.Of("org.xlsx", ("行政组织!D5", "工段")), "org.xlsx");
        Assert.Equal("unknown-kind", Assert.Single(result.Errors, error => error.Sheet == "行政组织").Kind);
        Assert.Contains(result.Notes, note => note.Contains("第 6、7、8、9、10 行的上级有错误"));
    }

    [Fact]
    public async Task Two_units_that_stand_below_each_other_are_found()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var result = await desk.CheckAsync("org", EditedFile.Of("org.xlsx", ("行政组织!C5", "1003"), ("行政组织!C11", "1002")), "org.xlsx");
        Assert.Contains(result.Errors, error => error is { Cell: "C5", Kind: "parent-loop" });
    }

    [Fact]
    public async Task A_second_time_changes_only_what_is_different()
    {
        await using var desk = await ImportDesk.WithPlantAsync(people: true);
        var again = await desk.ImportAsync("org", EditedFile.Whole("org.xlsx"), "org.xlsx");
        Assert.Equal((84, 0, 0), (again.Counts.Imported, again.Counts.Created, again.Counts.Changed));
        var edited = await desk.ImportAsync("org", EditedFile.Of("org.xlsx", ("行政组织!B20", "继电保护班"), ("党组织!I4", "发电一部、发电二部")), "org.xlsx");
        Assert.Equal((0, 2), (edited.Counts.Created, edited.Counts.Changed));
        Assert.Equal(19, await desk.ReadAsync(db => db.PartyCoverage.CountAsync()));
        await desk.UndoAsync(edited.RunId!.Value);
        Assert.Equal("继保班", await desk.ReadAsync(db => db.Units.Where(unit => unit.Code == "100403").Select(unit => unit.Name).SingleAsync()));
        Assert.Equal(18, await desk.ReadAsync(db => db.PartyCoverage.CountAsync()));
    }

    [Fact]
    public async Task A_unit_that_moves_takes_its_place_in_the_closure()
    {
        await using var desk = await ImportDesk.WithPlantAsync();
        var result = await desk.ImportAsync("org", EditedFile.Of("org.xlsx", ("行政组织!C21", "1005")), "org.xlsx");
        Assert.Empty(result.Errors);
        var above = await desk.ReadAsync(db => (from pair in db.NodeClosure join below in db.Nodes on pair.DescendantId equals below.Id join up in db.Nodes on pair.AncestorId equals up.Id
            where below.Code == "100404" orderby pair.Depth select up.Code).ToListAsync());
        Assert.Equal(["100404", "1005", "10"], above);
    }

    [Fact]
    public async Task Another_company_s_list_is_not_mixed_in()
    {
        await using var desk = await ImportDesk.WithPlantAsync();
        var result = await desk.CheckAsync("org", EditedFile.Of("org.xlsx", ("行政组织!A3", "77")), "org.xlsx");
        Assert.Contains(result.Errors, error => error is { Cell: "A3", Kind: "other-company" });
    }

    [Fact]
    public async Task The_first_file_must_hold_the_units()
    {
        await using var desk = await ImportDesk.OpenAsync();
        await Assert.ThrowsAsync<Refusal>(() => desk.ImportAsync("org", EditedFile.Whole("roster.xlsx"), "roster.xlsx"));
    }
}
