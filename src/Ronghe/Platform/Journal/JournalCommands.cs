using System.CommandLine;
using Ronghe.Platform.Cli;

namespace Ronghe.Platform.Journal;

/// <summary><c>ronghe verify-journal</c>: makes all seals anew, from the database or from an exported file, and compares the records with the journal.</summary>
public sealed class VerifyJournalCommand() : CliCommand("verify-journal", "核对流水：逐封重算封存，并比对各条记录是否与流水一致")
{
    readonly Option<FileInfo?> file = new("--file") { Description = "核对导出的流水文件，不连数据库", HelpName = "文件" };
    readonly Option<FileInfo?> copies = new("--seals") { Description = "留存在别处的封存记录，用来发现被截断或退回", HelpName = "文件" };
    readonly Option<bool> journalOnly = new("--journal-only") { Description = "只核对流水本身，不比对记录" };

    public override IReadOnlyList<Symbol> Symbols => [file, copies, journalOnly];

    public override async Task<int> RunAsync(CliCall call)
    {
        var kept = call.Get(copies) is { } copy ? await SealCopies.ReadAsync(Present(copy), call.Cancel) : [];
        var (seals, records) = call.Get(file) is { } export
            ? (await OfFileAsync(call, Present(export), kept), null)
            : await OfDatabaseAsync(call, kept);
        foreach (var problem in seals.Problems.Concat(records?.Problems ?? [])) call.Output.Line("不符  " + problem);
        call.Output.Line($"流水：{seals.Seals} 封共 {seals.Sealed} 行{(seals.Holds ? "全部相符" : "中有不符")}，另有 {seals.Unsealed} 行等待下一次封存。{(kept.Count > 0 ? $"与别处留存的 {kept.Count} 封比对过。" : "")}");
        if (records is not null) call.Output.Line($"记录：{records.Compared} 条与流水相符，{records.Wrong} 条不符{(records.Uncovered > 0 ? $"，{records.Uncovered} 条最后一次改动早于指纹启用，无从比对" : "")}。");
        var holds = seals.Holds && records is not { Holds: false };
        call.Output.Answer(new { ok = holds, seals.Seals, seals.Sealed, seals.Unsealed, records = records is null ? null : new { records.Compared, records.Wrong, records.Uncovered }, problems = seals.Problems.Concat(records?.Problems ?? []) });
        return holds ? CliExit.Ok : CliExit.Refused;
    }

    static async Task<SealVerdict> OfFileAsync(CliCall call, FileInfo file, IReadOnlyList<KeptSeal> kept)
    {
        var seals = await JournalFile.SealsAsync(file);
        var total = Math.Max(1, seals.Sum(seal => (long)seal.Rows));
        return await call.Output.ProgressAsync("核对流水", bar => new SealWalk(seals, kept).RunAsync(JournalFile.RowsAsync(file), Share(bar, total)));
    }

    async Task<(SealVerdict, RecordVerdict?)> OfDatabaseAsync(CliCall call, IReadOnlyList<KeptSeal> kept)
    {
        await using var open = await call.OpenAsync();
        await using var scope = open.Services.CreateAsyncScope();
        var reading = scope.ServiceProvider.GetRequiredService<JournalReading>();
        await using var still = await reading.FreezeAsync(call.Cancel);
        var total = Math.Max(1, await reading.EstimateAsync(call.Cancel));
        var seals = await call.Output.ProgressAsync("核对流水",
            async bar => await new SealWalk(await reading.SealsAsync(call.Cancel), kept).RunAsync(reading.RowsAsync(call.Cancel), Share(bar, total)));
        if (call.Get(journalOnly)) return (seals, null);
        return (seals, await scope.ServiceProvider.GetRequiredService<RecordCheck>().RunAsync(new Spoken(call.Output), call.Cancel));
    }

    internal static IProgress<long> Share(IProgress<double> bar, long total) => new Progress<long>(rows => bar.Report(Math.Min(1, (double)rows / total)));

    static FileInfo Present(FileInfo file) => file.Exists ? file : throw new Refusal($"没有文件 {file.FullName}，没有核对。请检查路径。");

    sealed class Spoken(CliOutput output) : IProgress<string>
    {
        public void Report(string value) => output.Say($"比对{value}……");
    }
}

/// <summary><c>ronghe export-journal FILE</c>: the whole journal with its seals, to be verified anywhere.</summary>
public sealed class ExportJournalCommand() : CliCommand("export-journal", "导出全部流水和封存记录，供第三方离线核对")
{
    readonly Argument<FileInfo> file = new("文件") { Description = "要写的文件，建议以 .jsonl.gz 结尾" };

    public override IReadOnlyList<Symbol> Symbols => [file];

    public override async Task<int> RunAsync(CliCall call)
    {
        var target = call.Get(file)!;
        if (target.Exists) throw new Refusal($"{target.FullName} 已经存在，没有导出，原文件没有动。请换一个文件名。");
        await using var open = await call.OpenAsync();
        await using var scope = open.Services.CreateAsyncScope();
        var reading = scope.ServiceProvider.GetRequiredService<JournalReading>();
        await using var still = await reading.FreezeAsync(call.Cancel);
        var seals = await reading.SealsAsync(call.Cancel);
        var total = Math.Max(1, await reading.EstimateAsync(call.Cancel));
        var rows = await call.Output.ProgressAsync("导出流水", async bar =>
        {
            var partial = new FileInfo(target.FullName + ".partial");
            await using (var stream = partial.Create())
                await JournalFile.WriteAsync(stream, reading.RowsAsync(call.Cancel), seals, open.Services.GetRequiredService<TimeProvider>().GetUtcNow(), VerifyJournalCommand.Share(bar, total));
            partial.MoveTo(target.FullName);
            return seals.Sum(seal => (long)seal.Rows);
        });
        call.Output.Line($"已导出 {seals.Count} 封共 {rows} 行流水：{target.FullName}");
        call.Output.Answer(new { ok = true, seals = seals.Count, rows, file = target.FullName });
        return CliExit.Ok;
    }
}
