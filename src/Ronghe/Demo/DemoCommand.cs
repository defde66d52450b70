using System.CommandLine;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Cli;

namespace Ronghe.Demo;

/// <summary>Loads the demo plant into an empty data folder, as of any day.</summary>
sealed class DemoCommand() : CliCommand("demo", "向空的数据文件夹装入演示电厂（480 人、一年的隐患和安全工作）")
{
    readonly Option<DateOnly?> _today = new("--today") { Description = "演示的“今天”，默认当天；故事的全部日期随之平移", HelpName = "yyyy-MM-dd" };

    public override IReadOnlyList<Symbol> Symbols => [_today];

    public override async Task<int> RunAsync(CliCall call)
    {
        await using var open = await call.OpenAsync(isDemo: true);
        await using var scope = open.Services.CreateAsyncScope();
        await DemoLoader.RequireFreeAsync(scope.ServiceProvider, call.Cancel);
        var now = call.Get(_today)?.At(new TimeOnly(10, 0)) ?? TimeProvider.System.GetUtcNow();
        var loader = open.Services.GetRequiredService<DemoLoader>();
        var lines = await call.Output.ProgressAsync("装入演示电厂", bar => loader.EnsureAsync(scope.ServiceProvider, now, (_, share) => bar.Report(share), call.Cancel));
        foreach (var line in lines) call.Output.Line(line);
        call.Output.Answer(new { ok = true, today = now.PlantDate(), accounts = await DemoAccounts.ReadAsync(call.DataFolder) });
        return CliExit.Ok;
    }
}
