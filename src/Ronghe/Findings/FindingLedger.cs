using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Data;

namespace Ronghe.Findings;

/// <summary>One row of the plant's ledger 隐患排查治理台账. People are written 张三（000123）.</summary>
public sealed record LedgerRow(
    Guid Id, DateTimeOffset ReportedAt, string Number, DateTimeOffset FoundAt, FindingSource Source, string PlaceText, string? PlaceName, string Description,
    string? Category, FindingGrade? Grade, string GradeBasis, string? Reporter, List<string> CoReporters, Guid UnitId, string Unit, string? Rectifier, string Duty,
    string Measure, DateOnly? DueOn, DateTimeOffset? RectifiedAt, string? RectifyNote, string? Checker, DateTimeOffset? VerifiedAt, FindingStatus Status,
    int Extensions, bool IsSupervised, string? MergedInto, string? RejectReason)
{
    public string Finders => Reporter is null ? "不署名" : string.Join('、', CoReporters.Prepend(Reporter));

    /// <summary>The states in the words of the ledger.</summary>
    public string StatusOn(DateOnly today) => Status switch
    {
        FindingStatus.Assigned => DueOn < today ? "逾期未整改" : "整改中",
        FindingStatus.Rectified => "待复查",
        FindingStatus.Closed => "已闭环",
        _ => Status.Title(),
    };

    /// <summary>The name alone, for paper.</summary>
    public static string? NameOf(string? person) => person?.Split('（')[0];
}

/// <summary>The list with everything that a printed or exported ledger shows.</summary>
public sealed class FindingLedger(AppDb db, Me me, FindingQueries queries)
{
    /// <summary>Only units for which the caller may export.</summary>
    public IAsyncEnumerable<LedgerRow> ExportAsync(FindingFilter filter, CancellationToken cancel = default) =>
        AllAsync(filter with { Right = FindingPermissions.Export }, cancel);

    public IAsyncEnumerable<LedgerRow> AllAsync(FindingFilter filter, CancellationToken cancel = default) =>
        queries.StreamAsync(filter, Rows, row => new Cursor(row.ReportedAt, row.Id), cancel);

    /// <summary>The whole ledger of a company in one stream, for the system itself: nobody's reach bounds it.</summary>
    public IAsyncEnumerable<LedgerRow> OfCompanyAsync(Guid companyId)
    {
        if (!me.IsSystem) throw new Forbidden("整份台账只能在服务器上用命令行导出。");
        return Rows(db.Findings.AsNoTracking().Where(f => f.CompanyId == companyId).OrderByDescending(f => f.ReportedAt).ThenByDescending(f => f.Id), false).AsAsyncEnumerable();
    }

    IQueryable<LedgerRow> Rows(IQueryable<Finding> findings, bool back) => findings.Select(f => new LedgerRow(
        f.Id, f.ReportedAt, f.Number, f.FoundAt, f.Source, f.PlaceText, db.Places.Where(p => p.Id == f.PlaceId).Select(p => p.FullName).FirstOrDefault(), f.Description,
        db.HazardCategories.Where(c => c.Id == f.CategoryId).Select(c => c.Name).FirstOrDefault(), f.Grade, f.GradeBasis,
        db.People.Where(p => p.Id == f.ReporterId).Select(p => p.Name + "（" + p.Number + "）").FirstOrDefault(),
        db.People.Where(p => f.CoReporterIds.Contains(p.Id)).OrderBy(p => p.Number).Select(p => p.Name + "（" + p.Number + "）").ToList(),
        f.UnitId, db.Units.First(u => u.Id == f.UnitId).Name,
        db.People.Where(p => p.Id == f.RectifierId).Select(p => p.Name + "（" + p.Number + "）").FirstOrDefault(), f.Duty, f.Measure, f.DueOn, f.RectifiedAt,
        (from step in db.FindingSteps where step.FindingId == f.Id && step.Verb == FindingVerb.Rectify orderby step.At descending select step.Note).FirstOrDefault(),
        (from step in db.FindingSteps
         where step.FindingId == f.Id && step.Verb == FindingVerb.Verify
         orderby step.At descending
         select db.People.Where(p => p.Id == step.ById).Select(p => p.Name + "（" + p.Number + "）").FirstOrDefault()).FirstOrDefault()
            ?? db.People.Where(p => p.Id == f.VerifierId).Select(p => p.Name + "（" + p.Number + "）").FirstOrDefault(),
        f.VerifiedAt, f.Status, f.Extensions, f.SupervisedAt != null,
        db.Findings.Where(o => o.Id == f.MergedIntoId).Select(o => o.Number).FirstOrDefault(),
        (from step in db.FindingSteps where step.FindingId == f.Id && step.Verb == FindingVerb.Reject orderby step.At descending select step.Note).FirstOrDefault()));
}
