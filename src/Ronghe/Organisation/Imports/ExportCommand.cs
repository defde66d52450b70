using System.CommandLine;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Cli;

namespace Ronghe.Organisation.Imports;

/// <summary><c>ronghe export org|people|findings FILE</c>: a workbook that <c>ronghe import</c> takes in again.</summary>
public sealed class ExportCommand(string kind, string description) : CliCommand($"export {kind}", description)
{
    readonly Argument<FileInfo> file = new("文件") { Description = "要写的 .xlsx" };
    readonly Option<bool> force = new("--force") { Description = "文件已经存在时覆盖它" };

    public override IReadOnlyList<Symbol> Symbols => [file, force];

    public override async Task<int> RunAsync(CliCall call)
    {
        var target = call.Get(file)!;
        RefuseUnfit(target, call.Get(force));
        await using var open = await call.OpenAsync();
        await using var scope = open.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentMe>().Become(Me.System);
        var lists = scope.ServiceProvider.GetRequiredService<ExportQueries>();
        var rows = await call.Output.ProgressAsync($"导出 {target.Name}", bar => WholeAsync(target, output => lists.WriteAsync(kind, output, bar, call.Cancel)));
        call.Output.Line($"已导出 {rows} 行：{target.FullName}");
        call.Output.Answer(new { rows, file = target.FullName });
        return CliExit.Ok;
    }

    static void RefuseUnfit(FileInfo target, bool overwrites)
    {
        if (!target.Extension.Equals(".xlsx", StringComparison.OrdinalIgnoreCase))
            throw new Refusal($"只能导出为 .xlsx，没有写 {target.Name}。请把文件名的扩展名改为 .xlsx。");
        if (target.Directory is not { Exists: true }) throw new Refusal($"没有文件夹 {target.DirectoryName}，没有导出。请先建好，或换一个位置。");
        if (target.Exists && !overwrites) throw new Refusal($"{target.FullName} 已经存在，没有导出，原文件没有动。请换一个文件名；确实要覆盖就加 --force。");
    }

    /// <summary>Written beside its place and moved there when it is whole: nobody finds half a file, and a failed export leaves the old one.</summary>
    static async Task<int> WholeAsync(FileInfo target, Func<Stream, Task<int>> write)
    {
        var partial = new FileInfo($"{target.FullName}.{Environment.ProcessId}.partial");
        try
        {
            int rows;
            await using (var output = partial.Create()) rows = await write(output);
            File.Move(partial.FullName, target.FullName, overwrite: true);
            return rows;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new Refusal($"写不了 {target.FullName}（{problem.Message}），没有导出。请检查目录权限和磁盘空间。");
        }
        finally
        {
            partial.Delete();
        }
    }
}
