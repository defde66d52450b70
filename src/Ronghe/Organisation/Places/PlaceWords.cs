using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Access;
using Ronghe.Platform;

namespace Ronghe.Organisation.Places;

public sealed record PlaceWordRow(Guid Id, int Version, PlaceWordKind Kind, string Word)
{
    public string Column => Kind == PlaceWordKind.Location ? "隐患地点" : "设备";
}

/// <summary>What a ledger's words for places mean in one company, as answered by the people who know them.</summary>
public sealed class PlaceWords(AppDb db, Me me, PlaceActions places, OrganisationJournal journal)
{
    /// <summary>All words of a company at once: an import asks thousands of times.</summary>
    public async Task<PlaceWordMap> MapAsync(Guid companyId, CancellationToken cancel = default) =>
        new(await db.PlaceWords.Where(word => word.CompanyId == companyId && db.Places.Any(place => place.Id == word.PlaceId && place.IsActive))
            .ToDictionaryAsync(word => (word.Kind, word.Word), word => word.PlaceId, cancel));

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
