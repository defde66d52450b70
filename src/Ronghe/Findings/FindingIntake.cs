using Microsoft.EntityFrameworkCore;
using Npgsql;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Files;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Links;

namespace Ronghe.Findings;

/// <summary>A report that has been checked and waits to be stored.</summary>
/// <param name="Row">What the journal will say of it.</param>
/// <param name="Origin">To the record that found it, where its source tells which.</param>
sealed record ReportedFinding(Guid Id, Guid CompanyId, FindingReport Report, IReadOnlyList<StoredFile> Photos, Moment At, JournalRow Row, Link? Origin = null);

/// <param name="IsNew">False when a finding with this id was there before, or came first in the same lot.</param>
sealed record StoredFinding(string Number, bool IsNew);

/// <summary>
/// Stores new findings. Their numbers have no gap, so whoever takes one holds up everybody else until the commit: reports that arrive
/// together therefore share a transaction, its numbers and its wait for the disk (docs/decisions/0019).
/// </summary>
public sealed class FindingIntake
{
    const int Most = 64;

    readonly DbContextOptions<AppDb> _options;
    readonly Together<ReportedFinding, StoredFinding> _together;

    public FindingIntake(DbContextOptions<AppDb> options) => (_options, _together) = (options, new(Most, StoreAsync));

    internal Task<StoredFinding> StoreAsync(ReportedFinding reported) => _together.DoAsync(reported);

    /// <summary>Repetitions are rare: they are looked for only after the database has refused one.</summary>
    async Task<IReadOnlyList<StoredFinding>> StoreAsync(IReadOnlyList<ReportedFinding> lot)
    {
        await using var db = new AppDb(_options);
        try
        {
            return await StoreAsync(db, lot, []);
        }
        catch (PostgresException twice) when (twice.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            var ids = lot.Select(reported => reported.Id).ToArray();
            return await StoreAsync(db, lot, await db.Findings.Where(finding => ids.Contains(finding.Id)).ToDictionaryAsync(finding => finding.Id, finding => finding.Number));
        }
    }

    static async Task<IReadOnlyList<StoredFinding>> StoreAsync(AppDb db, IReadOnlyList<ReportedFinding> lot, Dictionary<Guid, string> numbers)
    {
        var made = new Dictionary<ReportedFinding, Finding>(ReferenceEqualityComparer.Instance);
        await using var transaction = await db.Database.BeginTransactionAsync();
        // In the order of the keys: two nodes that store for the same companies must not wait for each other.
        foreach (var series in lot.Where(reported => !numbers.ContainsKey(reported.Id)).DistinctBy(reported => reported.Id)
            .GroupBy(reported => (reported.CompanyId, reported.Report.FoundAt.PlantDate().Year)).OrderBy(series => series.Key).ToList())
        {
            var next = await new FindingNumbers(db).TakeAsync(series.Key.CompanyId, series.Key.Year, series.Count());
            foreach (var reported in series)
            {
                var number = numbers[reported.Id] = FindingNumbers.Format(series.Key.Year, next++);
                made[reported] = Finding.Report(reported.Id, reported.CompanyId, number, reported.Report, reported.At);
            }
        }
        await WriteAsync(db, made);
        await transaction.CommitAsync();
        return [.. lot.Select(reported => new StoredFinding(numbers[reported.Id], made.ContainsKey(reported)))];
    }

    static async Task WriteAsync(AppDb db, Dictionary<ReportedFinding, Finding> made)
    {
        var photos = made.Keys.SelectMany(PhotosOf).ToLookup(photo => photo.FindingId);
        foreach (var (reported, finding) in made) db.AttestNew(finding, reported.Row, photos[finding.Id]);
        await db.CopyAsync(made.Values);
        await db.CopyAsync(made.Values.SelectMany(finding => finding.Steps));
        await db.CopyAsync(made.Values.Select(FindingWords.Of));
        await db.CopyAsync(made.Keys.Select(reported => reported.Row));
        if (made.Keys.Any(reported => reported.Origin is not null)) await db.CopyAsync(made.Keys.Select(reported => reported.Origin).OfType<Link>());
        if (photos.Count == 0) return;
        await db.CopyAsync(made.Keys.SelectMany(reported => reported.Photos));
        await db.CopyAsync(photos.SelectMany(photo => photo));
    }

    static IEnumerable<FindingPhoto> PhotosOf(ReportedFinding reported) =>
        reported.Photos.Select(photo => FindingPhoto.Of(reported.Id, photo, PhotoStage.Before, reported.Report.ReporterId, reported.At.At));
}
