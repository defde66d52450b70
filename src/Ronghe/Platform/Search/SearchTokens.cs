using System.Text;

namespace Ronghe.Platform.Search;

/// <summary>
/// Words by which a record is found, kept in a text[] column with a GIN index. A record matches when its tokens contain all
/// tokens of the query: <c>query.All(token => row.SearchTokens.Contains(token))</c>. Chinese goes by characters and pairs
/// of characters, so that two-character words use the index; letters by beginnings, so that results come while typing.
/// </summary>
public static class SearchTokens
{
    const int LongestWord = 24, MostQueryTokens = 24, ShortestCodeStart = 3;
    /// <summary>Names of people are short; those of places would make thousands of tokens if every mixture of pinyin and initials were kept.</summary>
    const int ShortName = 4, MostInitials = 10;

    enum Kind { Han, Letters, Digits }

    /// <summary>
    /// A person or place: characters and pairs, pinyin and initials from any syllable on (程志远: chengzhi, zhiyuan, czy, chengzy),
    /// and codes such as the employee number, also by their beginning and without leading zeros.
    /// </summary>
    public static string[] ForName(string name, params ReadOnlySpan<string?> codes)
    {
        var tokens = new HashSet<string>(ForText(name));
        var readings = Pinyin.Readings(Normalise(name));
        if (readings[0].Count > ShortName) AddLongPinyin(tokens, readings[0]);
        else
            foreach (var syllables in readings) AddPinyin(tokens, syllables);
        foreach (var code in codes)
            AddCode(tokens, code);
        return [.. tokens.Order(StringComparer.Ordinal)];
    }

    /// <summary>Running text: characters and pairs, words by their beginnings, numbers.</summary>
    public static string[] ForText(string? text)
    {
        var tokens = new HashSet<string>();
        foreach (var (kind, run) in Runs(text))
            switch (kind)
            {
                case Kind.Han: tokens.UnionWith(run); tokens.UnionWith(Pairs(run)); break;
                case Kind.Letters: AddBeginnings(tokens, string.Concat(run), shortest: 2); break;
                default: AddNumber(tokens, string.Concat(run)); break;
            }
        return [.. tokens.Order(StringComparer.Ordinal)];
    }

    /// <summary>What a record must contain, all of it, to be found. Empty when there is nothing to search for.</summary>
    public static string[] ForQuery(string? text) =>
    [
        .. Runs(text)
            .SelectMany(run => run.Kind == Kind.Han && run.Characters.Count > 1 ? Pairs(run.Characters) : [Cut(string.Concat(run.Characters))])
            .Distinct().Take(MostQueryTokens),
    ];

    static void AddPinyin(HashSet<string> tokens, IReadOnlyList<string> syllables)
    {
        for (var from = 0; from < syllables.Count; from++)
            for (var spelledOut = from; spelledOut <= syllables.Count; spelledOut++)
            {
                var initials = syllables.Skip(spelledOut).Select(syllable => syllable[..1]);
                AddBeginnings(tokens, string.Concat([.. syllables.Take(spelledOut).Skip(from), .. initials]), shortest: 1);
            }
    }

    static void AddLongPinyin(HashSet<string> tokens, IReadOnlyList<string> syllables)
    {
        for (var from = 0; from < syllables.Count; from++)
        {
            AddBeginnings(tokens, string.Concat(syllables.Skip(from)), shortest: 1);
            AddBeginnings(tokens, string.Concat(syllables.Skip(from).Select(syllable => syllable[0])), shortest: 1, MostInitials);
        }
    }

    static void AddCode(HashSet<string> tokens, string? code)
    {
        foreach (var (_, run) in Runs(code))
        {
            var part = string.Concat(run);
            AddBeginnings(tokens, part, ShortestCodeStart);
            if (part.TrimStart('0') is { Length: > 0 } significant) AddBeginnings(tokens, significant, ShortestCodeStart);
        }
    }

    static void AddNumber(HashSet<string> tokens, string digits)
    {
        tokens.Add(Cut(digits));
        if (digits.TrimStart('0') is { Length: > 0 } significant) tokens.Add(Cut(significant));
    }

    static void AddBeginnings(HashSet<string> tokens, string word, int shortest, int longest = LongestWord)
    {
        word = Cut(word, longest);
        tokens.Add(word);
        for (var length = shortest; length < word.Length; length++)
            tokens.Add(word[..length]);
    }

    static IEnumerable<string> Pairs(List<string> characters) => characters.Zip(characters.Skip(1), string.Concat);

    static string Cut(string word, int longest = LongestWord) => word.Length > longest ? word[..longest] : word;

    /// <summary>Full-width becomes half-width, capitals small, ü the v that is typed for it.</summary>
    static string Normalise(string text) => Wellformed(text).Normalize(NormalizationForm.FormKC).ToLowerInvariant().Replace('ü', 'v');

    /// <summary>Normalisation throws on half a surrogate pair and on U+FFFE, which a crafted request can contain.</summary>
    static string Wellformed(string text) => string.Concat(text.EnumerateRunes()).Replace('\ufffe', ' ');

    static IEnumerable<(Kind Kind, List<string> Characters)> Runs(string? text)
    {
        var (kind, run) = (default(Kind?), new List<string>());
        foreach (var rune in Normalise(text ?? "").EnumerateRunes())
        {
            var next = KindOf(rune);
            if (next != kind && run.Count > 0)
            {
                yield return (kind!.Value, run);
                run = [];
            }
            if (next is not null) run.Add(rune.ToString());
            kind = next;
        }
        if (run.Count > 0) yield return (kind!.Value, run);
    }

    static Kind? KindOf(Rune rune) => rune.Value switch
    {
        >= 0x3400 and <= 0x9fff or >= 0x20000 => Kind.Han,
        _ when Rune.IsDigit(rune) => Kind.Digits,
        _ when Rune.IsLetter(rune) => Kind.Letters,
        _ => null,
    };
}
