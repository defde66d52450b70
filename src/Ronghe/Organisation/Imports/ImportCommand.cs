using System.CommandLine;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Cli;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Organisation.Imports;

/// <summary><c>ronghe import org|people|findings FILE</c>: the same checks and the same transaction as in the pages.</summary>
sealed class ImportCommand(string kind, string description) : CliCommand($"import {kind}", description)
{
    readonly Argument<FileInfo> file = new("文件") { Description = ".xlsx、.xls 或 .csv" };
    readonly Option<bool> dryRun = new("--dry-run") { Description = "只检查，不导入" };
    readonly Option<bool> goodRows = new("--good-rows") { Description = "有错误时只导入正确的行；不加则有一处错误就一行也不导入" };
    readonly Option<FileInfo?> map = new("--map") { Description = "对应关系文件（JSON）：列名、地点和类别用词对应到什么", HelpName = "文件" };
    readonly Option<FileInfo?> marked = new("--marked") { Description = "有错误时，把标出错误的文件写到这里", HelpName = "文件" };

    public override IReadOnlyList<Symbol> Symbols => [file, dryRun, goodRows, map, marked];

    public override async Task<int> RunAsync(CliCall call)
    {
        try
        {
            return await ImportAsync(call);
        }
        catch (Refusal refusal)
        {
            call.Output.Say(refusal.Message);
            call.Output.Answer(Answer(ImportCounts.None, [new SheetError("", "", "refused", refusal.Message)]));
            return CliExit.Refused;
        }
    }

    async Task<int> ImportAsync(CliCall call)
    {
        var source = call.Get(file)!;
        if (!source.Exists) throw new Refusal($"没有找到文件 {source.FullName}，没有导入任何数据。请核对文件名和路径。");
        var answers = call.Get(map) is { } path ? MapFile.Read(path) : null;
        await using var open = await call.OpenAsync();
        await using var scope = open.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentMe>().Become(Me.System);
        await using var content = source.OpenRead();
        var options = new ImportOptions
        {
            Mode = call.Get(goodRows) ? ImportMode.GoodRows : ImportMode.AllOrNothing, IsDryRun = call.Get(dryRun),
            Adjust = answers is null ? null : answers.Apply,
        };
        var result = await call.Output.ProgressAsync($"导入 {source.Name}", _ =>
            scope.ServiceProvider.GetRequiredService<ImportActions>().ImportAsync(kind, source.Name, content, options, call.Cancel));
        if (call.Get(marked) is { } target && !result.IsClean) Mark(source, result, target);
        Report(call.Output, result, options);
        return result.IsClean ? CliExit.Ok : CliExit.Refused;
    }

    static void Mark(FileInfo source, ImportResult result, FileInfo target)
    {
        using var original = source.OpenRead();
        var workbook = WorkbookReader.Read(original, source.Name);
        original.Position = 0;
        using var output = target.Create();
        MarkedCopy.Write(original, workbook, result.Errors, output);
    }

    static void Report(CliOutput output, ImportResult result, ImportOptions options)
    {
        foreach (var error in result.Errors) output.Line($"{error.Sheet}!{error.Cell}  {error.Kind}  {error.Message}");
        foreach (var word in result.Words.Where(word => word.IsOpen))
            output.Line($"{word.Title}“{word.Word}”（{word.Rows} 行）没有对应。可以是：{string.Join("、", word.Candidates.Take(5).Select(candidate => $"{candidate.Title}（{candidate.Id}）"))}");
        foreach (var note in result.Notes) output.Say(note);
        var counts = result.Counts;
        output.Line($"共 {counts.Rows} 行，正确 {counts.Valid} 行，导入 {counts.Imported} 行，错误 {result.Errors.Count} 处。{(options.IsDryRun ? "只做了检查，没有导入。" : "")}");
        output.Answer(Answer(counts, result.Errors));
    }

    static object Answer(ImportCounts counts, IEnumerable<SheetError> errors) => new
    {
        counts.Rows, counts.Valid, counts.Imported,
        errors = errors.Select(error => new { error.Sheet, error.Cell, error.Kind, error.Message }),
    };
}
