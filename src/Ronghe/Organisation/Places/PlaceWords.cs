using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Data;

namespace Ronghe.Organisation.Places;

public sealed record PlaceWordRow(Guid Id, int Version, PlaceWordKind Kind, string Word)
{
    public string Column => Kind.Column();
}

/// <summary>A word with the place that it means, in the list of all words.</summary>
public sealed record PlaceWordLine(Guid Id, PlaceWordKind Kind, string Word, Guid PlaceId, string PlaceName)
{
    public string Column => Kind.Column();
}

/// <summary>What a ledger's words for places mean in one company, as answered by the people who know them.</summary>
public sealed class PlaceWords(AppDb db, Me me, PlaceActions places, OrganisationJournal journal)
{
    /// <summary>All words of a company at once: an import asks thousands of times.</summary>
    public async Task<PlaceWordMap> MapAsync(Guid companyId, CancellationToken cancel = default) =>
        new(await db.PlaceWords.Where(word => word.CompanyId == companyId && db.Places.Any(place => place.Id == word.PlaceId && place.IsActive))
            .ToDictionaryAsync(word => (word.Kind, word.Word), word => word.PlaceId, cancel));

    /// <summary>All words, by word.</summary>
    /// <param name="after">Cursor: word and id of the last row of the page before.</param>
    public async Task<Paged<PlaceWordLine>> ListAsync(PlaceWordKind? kind, string? q, string? after, int limit, CancellationToken cancel = default)
    {
        var words = db.PlaceWords.AsNoTracking().VisibleTo(me);
        if (kind is not null) words = words.Where(word => word.Kind == kind);
        if (!string.IsNullOrWhiteSpace(q)) words = words.Where(word => word.Word.Contains(q.Trim()));
        var total = string.IsNullOrEmpty(after) ? await words.Take(Paged<PlaceWordLine>.MostCounted + 1).CountAsync(cancel) : (int?)null;
        // The same word may stand in both columns; the kind decides between them.
        if (after?.Split('~', 2) is [var lastKind, var last])
            words = words.Where(word => string.Compare(word.Word, last) > 0
                || (word.Word == last && word.Kind == PlaceWordKind.Location && lastKind == nameof(PlaceWordKind.Equipment)));
        var rows = await words.OrderBy(word => word.Word).ThenBy(word => word.Kind).Take(limit + 1)
            .Join(db.Places, word => word.PlaceId, place => place.Id, (word, place) => new { word, place })
            .OrderBy(row => row.word.Word).ThenBy(row => row.word.Kind)
            .Select(row => new PlaceWordLine(row.word.Id, row.word.Kind, row.word.Word, row.place.Id, row.place.FullName)).ToListAsync(cancel);
        return rows.Count > limit ? new(rows[..limit], $"{rows[limit - 1].Kind}~{rows[limit - 1].Word}", null, total) : new(rows, null, null, total);
    }

    /// <summary>From now on the word means this place. A known word is pointed anew.</summary>
    public async Task SetAsync(PlaceWordKind kind, string word, Guid placeId, CancellationToken cancel = default)
    {
        var place = await PlaceAsync(placeId, cancel);
        var entry = await db.PlaceWords.FirstOrDefaultAsync(w => w.CompanyId == place.CompanyId && w.Kind == kind && w.Word == word.Trim(), cancel);
        if (entry?.PlaceId == placeId) throw new Refusal($"“{entry.Word}”已经对应这里，没有改动。", nameof(PlaceWord.Word));
        if (entry is null) db.PlaceWords.Add(entry = new PlaceWord(place.CompanyId, kind, word, placeId));
        else entry.PointTo(placeId);
        journal.Write(entry, OrganisationEvents.PlaceWord, OrganisationEvents.WordSet, place.UnitId, new { word = entry.Word, place = placeId });
        await db.SaveChangesAsync(cancel);
    }

    public async Task RemoveAsync(Guid id, int version, CancellationToken cancel = default)
    {
        var entry = await db.PlaceWords.VisibleTo(me).FirstOrDefaultAsync(word => word.Id == id, cancel) ?? throw new NotFound("这个台账用词");
        var place = await PlaceAsync(entry.PlaceId, cancel);
        await journal.RefuseStaleAsync(entry, version, cancel);
        db.PlaceWords.Remove(entry);
        journal.Write(entry, OrganisationEvents.PlaceWord, OrganisationEvents.WordRemoved, place.UnitId, new { word = entry.Word, place = entry.PlaceId });
        await db.SaveChangesAsync(cancel);
    }

    async Task<Place> PlaceAsync(Guid placeId, CancellationToken cancel)
    {
        var version = await db.Places.Where(place => place.Id == placeId).Select(place => place.Version).FirstOrDefaultAsync(cancel);
        return await places.LoadAsync(placeId, version, cancel);
    }
}

/// <summary>Words by ledger column; spaces around a word do not count.</summary>
public sealed class PlaceWordMap(IReadOnlyDictionary<(PlaceWordKind, string), Guid> words)
{
    /// <summary>Null for a word that nobody has explained yet.</summary>
    public Guid? Find(PlaceWordKind kind, string? word) =>
        words.TryGetValue((kind, (word ?? "").Trim()), out var place) ? place : null;

    /// <summary>The place of a ledger row: the equipment's where known, because it is the more exact one.</summary>
    public Guid? Find(string? location, string? equipment) => Find(PlaceWordKind.Equipment, equipment) ?? Find(PlaceWordKind.Location, location);

    public int Count => words.Count;
}
