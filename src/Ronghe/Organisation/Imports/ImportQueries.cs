using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Data;
using Ronghe.Platform.Files;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Organisation.Imports;

/// <summary>One run in the list.</summary>
public sealed record ImportRow(Guid Id, string Kind, string FileName, ImportState State, ImportCounts Counts, string? By, DateTimeOffset CreatedAt);

/// <summary>One run with its decisions and the report of the last check.</summary>
public sealed record ImportDetail(
    Guid Id, int Version, string Kind, string Title, string FileName, ImportState State, ImportMode Mode, ImportCounts Counts, string? By,
    DateTimeOffset CreatedAt, DateTimeOffset? ImportedAt, DateTimeOffset? UndoneAt, ImportChoices Choices, ImportReport Report,
    IReadOnlyList<SheetSpec> Sheets, string? WhyNotAll, string? WhyNotGood)
{
    public bool CanCheck => State is ImportState.Draft or ImportState.Checked;
    public bool CanUndo => State == ImportState.Imported;

    public SheetSpec SpecOf(ColumnMapping sheet) => Sheets.First(spec => spec.Key == sheet.Spec);
}

public sealed class ImportQueries(AppDb db, Me me, ImporterCatalogue importers, FileStore store)
{
    const int PerPage = 50;

    /// <summary>Kinds that the caller may take in.</summary>
    public IEnumerable<IImporter> Allowed => importers.All.Where(importer => me.May(importer.Permission));

    public string TitleOf(string kind) => importers.Of(kind).Title;

    /// <summary>Newest first; ids sort by time.</summary>
    public async Task<Paged<ImportRow>> ListAsync(Guid? after, CancellationToken cancel = default)
    {
        var runs = db.ImportRuns.AsNoTracking().VisibleTo(me, importers);
        if (after is { } last) runs = runs.Where(run => run.Id < last);
        var rows = await runs.OrderByDescending(run => run.Id).Take(PerPage + 1)
            .Select(run => new ImportRow(run.Id, run.Kind, run.FileName, run.State, run.Counts, db.People.Where(p => p.Id == run.ById).Select(p => p.Name).FirstOrDefault(), run.CreatedAt))
            .ToListAsync(cancel);
        return rows.Count > PerPage ? new(rows[..PerPage], rows[PerPage - 1].Id.ToString()) : new(rows);
    }

    public async Task<ImportDetail> FindAsync(Guid id, CancellationToken cancel = default)
    {
        var found = await db.ImportRuns.AsNoTracking().VisibleTo(me, importers).Where(run => run.Id == id)
            .Select(run => new { Run = run, By = db.People.Where(p => p.Id == run.ById).Select(p => p.Name).FirstOrDefault() })
            .SingleOrDefaultAsync(cancel) ?? throw new NotFound("这次导入");
        var (run, importer) = (found.Run, importers.Of(found.Run.Kind));
        return new(run.Id, run.Version, run.Kind, importer.Title, run.FileName, run.State, run.Mode, run.Counts, found.By, run.CreatedAt, run.ImportedAt, run.UndoneAt,
            ImportChoices.FromJson(run.Choices), ImportReport.FromJson(run.Report), importer.Sheets, run.Obstacle(ImportMode.AllOrNothing), run.Obstacle(ImportMode.GoodRows));
    }

    /// <summary>The same file with red cells, a comment in each and a list of the errors.</summary>
    public async Task<(string Name, MemoryStream Content)> MarkedAsync(Guid id, CancellationToken cancel = default)
    {
        var run = await db.ImportRuns.AsNoTracking().VisibleTo(me, importers).SingleOrDefaultAsync(r => r.Id == id, cancel) ?? throw new NotFound("这次导入");
        await using var original = store.Open(run.FileHash) ?? throw new Refusal("上传的文件已经不在了，请重新上传。");
        var workbook = WorkbookReader.Read(original, run.FileName, cancel: cancel);
        original.Position = 0;
        var marked = new MemoryStream();
        MarkedCopy.Write(original, workbook, ImportReport.FromJson(run.Report).Errors, marked);
        marked.Position = 0;
        return (MarkedCopy.NameFor(run.FileName), marked);
    }

    /// <summary>An empty file of this kind, with explanations, choices and a sample row.</summary>
    public (string Name, MemoryStream Content) Template(string kind)
    {
        var (importer, template) = (importers.Of(kind), new MemoryStream());
        TemplateWriter.Write(template, importer.Template);
        template.Position = 0;
        return ($"{importer.Title}-导入模板.xlsx", template);
    }

    /// <summary>Everything that may be meant by an open word of the run, by column.</summary>
    public Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> MeaningsAsync(ImportDetail run, CancellationToken cancel = default) =>
        importers.Of(run.Kind).MeaningsAsync(me.CompanyId, cancel);
}
