using System.Text;

namespace Ronghe.Platform.Search;

/// <summary>From letters back to Chinese: which syllables a word is made of, and which common characters are read so.</summary>
static class PinyinWords
{
    static readonly Lazy<Dictionary<string, string>> Common = new(Learn);

    /// <summary>geimeiji → gei mei ji, in as few syllables as possible; empty when the letters are no pinyin.</summary>
    public static IReadOnlyList<string> Split(string letters)
    {
        var best = new List<string>?[letters.Length + 1];
        best[letters.Length] = [];
        for (var at = letters.Length - 1; at >= 0; at--)
            for (var length = 1; length <= Math.Min(6, letters.Length - at); length++)
                if (best[at + length] is { } rest && Common.Value.ContainsKey(letters.Substring(at, length)) && (best[at] is null || rest.Count + 1 < best[at]!.Count))
                    best[at] = [letters.Substring(at, length), .. rest];
        return best[0] ?? [];
    }

    /// <summary>xian → xi an: one syllable that could also be two.</summary>
    public static IEnumerable<(string First, string Second)> Halves(string letters) =>
        from at in Enumerable.Range(1, letters.Length - 1)
        let halves = (First: letters[..at], Second: letters[at..])
        where Common.Value.ContainsKey(halves.First) && Common.Value.ContainsKey(halves.Second)
        select halves;

    public static string CharactersOf(string syllable) => Common.Value.GetValueOrDefault(syllable, "");

    /// <summary>GB 2312 level 1, the 3,755 commonest characters: with all 20,992 of them a pair of syllables would mean a hundred thousand words.</summary>
    static Dictionary<string, string> Learn()
    {
        var gb = CodePagesEncodingProvider.Instance.GetEncoding("gb2312")!;
        var read = new Dictionary<string, StringBuilder>();
        for (var row = 0xb0; row <= 0xd7; row++)
            for (var cell = 0xa1; cell <= (row == 0xd7 ? 0xf9 : 0xfe); cell++)
            {
                var character = gb.GetString([(byte)row, (byte)cell]);
                foreach (var syllable in Pinyin.Readings(character).Select(reading => reading[0]).Distinct())
                    (read.TryGetValue(syllable, out var known) ? known : read[syllable] = new()).Append(character);
            }
        return read.ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
    }
}
