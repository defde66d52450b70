using Microsoft.EntityFrameworkCore;

namespace Ronghe.Findings;

/// <summary>One row of the plant's ledger 隐患排查治理台账.</summary>
public sealed record LedgerRow(
    Guid Id, DateTimeOffset ReportedAt, string Number, DateTimeOffset FoundAt, FindingSource Source, string PlaceText, string Description, string? Category, FindingGrade? Grade,
    string? Reporter, string? ReporterNumber, List<string> CoReporters, string Unit, string? Rectifier, string Measure, DateOnly? DueOn, DateTimeOffset? RectifiedAt,
    string? Checker, DateTimeOffset? VerifiedAt, FindingStatus Status, int Extensions, bool IsSupervised, string? MergedInto)
{
    /// <summary>The area, and the equipment in it: a known place is written 锅炉房 · #1炉给煤机.</summary>
    public (string Area, string Equipment) Place => PlaceText.Split(" · ", 2) is [var area, var equipment] ? (area, equipment) : (PlaceText, "");

    public string Finders => Reporter is null ? "不署名" : string.Join('、', CoReporters.Prepend($"{Reporter}（{ReporterNumber}）"));

    /// <summary>The states in the words of the ledger.</summary>
    public string StatusOn(DateOnly today) => Status switch
    {
        FindingStatus.Assigned => DueOn < today ? "逾期未整改" : "整改中",
        FindingStatus.Rectified => "待复查",
        FindingStatus.Closed => "已闭环",
        _ => Status.Title(),
    };

    public string Remarks => string.Join("；", new[]
    {
        MergedInto is null ? null : $"并入 {MergedInto}", Extensions == 0 ? null : $"延期 {Extensions} 次", IsSupervised ? "挂牌督办" : null,
    }.OfType<string>());
}

/// <summary>The list with everything that a printed or exported ledger shows.</summary>
public sealed class FindingLedger(AppDb db, FindingQueries queries)
{
    /// <summary>Only units for which the caller may export.</summary>
    public IAsyncEnumerable<LedgerRow> ExportAsync(FindingFilter filter, CancellationToken cancel = default) =>
        AllAsync(filter with { Right = FindingPermissions.Export }, cancel);

    public IAsyncEnumerable<LedgerRow> AllAsync(FindingFilter filter, CancellationToken cancel = default) =>
        queries.StreamAsync(filter, Rows, row => new Cursor(row.ReportedAt, row.Id), cancel);

    IQueryable<LedgerRow> Rows(IQueryable<Finding> findings, bool back) => findings.Select(f => new LedgerRow(
        f.Id, f.ReportedAt, f.Number, f.FoundAt, f.Source, f.PlaceText, f.Description,
        db.HazardCategories.Where(c => c.Id == f.CategoryId).Select(c => c.Name).FirstOrDefault(), f.Grade,
        db.People.Where(p => p.Id == f.ReporterId).Select(p => p.Name).FirstOrDefault(),
        db.People.Where(p => p.Id == f.ReporterId).Select(p => p.Number).FirstOrDefault(),
        db.People.Where(p => f.CoReporterIds.Contains(p.Id)).OrderBy(p => p.Number).Select(p => p.Name + "（" + p.Number + "）").ToList(),
        db.Units.First(u => u.Id == f.UnitId).Name,
        db.People.Where(p => p.Id == f.RectifierId).Select(p => p.Name).FirstOrDefault(), f.Measure, f.DueOn, f.RectifiedAt,
        (from step in db.FindingSteps
         where step.FindingId == f.Id && step.Verb == FindingVerb.Verify
         orderby step.At descending
         select db.People.Where(p => p.Id == step.ById).Select(p => p.Name).FirstOrDefault()).FirstOrDefault()
            ?? db.People.Where(p => p.Id == f.VerifierId).Select(p => p.Name).FirstOrDefault(),
        f.VerifiedAt, f.Status, f.Extensions, f.SupervisedAt != null,
        db.Findings.Where(o => o.Id == f.MergedIntoId).Select(o => o.Number).FirstOrDefault()));
}
