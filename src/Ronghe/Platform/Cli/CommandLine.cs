using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using Ronghe.Platform.Hosting;

namespace Ronghe.Platform.Cli;

/// <summary>The commands of the product as one tree of words, with the options that all of them share.</summary>
public sealed class CommandLine(Product product, IReadOnlyList<CliCommand> commands, TextWriter? results = null, TextWriter? talk = null)
{
    /// <summary>Long enough for the web server to finish its requests and for the database to write its checkpoint.</summary>
    static readonly TimeSpan Farewell = TimeSpan.FromSeconds(90);

    static readonly Dictionary<string, string> Groups = new()
    {
        ["import"] = "从表格导入",
        ["export"] = "导出为表格",
        ["user"] = "管理登录账号",
    };

    readonly TextWriter results = results ?? Console.Out;
    readonly TextWriter talk = talk ?? Console.Error;

    readonly Option<string?> data = new("--data")
    {
        Description = "数据目录，默认取环境变量 RONGHE_DATA，再默认 ./data",
        HelpName = "目录",
        Recursive = true,
    };

    readonly Option<bool> json = new("--json") { Description = "标准输出只有一个 JSON 对象，供程序读取", Recursive = true };

    public async Task<int> RunAsync(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        var words = Tree().Parse(args);
        if (words.Errors.Count > 0) return Misused(words, args);
        return await words.InvokeAsync(new()
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = Farewell,
            Output = results,
            Error = talk,
        });
    }

    RootCommand Tree()
    {
        var root = new RootCommand("融合：党建与安全生产、运营、人才一体化平台") { data, json };
        root.Options.OfType<HelpOption>().Single().Description = "显示帮助";
        foreach (var command in commands)
        {
            var path = command.Path.Split(' ');
            var group = path[..^1].Aggregate((Command)root, Group);
            group.Add(Leaf(command, path[^1]));
        }
        return root;
    }

    static Command Group(Command parent, string name)
    {
        if (parent.Subcommands.FirstOrDefault(command => command.Name == name) is { } known) return known;
        var made = new Command(name, Groups.GetValueOrDefault(name));
        parent.Add(made);
        return made;
    }

    Command Leaf(CliCommand command, string name)
    {
        var leaf = new Command(name, command.Description);
        foreach (var symbol in command.Symbols)
        {
            if (symbol is Option option) leaf.Add(option);
            else leaf.Add((Argument)symbol);
        }
        leaf.SetAction((words, cancel) => RunAsync(command, words, cancel));
        return leaf;
    }

    async Task<int> RunAsync(CliCommand command, ParseResult words, CancellationToken cancel)
    {
        var output = new CliOutput(words.GetValue(json), results, talk);
        var exit = await GuardedAsync(command, new(product, words, DataFolder(words), output, cancel));
        output.Answer(new { ok = exit == CliExit.Ok });
        return exit;
    }

    static async Task<int> GuardedAsync(CliCommand command, CliCall call)
    {
        try
        {
            return await command.RunAsync(call);
        }
        catch (Refusal refusal)
        {
            return Failed(call.Output, refusal.Message);
        }
        catch (OperationCanceledException) when (call.Cancel.IsCancellationRequested)
        {
            return Failed(call.Output, "已按要求中止，没有完成的部分没有保存。");
        }
        catch (Exception fault)
        {
            call.Output.Say(fault.ToString());
            return Failed(call.Output, $"发生了意外错误，命令没有完成：{fault.Message} 请运行 ronghe doctor 检查，并把以上信息交给管理员。");
        }
    }

    static int Failed(CliOutput output, string message)
    {
        output.Say(message);
        output.Answer(new { ok = false, error = message });
        return CliExit.Refused;
    }

    int Misused(ParseResult words, string[] args)
    {
        var message = string.Join(" ", words.Errors.Select(error => error.Message));
        talk.WriteLine($"{message}\n用法请看：ronghe {words.CommandResult.Command.Name} --help".Replace("ronghe ronghe", "ronghe"));
        new CliOutput(args.Contains("--json"), results, talk).Answer(new { ok = false, error = message });
        return CliExit.Usage;
    }

    string DataFolder(ParseResult words) => Path.GetFullPath(
        words.GetValue(data) ?? Environment.GetEnvironmentVariable("RONGHE_DATA") ?? "data");
}
