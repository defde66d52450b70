using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Imports;

namespace Ronghe.Tests.Organisation.Imports;

/// <summary>Everything that can be wrong in a roster is found at its cell and called by its name.</summary>
public class RosterCheckTests
{
    [Theory]
    [InlineData("B20", "000310", "duplicate-number")]
    [InlineData("B20", null, "missing-number")]
    [InlineData("C20", null, "missing-name")]
    [InlineData("C20", "　 ", "missing-name")]
    [InlineData("D20", "人", "unknown-gender")]
    [InlineData("E20", "1985.13", "impossible-date")]
    [InlineData("E20", "2031年6月", "impossible-date")]
    [InlineData("L20", "2010年2月30日", "impossible-date")]
    [InlineData("L20", "1980-01-01", "impossible-date")]
    [InlineData("S20", "不详", "unreadable-date")]
    [InlineData("G20", "发电三部", "unknown-unit")]
    [InlineData("G20", null, "missing-unit")]
    [InlineData("H20", "运行九值", "unknown-crew")]
    [InlineData("O20", "民主人士", "unknown-status")]
    [InlineData("P20", "发电九部党支部", "unknown-branch")]
    [InlineData("P20", null, "missing-branch")]
    [InlineData("Q20", "第九党小组", "unknown-group")]
    [InlineData("R18", "管事的", "unknown-party-post")]
    [InlineData("S18", "1990-06-28", "too-young-for-party")]
    [InlineData("T18", "1996-06-28", "confirmed-before-joined")]
    [InlineData("E20", "#REF!", "formula-error")]
    [InlineData("A20", "#VALUE!", "formula-error")]
    [InlineData("U20", "打不通", "unreadable-phone")]
    public async Task A_wrong_cell_is_found_and_nothing_goes_in(string cell, string? text, string kind)
    {
        await using var desk = await Shared.PlantAsync();
        var before = await desk.CensusAsync();
        var result = await desk.ImportAsync("people", EditedFile.Of("roster.xlsx", (cell, text)), "roster.xlsx");
        Assert.Equal([("员工花名册", cell, kind)], result.Errors.Select(error => (error.Sheet, error.Cell, error.Kind)));
        Assert.Equal((480, 479, 0), (result.Counts.Rows, result.Counts.Valid, result.Counts.Imported));
        Assert.Matches("[\u4e00-\u9fa5]", result.Errors[0].Message);
        Assert.Equal(before, await desk.CensusAsync());
    }

    [Fact]
    public async Task An_error_below_a_merged_cell_names_the_cell_of_its_own_row()
    {
        await using var desk = await Shared.PlantAsync();
        var result = await desk.CheckAsync("people", EditedFile.Of("roster.xlsx", ("H200", "没有的班")), "roster.xlsx");
        Assert.Equal([("H200", "unknown-crew")], result.Errors.Select(error => (error.Cell, error.Kind)));
    }

    [Fact]
    public async Task Good_rows_go_in_when_asked_for_and_the_others_stay_out()
    {
        await using var desk = await ImportDesk.WithPlantAsync();
        var file = EditedFile.Of("roster.xlsx", ("C20", null), ("E30", "1985.13"), ("E31", "1985.13"));
        var result = await desk.ImportAsync("people", file, "roster.xlsx", new() { Mode = ImportMode.GoodRows });
        Assert.Equal((480, 477, 477, 3), (result.Counts.Rows, result.Counts.Valid, result.Counts.Imported, result.Errors.Count));
        Assert.Equal(477, await desk.ReadAsync(db => db.People.CountAsync()));
    }

    [Fact]
    public async Task A_dry_run_changes_nothing()
    {
        await using var desk = await Shared.PlantAsync();
        var before = await desk.CensusAsync();
        var result = await desk.CheckAsync("people", EditedFile.Whole("roster.xlsx"), "roster.xlsx");
        Assert.Equal((480, 480, 0), (result.Counts.Rows, result.Counts.Valid, result.Counts.Imported));
        Assert.Equal(before, await desk.CensusAsync());
    }

    [Fact]
    public async Task Text_that_looks_like_a_formula_stays_text()
    {
        await using var desk = await ImportDesk.WithPlantAsync();
        await desk.ImportAsync("people", EditedFile.Of("roster.xlsx", ("I20", "=HYPERLINK(\"x\")")), "roster.xlsx");
        Assert.Equal("=HYPERLINK(\"x\")", await desk.ReadAsync(db => db.People.Where(p => p.Number == "001140").Select(p => p.Position).SingleAsync()));
    }

    [Fact]
    public async Task People_come_after_the_organisation()
    {
        await using var desk = await ImportDesk.OpenAsync();
        var refusal = await Assert.ThrowsAsync<Ronghe.Platform.Refusal>(() => desk.ImportAsync("people", EditedFile.Whole("roster.xlsx"), "roster.xlsx"));
        Assert.Contains("先导入组织机构", refusal.Message);
    }
}

/// <summary>A plant that refused files leave as it is; the tests that only look share it.</summary>
static class Shared
{
    static readonly SemaphoreSlim One = new(1);
    static ImportDesk? plant, staffed;

    public static Task<Lease> PlantAsync() => LeaseAsync(async () => plant ??= await ImportDesk.WithPlantAsync());
    public static Task<Lease> StaffedPlantAsync() => LeaseAsync(async () => staffed ??= await ImportDesk.WithPlantAsync(people: true));

    static async Task<Lease> LeaseAsync(Func<Task<ImportDesk>> open)
    {
        await One.WaitAsync();
        try
        {
            return new(await open(), One);
        }
        catch
        {
            One.Release();
            throw;
        }
    }

    public sealed class Lease(ImportDesk desk, SemaphoreSlim gate) : IAsyncDisposable
    {
        public Task<ImportResult> ImportAsync(string kind, Stream file, string name, ImportOptions? options = null) => desk.ImportAsync(kind, file, name, options);
        public Task<ImportResult> CheckAsync(string kind, Stream file, string name) => desk.CheckAsync(kind, file, name);
        public Task<string> CensusAsync() => desk.CensusAsync();
        public Task<T> ReadAsync<T>(Func<AppDb, Task<T>> read) => desk.ReadAsync(read);

        public ValueTask DisposeAsync()
        {
            gate.Release();
            return ValueTask.CompletedTask;
        }
    }
}
