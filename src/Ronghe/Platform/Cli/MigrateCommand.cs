using Microsoft.Extensions.Logging.Abstractions;
using Ronghe.Platform.Data;
using Ronghe.Platform.Hosting;

namespace Ronghe.Platform.Cli;

/// <summary>Brings the tables up to date without starting anything else.</summary>
sealed class MigrateCommand() : CliCommand("migrate", "升级数据库表结构")
{
    public override async Task<int> RunAsync(CliCall call)
    {
        var settings = Product.Builder(new(call.DataFolder, IsDemo: false)).Configuration;
        await using var database = await Database.OpenAsync(settings, call.DataFolder, NullLogger.Instance, call.Cancel);
        var pending = await call.Product.Schema.PendingAsync(database.Address, call.Cancel);
        await call.Product.Schema.MigrateAsync(database.Address, call.Cancel);
        foreach (var name in pending) call.Output.Line(name);
        call.Output.Say(pending.Count == 0 ? "表结构已是最新。" : $"已升级 {pending.Count} 步，表结构已是最新。");
        call.Output.Answer(new { ok = true, applied = pending });
        return CliExit.Ok;
    }
}
