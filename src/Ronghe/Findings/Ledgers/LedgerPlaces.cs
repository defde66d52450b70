using Ronghe.Organisation.Imports;
using Ronghe.Organisation.Places;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Findings.Ledgers;

/// <summary>What a ledger's words for places mean: what people said, what is known from before, names and aliases.</summary>
sealed class LedgerPlaces
{
    const int MostCandidates = 8;

    readonly IReadOnlyList<Place> _places;
    readonly PlaceWordMap _words;
    readonly Dictionary<string, Place?> _byName = [];
    readonly Dictionary<string, Place?> _byFullName = [];
    readonly Dictionary<Guid, Place> _byId;

    public LedgerPlaces(IReadOnlyList<Place> places, PlaceWordMap words)
    {
        (_places, _words, _byId) = (places, words, places.ToDictionary(place => place.Id));
        foreach (var place in places)
        {
            foreach (var code in new[] { place.Id.ToString(), place.ContentId, place.Code, place.Kks })
                if (!string.IsNullOrEmpty(code)) _byName[code] = place;
            Learn(_byFullName, Key(place.FullName), place);
            foreach (var name in place.Aliases.Prepend(place.Name)) Learn(_byName, Key(name), place);
        }
    }

    public bool IsEmpty => _places.Count == 0;

    /// <summary>Null for a word that nobody has explained.</summary>
    public Place? Find(PlaceWordKind kind, string word) =>
        word == "" ? null
        : _words.Find(kind, word) is { } known && _byId.TryGetValue(known, out var place) ? place
        : Called(word);

    /// <summary>The place that an answer means, by id, code or name.</summary>
    public Place? Named(string answer) => _byName.GetValueOrDefault(answer) ?? Called(answer);

    Place? Called(string name) => _byFullName.GetValueOrDefault(Key(name)) ?? _byName.GetValueOrDefault(Key(name));

    public bool IsKnownWord(PlaceWordKind kind, string word) => _words.Find(kind, word) is not null;

    /// <summary>Places whose names share the most with the words.</summary>
    public IReadOnlyList<WordCandidate> Candidates(string location, string equipment)
    {
        var wanted = Pairs(Key(location + equipment));
        return [.. (
            from place in _places
            let names = Pairs(Key(place.FullName + string.Concat(place.Aliases)))
            let shared = wanted.Count(names.Contains)
            where shared > 0
            orderby shared / Math.Sqrt(names.Count) descending, place.FullName.Length
            select new WordCandidate(place.Id.ToString(), place.FullName)).Take(MostCandidates)];
    }

    public IEnumerable<WordCandidate> All => _places.Select(place => new WordCandidate(place.Id.ToString(), place.FullName)).OrderBy(candidate => candidate.Title, StringComparer.Ordinal);

    /// <summary>A name that means two places means none.</summary>
    static void Learn(Dictionary<string, Place?> names, string name, Place place)
    {
        if (name == "") return;
        if (!names.TryAdd(name, place) && names[name]?.Id != place.Id) names[name] = null;
    }

    static HashSet<string> Pairs(string text) => [.. text.Zip(text.Skip(1), (a, b) => $"{a}{b}")];

    static string Key(string name) => CellText.Code(name).ToLowerInvariant();
}

/// <summary>What a ledger's words for kinds of hazards mean.</summary>
sealed class LedgerCategories
{
    readonly IReadOnlyList<HazardCategory> _categories;
    readonly Dictionary<string, HazardCategory> _byName = [];

    public LedgerCategories(IReadOnlyList<HazardCategory> categories)
    {
        _categories = [.. categories.OrderBy(category => category.Id, StringComparer.Ordinal)];
        foreach (var category in _categories)
            foreach (var name in category.Aliases.Append(category.Name).Append(category.Id)) _byName.TryAdd(CellText.Code(name), category);
    }

    public bool IsEmpty => _categories.Count == 0;

    public HazardCategory? Find(string word) => _byName.GetValueOrDefault(CellText.Code(word));

    /// <summary>Groups first where nothing resembles the word.</summary>
    public IReadOnlyList<WordCandidate> Candidates(string word) =>
    [
        .. _categories.OrderByDescending(category => word.Count((category.Name + string.Concat(category.Aliases)).Contains))
            .ThenBy(category => category.GroupId is not null).Take(8).Select(category => new WordCandidate(category.Id, category.Name)),
    ];
}
