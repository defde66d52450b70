using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;

namespace Ronghe.Findings;

/// <summary>A line of the public board: place, hazard, deadline and the responsible post – never a name (F14).</summary>
public sealed record BoardLine(string Number, string Description, string PlaceText, FindingGrade? Grade, FindingStatus Status, DateOnly? DueOn, string UnitName, string? Post, bool IsSupervised);

/// <summary>What everybody in the company may see of the open findings (rule AQ-08).</summary>
public sealed class FindingBoard(AppDb db, Me me)
{
    public const int Most = 200;

    public Task<List<BoardLine>> OpenAsync(CancellationToken cancel = default) => LinesAsync(db.Findings.Where(f => f.CompanyId == me.CompanyId).Open(), cancel);

    /// <summary>The same for the boards of others, which show some of them.</summary>
    public Task<List<BoardLine>> LinesAsync(IQueryable<Finding> findings, CancellationToken cancel = default) => (
        from f in findings.AsNoTracking()
        orderby f.SupervisedAt != null descending, f.Grade == FindingGrade.Major descending, f.DueOn ?? DateOnly.MaxValue, f.ReportedAt
        select new BoardLine(f.Number, f.Description, f.PlaceText, f.Grade, f.Status, f.DueOn,
            db.Units.Where(u => u.Id == f.UnitId).Select(u => u.Name).First(),
            db.People.Where(p => p.Id == f.RectifierId).Select(p => p.JobTitle != "" ? p.JobTitle : p.Position).FirstOrDefault(), f.SupervisedAt != null))
        .Take(Most).ToListAsync(cancel);
}
