using System.CommandLine;
using System.Diagnostics;
using Ronghe.Platform.Cli;
using Paths = System.IO.Path;

namespace Ronghe.Platform.Backup;

/// <summary>A backup into a new data folder; nothing that exists is touched.</summary>
public sealed class RestoreCommand() : CliCommand("restore", "把备份恢复到一个新的数据目录，并核对")
{
    readonly Argument<string> backup = new("BACKUP") { Description = "备份的文件夹", HelpName = "文件夹" };
    readonly Argument<string> into = new("INTO") { Description = "恢复到哪个数据目录，须不存在或是空的", HelpName = "文件夹" };
    readonly Option<string?> keys = new("--keys") { Description = "另存的密钥在哪个文件夹，默认是 BACKUP.keys", HelpName = "文件夹" };
    readonly Option<bool> withoutKeys = new("--without-keys") { Description = "密钥丢了也恢复：所有人要重新登录，加密的内容打不开" };

    public override IReadOnlyList<Symbol> Symbols => [backup, into, keys, withoutKeys];

    public override async Task<int> RunAsync(CliCall call)
    {
        var (from, to) = (Paths.GetFullPath(call.Get(backup)!), Paths.GetFullPath(call.Get(into)!));
        var keysFolder = call.Get(withoutKeys) ? null : Paths.GetFullPath(call.Get(keys) ?? from.TrimEnd(Paths.DirectorySeparatorChar) + BackupRun.KeysSuffix);
        var watch = Stopwatch.StartNew();
        var report = await call.Output.ProgressAsync("恢复", progress => new RestoreRun(call.Product.Schema).RestoreAsync(from, keysFolder, to, progress, call.Cancel));
        call.Output.Line($"已恢复到 {to}，用时 {watch.Elapsed.TotalSeconds:0.0} 秒：数据截至 {report.Manifest.AsOf.ToLocalTime():yyyy-MM-dd HH:mm:ss}。");
        call.Output.Line($"核对通过：每个文件和清单一致，{report.Rows.Count} 张表、日志 {report.Rows["journal"]} 行、{report.FilesReferredTo} 个被引用的文件都在。");
        foreach (var difference in report.Differences) call.Output.Say($"备份最后一刻还在写入：{difference} 行。");
        call.Output.Line($"启动：ronghe serve --data {to}");
        call.Output.Answer(new
        {
            ok = true, id = report.Manifest.Id, folder = to, asOf = report.Manifest.AsOf, seconds = watch.Elapsed.TotalSeconds,
            rows = report.Rows, backedUpRows = report.Manifest.Rows, filesReferredTo = report.FilesReferredTo,
        });
        return CliExit.Ok;
    }
}
