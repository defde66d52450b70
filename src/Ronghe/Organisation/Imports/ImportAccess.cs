using Microsoft.EntityFrameworkCore;
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

    /// <summary>Units into which I may import with this right; null when that is every unit of the company.</summary>
    public static async Task<HashSet<Guid>?> ImportReachAsync(this AppDb db, Me me, string permission, CancellationToken cancel)
    {
        var reach = me.ReachOf(permission);
        if (me.IsSystem || reach.Contains(me.CompanyId)) return null;
        return await db.NodeClosure.Where(pair => reach.Contains(pair.AncestorId)).Select(pair => pair.DescendantId).ToHashSetAsync(cancel);
    }
}
