namespace Ronghe.Platform.Search;

/// <summary>
/// Tokens of running text as numbers, for tables with very many rows: an integer costs a third of the room of a text. One or two
/// Chinese characters stand for themselves, without loss; other tokens are hashed, and two of a million numbers may coincide.
/// </summary>
public static class WordCodes
{
    const char FirstHan = '\u3400', LastHan = '\u9fff';
    /// <summary>Negative, beyond every pair of Chinese characters.</summary>
    const uint Hashed = 0xc000_0000;

    /// <summary>Under which numbers a text is found, and under which codes such as its number, also by their beginning.</summary>
    public static int[] ForText(string text, params ReadOnlySpan<string?> codes)
    {
        var words = new HashSet<int>();
        foreach (var token in SearchTokens.ForText(text, codes)) words.Add(Of(token));
        int[] sorted = [.. words];
        Array.Sort(sorted);
        return sorted;
    }

    /// <summary>What is looked for: of each set at least one. Letters may also be the pinyin of what was written.</summary>
    public static IReadOnlyList<int[]> ForQuery(string? text)
    {
        var sets = new List<int[]>();
        foreach (var token in SearchTokens.ForQuery(text))
            sets.AddRange(char.IsAsciiLetter(token[0]) ? Spoken(token) : [[Of(token)]]);
        return sets;
    }

    public static int Of(ReadOnlySpan<char> token) => token switch
    {
        [>= FirstHan and <= LastHan and var only] => only,
        [>= FirstHan and <= LastHan and var first, >= FirstHan and <= LastHan and var second] => unchecked((int)((uint)first << 16 | second)),
        _ => unchecked((int)(Hashed | Hash(token))),
    };

    /// <summary>One or two Chinese characters: neither hashed nor a day. Of such there are few enough to keep account of each.</summary>
    public static bool IsChinese(int word) => word is >= FirstHan and <= LastHan || unchecked((uint)word) is >= FirstHan << 16 and < Hashed;

    /// <summary>gei mei ji: pairs that read geimei, and pairs that read meiji; or the letters themselves, such as plc.</summary>
    static IEnumerable<int[]> Spoken(string letters)
    {
        var syllables = PinyinWords.Split(letters);
        if (syllables.Count == 0) return [[Of(letters)]];
        if (syllables.Count == 1)
            return [[Of(letters), .. PinyinWords.CharactersOf(letters).Select(one => (int)one), .. PinyinWords.Halves(letters).SelectMany(half => Pairs(half.First, half.Second))]];
        return syllables.Zip(syllables.Skip(1), (first, second) => (int[])[Of(letters), .. Pairs(first, second)]);
    }

    static IEnumerable<int> Pairs(string first, string second) =>
        from one in PinyinWords.CharactersOf(first) from two in PinyinWords.CharactersOf(second) select Of([one, two]);

    static uint Hash(ReadOnlySpan<char> token)
    {
        // FNV-1a: the same on every machine and in every version, for the numbers are stored.
        var hash = 2166136261u;
        foreach (var letter in token) hash = unchecked((hash ^ letter) * 16777619u);
        return hash;
    }
}
