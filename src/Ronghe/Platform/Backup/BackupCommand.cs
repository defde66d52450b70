using System.CommandLine;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Ronghe.Platform.Cli;
using Ronghe.Platform.Data;
using Ronghe.Platform.Hosting;
using Paths = System.IO.Path;

namespace Ronghe.Platform.Backup;

/// <summary>A backup while the product runs, or of one that stands still.</summary>
public sealed class BackupCommand() : CliCommand("backup", "备份数据库、文件和密钥，平台可以照常运行")
{
    readonly Argument<string> target = new("TARGET") { Description = "备份到哪个文件夹，须不存在或是空的", HelpName = "文件夹" };
    readonly Option<string?> keys = new("--keys") { Description = "密钥另存到哪个文件夹，默认是 TARGET.keys", HelpName = "文件夹" };
    readonly Option<bool> verify = new("--verify") { Description = "备份完恢复到临时文件夹核对一遍，需要同样多的空间" };

    public override IReadOnlyList<Symbol> Symbols => [target, keys, verify];

    public override async Task<int> RunAsync(CliCall call)
    {
        var folder = Paths.GetFullPath(call.Get(target)!);
        var keysFolder = Paths.GetFullPath(call.Get(keys) ?? folder.TrimEnd(Paths.DirectorySeparatorChar) + BackupRun.KeysSuffix);
        RefuseInside(call.DataFolder, folder, keysFolder);
        var watch = Stopwatch.StartNew();
        var manifest = await TakeAsync(call, folder, keysFolder);
        call.Output.Line($"已备份到 {folder}：{manifest.Files} 个文件，{NewFolder.Say(manifest.Bytes)}，用时 {watch.Elapsed.TotalSeconds:0.0} 秒；包含 {manifest.AsOf.ToLocalTime():yyyy-MM-dd HH:mm:ss} 之前提交的一切。");
        call.Output.Line($"密钥和设置另存在 {keysFolder}。请移到别处保管：有备份没有密钥，加密的内容打不开；两样放在一起，拿到的人什么都能看。");
        var report = call.Get(verify) ? await VerifyAsync(call, folder, keysFolder) : null;
        call.Output.Answer(new
        {
            ok = true, id = manifest.Id, folder, keys = keysFolder, files = manifest.Files, bytes = manifest.Bytes, asOf = manifest.AsOf,
            seconds = watch.Elapsed.TotalSeconds, rows = manifest.Rows, verified = report is not null,
        });
        return CliExit.Ok;
    }

    static async Task<BackupManifest> TakeAsync(CliCall call, string folder, string keysFolder)
    {
        var settings = Product.Builder(new(call.DataFolder, IsDemo: false)).Configuration;
        if (settings[Database.SettingsKey] is { Length: > 0 })
            throw new Refusal("数据库是外部的 PostgreSQL，没有备份。请用它自己的办法（pg_basebackup、pgBackRest 等）备份数据库，再复制 files/ 和 keys/，见运维手册。");
        if (!Directory.Exists(call.DataFolder)) throw new Refusal($"数据目录 {call.DataFolder} 不存在，没有备份。请用 --data 指定。");
        await using var database = await Database.OpenAsync(settings, call.DataFolder, NullLogger.Instance, call.Cancel);
        var run = new BackupRun(database.Embedded!, call.DataFolder, TimeProvider.System);
        return await call.Output.ProgressAsync("备份", progress => run.TakeAsync(folder, keysFolder, progress, call.Cancel));
    }

    static async Task<RestoreReport> VerifyAsync(CliCall call, string folder, string keysFolder)
    {
        var trial = folder.TrimEnd(Paths.DirectorySeparatorChar) + ".verify";
        var report = await call.Output.ProgressAsync("核对", progress => new RestoreRun(call.Product.Schema).RestoreAsync(folder, keysFolder, trial, progress, call.Cancel));
        RestoreRun.Remove(trial);
        call.Output.Line($"核对通过：恢复到临时文件夹，{report.Rows.Count} 张表、日志 {report.Rows["journal"]} 行、{report.FilesReferredTo} 个文件都在；临时文件夹已删除。");
        return report;
    }

    static void RefuseInside(string dataFolder, params string[] targets)
    {
        foreach (var folder in targets)
            if ((folder + Paths.DirectorySeparatorChar).StartsWith(dataFolder + Paths.DirectorySeparatorChar, StringComparison.Ordinal))
                throw new Refusal($"{folder} 在数据目录里面，没有备份：和数据放在一起的备份会一起丢。请换到别的磁盘。");
    }
}
