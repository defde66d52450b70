using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Organisation.Imports;

/// <summary>A word in a column and what may be meant by it.</summary>
/// <param name="Column">Key of the column under which the answer is kept.</param>
/// <param name="IsOpen">Nobody has said yet what is meant; an answered word is listed too, so that the answer can be changed.</param>
/// <param name="MayKeep">The word may also stay as it is, without anything known behind it.</param>
public sealed record UnknownWord(string Column, string Title, string Word, int Rows, IReadOnlyList<WordCandidate> Candidates, bool IsOpen, bool MayKeep);

public sealed record WordCandidate(string Id, string Title)
{
    /// <summary>A word that is itself the answer.</summary>
    public static WordCandidate Of(string word) => new(word, word);
}

/// <summary>The words of one file that stand for nothing that is known: what people answered, and what is still to be asked.</summary>
public sealed class WordQuestions(ImportChoices choices)
{
    const int MostOffered = 40;

    readonly Dictionary<(string Column, string Word), UnknownWord> _asked = [];

    /// <summary>Open ones first; within them in the order of the file.</summary>
    public IReadOnlyList<UnknownWord> All => [.. _asked.Values.OrderByDescending(word => word.IsOpen)];

    /// <summary>Null when nobody has said anything about this word.</summary>
    public string? Answer(string column, string word) => choices.Answer(column, word);

    /// <summary>The word that is meant where an answer says so, else the word itself.</summary>
    /// <param name="row">The row.</param>
    /// <param name="key">The column.</param>
    /// <param name="word">As the file has it.</param>
    public string Meant(RowReader row, string key, string word)
    {
        if (Answer(key, word) is not { Length: > 0 } answer) return word;
        Note(key, row.Title(key), word, [WordCandidate.Of(answer)], isOpen: false, mayKeep: false);
        return answer;
    }

    /// <summary>Nothing is known by this word: one of these may be meant.</summary>
    public void Ask(RowReader row, string key, string word, IEnumerable<string> known) => Ask(key, row.Title(key), word, known);

    public void Ask(string key, string title, string word, IEnumerable<string> known) =>
        Note(key, title, word, [.. ByLikeness(word, known).Take(MostOffered).Select(WordCandidate.Of)], isOpen: true, mayKeep: false);

    public void Note(string column, string title, string word, IReadOnlyList<WordCandidate> candidates, bool isOpen, bool mayKeep)
    {
        if (word == "") return;
        var rows = _asked.TryGetValue((column, word), out var known) ? known.Rows : 0;
        _asked[(column, word)] = new(column, title, word, rows + 1, candidates, isOpen, mayKeep);
    }

    /// <summary>Those that share the most characters come first; the others keep their order.</summary>
    static IEnumerable<string> ByLikeness(string word, IEnumerable<string> known) =>
        known.Distinct().OrderByDescending(name => word.Count(name.Contains) / Math.Sqrt(name.Length + 1));
}
