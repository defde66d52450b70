using System.CommandLine;
using System.Runtime.InteropServices;
using Ronghe.Platform.Hosting;

namespace Ronghe.Platform.Cli;

/// <summary>The product itself, until it is told to stop.</summary>
sealed class ServeCommand() : CliCommand("serve", "启动平台")
{
    readonly Option<int> port = new("--port") { Description = "端口，0 为任选一个空闲端口", HelpName = "端口号", DefaultValueFactory = _ => Listening.DefaultPort };
    readonly Option<string?> listen = new("--listen") { Description = "监听地址，默认只有本机能访问", HelpName = "IP" };
    readonly Option<bool> demo = new("--demo") { Description = "演示模式：首次启动时装入演示电厂和演示账号" };
    readonly Option<bool> showDemo = new("--show-demo") { Description = "允许别的电脑访问演示模式" };

    public override IReadOnlyList<Symbol> Symbols => [port, listen, demo, showDemo];

    public override async Task<int> RunAsync(CliCall call)
    {
        var isDemo = call.Get(demo);
        var listening = Listening.Choose(call.Get(listen), call.Get(port), isDemo, call.Get(showDemo));
        listening.EnsureFree();
        await using var open = await call.Product.OpenAsync(
            new(call.DataFolder, isDemo), LogStyle.Json, builder => builder.WebHost.ConfigureKestrel(listening.Apply), call.Cancel);
        var story = isDemo ? await TellStoryAsync(open, call.Cancel) : [];
        await StartAsync(open.App, listening, call.Cancel);
        using var hangUp = StopOnHangUp(open.App);
        Welcome(call.Output, open.App, story);
        await open.App.WaitForShutdownAsync(call.Cancel);
        call.Output.Say("平台已停止。");
        return CliExit.Ok;
    }

    static async Task<IReadOnlyList<string>> TellStoryAsync(OpenProduct open, CancellationToken cancel)
    {
        if (open.Services.GetService<DemoStory>() is not { } story) return [];
        await using var scope = open.Services.CreateAsyncScope();
        return await story.EnsureAsync(scope.ServiceProvider, cancel);
    }

    static async Task StartAsync(WebApplication app, Listening listening, CancellationToken cancel)
    {
        try
        {
            await app.StartAsync(cancel);
        }
        catch (IOException problem) when (problem.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw listening.Taken();
        }
    }

    static void Welcome(CliOutput output, WebApplication app, IReadOnlyList<string> story)
    {
        output.Line($"融合已启动：{string.Join("  ", app.Urls)}");
        foreach (var line in story) output.Line(line);
        output.Line("按 Ctrl-C 停止。");
        output.Answer(new { ok = true, addresses = app.Urls, version = Deployment.Version });
    }

    /// <summary>A closed terminal ends the product in order, as Ctrl-C does.</summary>
    static PosixSignalRegistration StopOnHangUp(WebApplication app) => PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
    {
        signal.Cancel = true;
        app.Lifetime.StopApplication();
    });
}
