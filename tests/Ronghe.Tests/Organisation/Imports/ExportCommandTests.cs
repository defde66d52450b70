using System.Text.Json;
using Ronghe.Organisation.Imports;
using Ronghe.Platform.Cli;
using Ronghe.Platform.Hosting;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Tests.Organisation.Imports;

/// <summary>The operator at the server's console: whole lists into files.</summary>
public sealed class ExportCommandTests : IDisposable
{
    readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Lists_are_written_whole_and_nothing_is_overwritten_unasked()
    {
        // Held open, so that each command joins the database instead of starting and stopping one.
        await using var product = await Program.Product.OpenAsync(new Deployment(_folder.Path, IsDemo: false), LogStyle.Plain, cancel: TestContext.Current.CancellationToken);
        await using (var db = AppDb.Open(product.Address.Owner)) await World.BuildAsync(db);

        var (exit, answer) = await RunAsync("people", _folder["花名册.xlsx"]);
        Assert.Equal((CliExit.Ok, 16, _folder["花名册.xlsx"]), (exit, answer.GetProperty("rows").GetInt32(), answer.GetProperty("file").GetString()));
        Assert.Equal(2, answer.EnumerateObject().Count());
        using (var file = File.OpenRead(_folder["花名册.xlsx"])) Assert.Equal(19, WorkbookReader.Read(file, "花名册.xlsx").Sheets[0].Rows.Count);

        await File.WriteAllTextAsync(_folder["组织.xlsx"], "旧的", TestContext.Current.CancellationToken);
        (exit, answer) = await RunAsync("org", _folder["组织.xlsx"]);
        Assert.Equal(CliExit.Refused, exit);
        Assert.Contains("已经存在", answer.GetProperty("error").GetString());
        Assert.Equal("旧的", await File.ReadAllTextAsync(_folder["组织.xlsx"], TestContext.Current.CancellationToken));
        (exit, answer) = await RunAsync("org", _folder["组织.xlsx"], "--force");
        Assert.Equal((CliExit.Ok, 11), (exit, answer.GetProperty("rows").GetInt32()));
        Assert.True(new FileInfo(_folder["组织.xlsx"]).Length > 2_000);
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.partial"));
    }

    [Theory]
    [InlineData("台账.csv", "扩展名改为 .xlsx")]
    [InlineData("没有的目录/台账.xlsx", "没有文件夹")]
    public async Task A_place_where_nothing_can_be_written_is_refused_before_anything_starts(string name, string words)
    {
        var (exit, answer) = await RunAsync("findings", _folder[name]);
        Assert.Equal(CliExit.Refused, exit);
        Assert.Contains(words, answer.GetProperty("error").GetString());
        Assert.False(Directory.Exists(_folder["postgres"]));
    }

    async Task<(int Exit, JsonElement Answer)> RunAsync(string kind, string file, params string[] more)
    {
        var results = new StringWriter();
        CliCommand[] commands = [new ExportCommand("org", ""), new ExportCommand("people", ""), new ExportCommand("findings", "")];
        var exit = await new CommandLine(Program.Product, commands, results, new StringWriter()).RunAsync(["export", kind, file, .. more, "--data", _folder.Path, "--json"]);
        return (exit, JsonDocument.Parse(results.ToString()).RootElement);
    }
}
