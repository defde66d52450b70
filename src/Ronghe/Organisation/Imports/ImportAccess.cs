using Ronghe.Organisation.Access;

namespace Ronghe.Organisation.Imports;

public static class ImportAccess
{
    /// <summary>Runs of my company, of the kinds that I may import.</summary>
    public static IQueryable<ImportRun> VisibleTo(this IQueryable<ImportRun> runs, Me me, ImporterCatalogue importers)
    {
        if (me.IsSystem) return runs;
        var kinds = importers.All.Where(importer => me.May(importer.Permission)).Select(importer => importer.Kind).ToArray();
        return runs.Where(run => run.CompanyId == me.CompanyId && kinds.Contains(run.Kind));
    }
}
