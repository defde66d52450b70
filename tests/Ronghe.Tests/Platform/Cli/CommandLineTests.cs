using System.CommandLine;
using System.Text.Json;
using Ronghe.Platform;
using Ronghe.Platform.Cli;

namespace Ronghe.Tests.Platform.Cli;

public class CommandLineTests
{
    readonly StringWriter results = new(), talk = new();

    [Fact]
    public async Task A_result_is_one_json_object_when_asked_and_lines_otherwise()
    {
        var command = new Told((call, _) =>
        {
            call.Output.Line("三行");
            call.Output.Answer(new { rows = 3 });
            return CliExit.Ok;
        });
        Assert.Equal(CliExit.Ok, await RunAsync(command, "import", "things", "a.xlsx"));
        Assert.Equal("三行\n", results.ToString());
        results.GetStringBuilder().Clear();
        Assert.Equal(CliExit.Ok, await RunAsync(command, "import", "things", "a.xlsx", "--json"));
        Assert.Equal(3, Answer.GetProperty("rows").GetInt32());
    }

    [Fact]
    public async Task A_command_that_answers_nothing_still_gives_one_json_object()
    {
        Assert.Equal(CliExit.Refused, await RunAsync(new Told((_, _) => CliExit.Refused), "import", "things", "a.xlsx", "--json"));
        Assert.False(Answer.GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task A_refusal_is_said_in_words_and_answered_with_exit_code_one()
    {
        var command = new Told((_, _) => throw new Refusal("文件不是表格。"));
        Assert.Equal(CliExit.Refused, await RunAsync(command, "import", "things", "a.xlsx", "--json"));
        Assert.Equal("文件不是表格。\n", talk.ToString());
        Assert.Equal("文件不是表格。", Answer.GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_fault_is_answered_with_exit_code_one_and_its_particulars_stay_off_standard_output()
    {
        var command = new Told((_, _) => throw new InvalidOperationException("boom"));
        Assert.Equal(CliExit.Refused, await RunAsync(command, "import", "things", "a.xlsx"));
        Assert.Empty(results.ToString());
        Assert.Contains("boom", talk.ToString());
    }

    [Theory]
    [InlineData("export", "nothing")]
    [InlineData("import", "things")]
    [InlineData("import", "things", "a.xlsx", "--colour")]
    [InlineData]
    public async Task Words_that_make_no_sense_are_answered_with_exit_code_two(params string[] words)
    {
        Assert.Equal(CliExit.Usage, await RunAsync(new Told((_, _) => CliExit.Ok), [.. words, "--json"]));
        Assert.False(Answer.GetProperty("ok").GetBoolean());
        Assert.Contains("--help", talk.ToString());
    }

    [Fact]
    public async Task The_data_folder_may_be_named_anywhere_on_the_line_and_is_made_absolute()
    {
        var seen = new List<string>();
        var command = new Told((call, file) =>
        {
            seen.Add(call.DataFolder);
            Assert.Equal("a.xlsx", file);
            return CliExit.Ok;
        });
        await RunAsync(command, "--data", "x", "import", "things", "a.xlsx");
        await RunAsync(command, "import", "things", "a.xlsx", "--data", "x");
        Assert.Equal([Path.GetFullPath("x"), Path.GetFullPath("x")], seen);
    }

    JsonElement Answer => JsonDocument.Parse(results.ToString()).RootElement;

    Task<int> RunAsync(CliCommand command, params string[] words) =>
        new CommandLine(Program.Product, [command], results, talk).RunAsync(words);

    sealed class Told(Func<CliCall, string?, int> act) : CliCommand("import things", "A command of this test")
    {
        readonly Argument<string> file = new("FILE");

        public override IReadOnlyList<Symbol> Symbols => [file];

        public override Task<int> RunAsync(CliCall call) => Task.FromResult(act(call, call.Get(file)));
    }
}
