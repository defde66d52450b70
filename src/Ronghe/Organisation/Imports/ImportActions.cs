using Microsoft.EntityFrameworkCore;
using Npgsql;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Data;
using Ronghe.Platform.Files;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Organisation.Imports;

/// <summary>Takes files in: upload, check, import, undo. Pages, programs and the command line all come here.</summary>
public sealed class ImportActions(
    AppDb db, Me me, ImporterCatalogue importers, ImportMapper mapper, ImportReversal reversal, FileActions files, FileStore store, TimeProvider clock)
{
    public const string Kind = "import";

    /// <summary>Keeps the file and checks it with what can be guessed. A file that cannot be read is refused and not kept.</summary>
    public async Task<ImportResult> StartAsync(Guid id, string kind, string fileName, Stream content, CancellationToken cancel = default)
    {
        var importer = Allowed(kind);
        if (await db.ImportRuns.AsNoTracking().SingleOrDefaultAsync(known => known.Id == id, cancel) is { } sent) return Again(sent, kind, content);
        var workbook = WorkbookReader.Read(content, fileName, cancel: cancel);
        var company = await CompanyAsync(importer, cancel);
        var choices = await mapper.GuessAsync(workbook, importer, company, isStrict: false, cancel);
        var run = await KeepAsync(id, company, kind, fileName, content, cancel);
        return await CheckAsync(run, importer, workbook, choices, cancel);
    }

    /// <summary>The same form sent twice gives the same run; another file under its id is another upload.</summary>
    ImportResult Again(ImportRun sent, string kind, Stream content)
    {
        if (sent.ById != me.PersonId || sent.Kind != kind || sent.FileHash != FileStore.HashOf(content))
            throw new AlreadyUploaded("这个编号已经用在另一个文件上，这次没有上传。请换一个编号再传。");
        var report = ImportReport.FromJson(sent.Report);
        return new(sent.Id, sent.Counts, report.Errors, report.Words, report.Notes);
    }

    /// <summary>Checks again with other decisions about columns and words.</summary>
    /// <param name="id">The run.</param>
    /// <param name="version">As the caller has seen it.</param>
    /// <param name="decide">Changes what the last check went by.</param>
    /// <param name="remembers">Uses the decisions again for the next file with the same headings.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<ImportResult> CheckAsync(
        Guid id, int version, Func<ImportChoices, Workbook, IReadOnlyList<SheetSpec>, ImportChoices> decide, bool remembers = false, CancellationToken cancel = default)
    {
        var (run, importer) = await LoadAsync(id, version, cancel);
        if (!run.CanCheck) throw new Refusal($"这次导入是“{run.State.Title()}”，不能再检查。请重新上传文件。");
        var workbook = Open(run);
        var result = await CheckAsync(run, importer, workbook, decide(ImportChoices.FromJson(run.Choices), workbook, importer.Sheets), cancel);
        if (remembers) await SaveMappingAsync(id, cancel);
        return result;
    }

    /// <summary>Takes the file in, in one transaction: all of it or the good rows, or nothing.</summary>
    public async Task<ImportResult> ApplyAsync(Guid id, int version, ImportMode mode, CancellationToken cancel = default)
    {
        var (run, importer) = await LoadAsync(id, version, cancel);
        return await ApplyAsync(run, importer, Open(run), ImportChoices.FromJson(run.Choices), mode, cancel);
    }

    /// <summary>Puts everything back as it was before. Refused when somebody has changed or used any of it since.</summary>
    public async Task UndoAsync(Guid id, int version, CancellationToken cancel = default)
    {
        var (run, importer) = await LoadAsync(id, version, cancel);
        if (run.ById != me.PersonId && !me.May(importer.Permission, [run.CompanyId ?? Guid.Empty])) throw new Forbidden("只有导入的人或全公司范围的负责人能撤销这次导入。");
        await db.InTransactionAsync(async () =>
        {
            await LockAsync(run.CompanyId, cancel);
            run.NoteUndo(clock.GetUtcNow());
            await reversal.UndoAsync(run, importer, cancel);
            Record(run, ImportEvents.Undone);
            await db.SaveChangesAsync(cancel);
        }, cancel);
    }

    /// <summary>Remembers the decisions for the next file with the same headings.</summary>
    public async Task SaveMappingAsync(Guid id, CancellationToken cancel = default)
    {
        var run = await FindAsync(id, cancel);
        if (run.CompanyId is not { } company) return;
        var choices = ImportChoices.FromJson(run.Choices);
        var headings = choices.Fingerprint;
        var saved = await db.ImportMappings.SingleOrDefaultAsync(m => m.CompanyId == company && m.Kind == run.Kind && m.Headings == headings, cancel);
        if (saved is null) db.ImportMappings.Add(saved = new(company, run.Kind, headings, run.Choices, clock.GetUtcNow()));
        else saved.Replace(run.Choices, clock.GetUtcNow());
        db.Record(saved, "import-mapping", ImportEvents.MappingSaved, me.PersonId, clock.GetUtcNow(), company);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>The whole way in one go, for the command line and programs. A dry run or a refused file leaves nothing behind.</summary>
    public async Task<ImportResult> ImportAsync(string kind, string fileName, Stream content, ImportOptions options, CancellationToken cancel = default)
    {
        var importer = Allowed(kind);
        var workbook = WorkbookReader.Read(content, fileName, cancel: cancel);
        var company = await CompanyAsync(importer, cancel);
        var choices = await mapper.GuessAsync(workbook, importer, company, isStrict: true, cancel);
        if (options.Adjust is not null) choices = options.Adjust(choices, importer.Sheets);
        if (options.IsDryRun) return ImportResult.Of(await importer.PlanAsync(new(workbook, choices, company, me, clock.GetUtcNow()), cancel));
        var run = await KeepAsync(Guid.CreateVersion7(), company, kind, fileName, content, cancel);
        return await ApplyAsync(run, importer, workbook, choices, options.Mode, cancel, isTentative: true);
    }

    async Task<ImportResult> CheckAsync(ImportRun run, IImporter importer, Workbook workbook, ImportChoices choices, CancellationToken cancel)
    {
        var at = clock.GetUtcNow();
        if (Unready(importer, choices) is { } missing)
        {
            run.NoteCheck(choices.ToJson(), ImportCounts.None, new ImportReport([], [], [missing]) { Sheets = ImportSamples.Of(workbook, choices) }.ToJson(), at);
            await db.SaveChangesAsync(cancel);
            return new(run.Id, ImportCounts.None, [], [], [missing]);
        }
        var plan = await importer.PlanAsync(new(workbook, choices, run.CompanyId, me, at), cancel);
        var result = ImportResult.Of(plan, run.Id);
        run.NoteCheck(choices.ToJson(), result.Counts, ImportReport.Of(plan, workbook, choices).ToJson(), at);
        Record(run, ImportEvents.Checked, new { run.Kind, result.Counts });
        await db.SaveChangesAsync(cancel);
        return result;
    }

    /// <param name="run">The run, new or stored.</param>
    /// <param name="importer">Knows the kind.</param>
    /// <param name="workbook">The file.</param>
    /// <param name="choices">Columns and words.</param>
    /// <param name="mode">All or good rows.</param>
    /// <param name="cancel">Stops it; nothing is then imported.</param>
    /// <param name="isTentative">Errors are the answer and not a refusal, and leave no run behind.</param>
    async Task<ImportResult> ApplyAsync(
        ImportRun run, IImporter importer, Workbook workbook, ImportChoices choices, ImportMode mode, CancellationToken cancel, bool isTentative = false)
    {
        var at = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        try
        {
            await LockAsync(run.CompanyId, cancel);
            var plan = await importer.PlanAsync(new(workbook, choices, run.CompanyId, me, at), cancel);
            if (isTentative && plan.Errors.Count > 0 && (mode == ImportMode.AllOrNothing || plan.Valid == 0)) return ImportResult.Of(plan);
            run.NoteCheck(choices.ToJson(), ImportResult.Of(plan).Counts, ImportReport.Of(plan, workbook, choices).ToJson(), at);
            run.RefuseUnready(mode);
            // Saved first: what follows refers to it, and clears the change tracker.
            await db.SaveChangesAsync(cancel);
            var writer = new ImportWriter(db, run, importer.Subjects, me, at);
            var company = await plan.ApplyAsync(writer, cancel);
            await writer.FinishAsync(cancel);
            var counts = run.Counts with { Imported = plan.Valid, Created = writer.Created, Changed = writer.Changed };
            db.Attach(run);
            run.NoteImport(company, mode, counts, at);
            Record(run, ImportEvents.Imported, new { run.Kind, mode, counts });
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            return ImportResult.Of(plan, run.Id, counts);
        }
        catch (Exception problem) when ((problem as PostgresException ?? problem.InnerException as PostgresException)?.SqlState
            is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.RestrictViolation)
        {
            throw new Refusal("导入的同时有人改动了相同的记录，没有导入任何数据。请重新检查后再导入。");
        }
    }

    async Task<ImportRun> KeepAsync(Guid id, Guid? company, string kind, string fileName, Stream content, CancellationToken cancel)
    {
        content.Position = 0;
        var file = await files.AddAsync(content, fileName, "application/octet-stream", new FileOwner(Kind, id, company), cancel);
        var run = new ImportRun(company, kind, file.Name, file.Hash, me.PersonId, clock.GetUtcNow(), id);
        db.ImportRuns.Add(run);
        return run;
    }

    Workbook Open(ImportRun run)
    {
        using var content = store.Open(run.FileHash) ?? throw new Refusal("上传的文件已经不在了，请重新上传。");
        return WorkbookReader.Read(content, run.FileName);
    }

    /// <summary>One import at a time for each company; many search words at once go into the index later.</summary>
    async Task LockAsync(Guid? company, CancellationToken cancel) => await db.Database.ExecuteSqlAsync($"""
        select pg_advisory_xact_lock(hashtextextended('import' || {company ?? Guid.Empty}::text, 0)), set_config('gin_pending_list_limit', '262144', true)
        """, cancel);

    async Task<Guid?> CompanyAsync(IImporter importer, CancellationToken cancel)
    {
        if (!me.IsSystem) return me.CompanyId;
        var roots = await db.Units.Where(unit => unit.ParentId == null).OrderBy(unit => unit.Code).Select(unit => unit.Id).Take(2).ToListAsync(cancel);
        return roots switch
        {
            [var only] => only,
            [] when importer.MayFoundCompany => null,
            [] => throw new Refusal("还没有组织机构，没有导入任何数据。请先导入组织机构（ronghe import org 文件）。"),
            _ => throw new Refusal("平台里有几个公司，命令行分不清要导入到哪一个，没有导入任何数据。请登录后在“导入”页面办理。"),
        };
    }

    IImporter Allowed(string kind)
    {
        var importer = importers.Of(kind);
        if (!me.May(importer.Permission)) throw new Forbidden($"您没有{importer.Title}的导入权限。需要的话，请联系本单位安全保密管理员。");
        return importer;
    }

    async Task<(ImportRun, IImporter)> LoadAsync(Guid id, int version, CancellationToken cancel)
    {
        var run = await FindAsync(id, cancel);
        if (run.Version != version) throw new StaleWrite("这次导入刚刚被别人处理过，您的操作没有保存。请刷新看看最新情况再办。");
        return (run, Allowed(run.Kind));
    }

    async Task<ImportRun> FindAsync(Guid id, CancellationToken cancel) =>
        await db.ImportRuns.VisibleTo(me, importers).SingleOrDefaultAsync(run => run.Id == id, cancel) ?? throw new NotFound("这次导入");

    static string? Unready(IImporter importer, ImportChoices choices)
    {
        foreach (var sheet in choices.Sheets)
            if (importer.Sheets.First(spec => spec.Key == sheet.Spec) is var spec && sheet.Missing(spec).ToList() is { Count: > 0 } missing)
                return $"工作表“{sheet.Sheet}”还没有指定{string.Join("、", missing.Select(column => $"“{column.Title}”"))}列，请在对应关系里选择。";
        return choices.Sheets.Count == 0 ? "还没有选择要导入的工作表。" : null;
    }

    void Record(ImportRun run, string @event, object? data = null) => db.Record(run, Kind, @event, me.PersonId, clock.GetUtcNow(), run.CompanyId, data);
}

/// <summary>The id of an upload is taken by another file.</summary>
public sealed class AlreadyUploaded(string message) : Refusal(message, "id");
