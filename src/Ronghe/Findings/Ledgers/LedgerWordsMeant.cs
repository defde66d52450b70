using Ronghe.Organisation.Imports;
using Ronghe.Organisation.Places;
using Ronghe.Platform.Spreadsheets;
using F = Ronghe.Findings.Ledgers.LedgerFaults;
using K = Ronghe.Findings.Ledgers.LedgerSpec;

namespace Ronghe.Findings.Ledgers;

/// <summary>
/// What the words of this file mean: what people answered in the mapping step comes first, then what is known. A word that
/// nobody knows is an error with places or categories to choose from; it may also be kept as it is.
/// </summary>
sealed class LedgerWordsMeant(LedgerDirectory directory, WordQuestions questions)
{
    readonly Dictionary<(PlaceWordKind, string), Guid> _learnt = [];

    /// <summary>Words for places that the answers explain and that the plant did not know yet.</summary>
    public IEnumerable<(PlaceWordKind Kind, string Word, Guid Place)> Learnt => _learnt.Select(word => (word.Key.Item1, word.Key.Item2, word.Value));

    public PlaceMeant Place(RowReader row)
    {
        var (location, equipment) = (Word(row, K.Location), Word(row, K.Equipment));
        var words = string.Join(' ', new[] { location, equipment }.Where(word => word != ""));
        if (words == "")
        {
            if (row.Cell(K.Location).Kind != CellKind.Error) row.Error(K.Location, F.MissingPlace, "隐患地点没有填写。请补上后重新导入。");
            return default;
        }
        if (Other(location) is { } own) return new(null, equipment == "" ? own : $"{own} {equipment}");
        if (directory.Places.IsEmpty) return new(null, words);
        if (Whole(location, equipment) is { } whole) return new(whole.Id, whole.FullName);
        var exact = Answered(PlaceWordKind.Equipment, K.Equipment, equipment, out var keepsEquipment);
        if (exact is not null) return new(exact.Id, exact.FullName);
        if (Answered(PlaceWordKind.Location, K.Location, location, out var keepsLocation) is { } place)
            return new(place.Id, equipment == "" || place.FullName.Contains(equipment, StringComparison.Ordinal) ? place.FullName : $"{place.FullName}（{equipment}）");
        if (location == "" ? keepsEquipment : keepsLocation) return new(null, words);
        ReportPlace(row, location, equipment);
        return new(null, words);
    }

    public CategoryMeant Category(RowReader row)
    {
        var word = Word(row, K.Category);
        if (word == "") return default;
        if (Other(word) is { } own) return new(null, own);
        if (questions.Answer(K.Category, word) is { } answer)
        {
            var chosen = answer == ImportChoices.KeepWord ? null : directory.Categories.Find(answer);
            if (chosen is not null || answer == ImportChoices.KeepWord)
            {
                Note(K.Category, word, Offered(answer, chosen?.Name, directory.Categories.Candidates(word)), isOpen: false);
                return new(chosen?.Id, word);
            }
        }
        if (directory.Categories.Find(word) is { } known) return new(known.Id, word);
        if (directory.Categories.IsEmpty) return new(null, word);
        var candidates = directory.Categories.Candidates(word);
        Note(K.Category, word, candidates, isOpen: true);
        row.Error(K.Category, F.UnknownCategory, $"{Misunderstood(K.Category, word)}分类字典里没有“{word}”。请对应到字典里的一类，例如：{string.Join("、", candidates.Select(candidate => candidate.Title).Take(5))}；也可以保留原词。");
        return new(null, word);
    }

    /// <summary>其他：… says that the word stands for nothing that is known, and is meant to stay.</summary>
    static string? Other(string word) =>
        word.Length > 3 && word.StartsWith("其他", StringComparison.Ordinal) && word[2] is '：' or ':' && CellText.Trim(word[3..]) is { Length: > 0 } own ? own : null;

    /// <summary>Both words together are the full name of a place, and nobody has answered otherwise.</summary>
    Place? Whole(string location, string equipment) =>
        location == "" || equipment == "" || questions.Answer(K.Location, location) is not null || questions.Answer(K.Equipment, equipment) is not null
            ? null : directory.Places.Named($"{location} · {equipment}");

    Place? Answered(PlaceWordKind kind, string key, string word, out bool keeps)
    {
        keeps = false;
        if (word == "") return null;
        var answer = questions.Answer(key, word);
        if (answer is null) return directory.Places.Find(kind, word);
        keeps = answer == ImportChoices.KeepWord;
        var place = keeps ? null : directory.Places.Named(answer);
        if (keeps || place is not null) Note(key, word, Offered(answer, place?.FullName, directory.Places.Candidates(word, "")), isOpen: false);
        if (place is not null && !directory.Places.IsKnownWord(kind, word)) _learnt[(kind, word)] = place.Id;
        return place ?? (keeps ? null : directory.Places.Find(kind, word));
    }

    void ReportPlace(RowReader row, string location, string equipment)
    {
        var (key, word) = location == "" ? (K.Equipment, equipment) : (K.Location, location);
        var candidates = directory.Places.Candidates(location, equipment);
        Note(key, word, candidates, isOpen: true);
        var offered = candidates.Count == 0 ? "" : $"，可能是：{string.Join("、", candidates.Select(candidate => candidate.Title).Take(5))}";
        row.Error(key, F.UnknownPlace, $"{Misunderstood(key, word)}地点里没有“{word}”{offered}。请对应到一个地点；也可以保留原词。");
    }

    /// <summary>Somebody has answered with something that is not known either.</summary>
    string Misunderstood(string column, string word) => questions.Answer(column, word) is { Length: > 0 } answer ? $"“{word}”对应的“{answer}”认不出来。" : "";

    /// <summary>What was answered stands first among the offers.</summary>
    static List<WordCandidate> Offered(string answer, string? title, IReadOnlyList<WordCandidate> candidates) =>
        title is null ? [.. candidates] : [new(answer, title), .. candidates.Where(candidate => candidate.Id != answer && candidate.Title != title)];

    void Note(string column, string word, IReadOnlyList<WordCandidate> candidates, bool isOpen) =>
        questions.Note(column, Title(column), word, candidates, isOpen, mayKeep: true);

    static string Word(RowReader row, string key) => row.Line(key, FindingReport.MaxPlace + LedgerHistory.OtherLead.Length) is { } text && !CellText.IsNothing(text) ? text : "";

    static string Title(string column) => K.Findings.Columns.First(spec => spec.Key == column).Title;
}
