using Ronghe.Platform.Links;

namespace Ronghe.Findings;

/// <summary>Which record of a capability a report comes from, when its source, its reporter and its time alone tell: the week of a watch.</summary>
/// <param name="Source">Reports that say so are asked about.</param>
/// <param name="Kind">Of the record.</param>
/// <param name="FindAsync">Null when there is none.</param>
public sealed record FindingOrigin(FindingSource Source, string Kind, Func<IServiceProvider, FindingReport, CancellationToken, Task<Guid?>> FindAsync);

/// <summary>Finds where a report comes from, so that the finding keeps a link to it from its first moment.</summary>
public sealed class FindingOrigins(IEnumerable<FindingOrigin> origins, IServiceProvider scope)
{
    public const string FoundBy = "found-by";

    internal async Task<Link?> LinkAsync(Guid findingId, FindingReport report, CancellationToken cancel)
    {
        foreach (var origin in origins.Where(origin => origin.Source == report.Source))
            if (await origin.FindAsync(scope, report, cancel) is { } id)
                return new() { FromKind = FindingActions.Kind, FromId = findingId, ToKind = origin.Kind, ToId = id, Relation = FoundBy, At = report.FoundAt, ById = report.ReporterId };
        return null;
    }
}
