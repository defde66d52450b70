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
        var tokens = new TokenSet();
        var normal = Normalise(name);
        AddText(tokens, normal);
        var readings = Pinyin.Readings(normal);
        if (readings[0].Count > ShortName) AddLongPinyin(tokens, readings[0]);
        else
            foreach (var syllables in readings) AddPinyin(tokens, syllables);
        foreach (var code in codes) AddCode(tokens, Normalise(code ?? ""), ShortestCodeStart);
        return tokens.Sorted();
    }

    /// <summary>Running text: characters and pairs, words by their beginnings, numbers; and codes, such as the record's own number, by their beginnings too.</summary>
    public static string[] ForText(string? text, params ReadOnlySpan<string?> codes)
    {
        var tokens = new TokenSet();
        AddText(tokens, Normalise(text ?? ""));
        foreach (var code in codes) AddCode(tokens, Normalise(code ?? ""), shortest: 2);
        return tokens.Sorted();
    }

    /// <summary>What a record must contain, all of it, to be found. Empty when there is nothing to search for.</summary>
    public static string[] ForQuery(string? text)
    {
        var tokens = new List<string>();
        var normal = Normalise(text ?? "");
        foreach (var run in new Runs(normal))
        {
            if (run.Kind != Kind.Han || Next(run.Text, 0) == run.Text.Length) tokens.Add(Cut(run.Text).ToString());
            else
                for (var at = 0; Next(run.Text, at) is var middle && middle < run.Text.Length; at = middle)
                    tokens.Add(run.Text[at..Next(run.Text, middle)].ToString());
        }
        return [.. tokens.Distinct().Take(MostQueryTokens)];
    }

    static void AddText(TokenSet tokens, string normal)
    {
        foreach (var run in new Runs(normal))
            switch (run.Kind)
            {
                case Kind.Han: AddHan(tokens, run.Text); break;
                case Kind.Letters: AddBeginnings(tokens, run.Text, shortest: 2); break;
                default: AddNumber(tokens, run.Text); break;
            }
    }

    /// <summary>Characters and pairs of neighbours.</summary>
    static void AddHan(TokenSet tokens, ReadOnlySpan<char> text)
    {
        for (int at = 0, next; at < text.Length; at = next)
        {
            next = Next(text, at);
            tokens.Add(text[at..next]);
            if (next < text.Length) tokens.Add(text[at..Next(text, next)]);
        }
    }

    /// <summary>From any syllable on, the first ones spelled out and the others by their initials.</summary>
    static void AddPinyin(TokenSet tokens, IReadOnlyList<string> syllables)
    {
        Span<char> word = stackalloc char[LongestWord];
        for (var from = 0; from < syllables.Count; from++)
            for (var spelledOut = from; spelledOut <= syllables.Count; spelledOut++)
                AddBeginnings(tokens, word[..Spell(word, syllables, from, spelledOut)], shortest: 1);
    }

    static void AddLongPinyin(TokenSet tokens, IReadOnlyList<string> syllables)
    {
        Span<char> word = stackalloc char[LongestWord];
        for (var from = 0; from < syllables.Count; from++)
        {
            AddBeginnings(tokens, word[..Spell(word, syllables, from, syllables.Count)], shortest: 1);
            AddBeginnings(tokens, word[..Math.Min(MostInitials, Spell(word, syllables, from, from))], shortest: 1);
        }
    }

    /// <summary>How many letters of the word were written; the word holds the longest that is kept.</summary>
    static int Spell(Span<char> word, IReadOnlyList<string> syllables, int from, int spelledOut)
    {
        var length = 0;
        for (var at = from; at < syllables.Count && length < word.Length; at++)
        {
            var part = syllables[at].AsSpan(0, at < spelledOut ? syllables[at].Length : 1);
            if (part.Length > word.Length - length) part = part[..(word.Length - length)];
            part.CopyTo(word[length..]);
            length += part.Length;
        }
        return length;
    }

    static void AddCode(TokenSet tokens, string normal, int shortest)
    {
        foreach (var run in new Runs(normal))
        {
            AddBeginnings(tokens, run.Text, shortest);
            if (run.Text.TrimStart('0') is { Length: > 0 } significant) AddBeginnings(tokens, significant, shortest);
        }
    }

    static void AddNumber(TokenSet tokens, ReadOnlySpan<char> digits)
    {
        tokens.Add(Cut(digits));
        if (digits.TrimStart('0') is { Length: > 0 } significant) tokens.Add(Cut(significant));
    }

    static void AddBeginnings(TokenSet tokens, ReadOnlySpan<char> word, int shortest)
    {
        word = Cut(word);
        tokens.Add(word);
        for (var length = shortest; length < word.Length; length++) tokens.Add(word[..length]);
    }

    static ReadOnlySpan<char> Cut(ReadOnlySpan<char> word) => word.Length > LongestWord ? word[..LongestWord] : word;

    /// <summary>Where the character after the one at this place begins; a surrogate pair is one character.</summary>
    static int Next(ReadOnlySpan<char> text, int at) => at + (char.IsHighSurrogate(text[at]) && at + 1 < text.Length ? 2 : 1);

    /// <summary>Full-width becomes half-width, capitals small, ü the v that is typed for it.</summary>
    static string Normalise(string text) =>
        IsNormal(text) ? text : Wellformed(text).Normalize(NormalizationForm.FormKC).ToLowerInvariant().Replace('ü', 'v');

    /// <summary>Most names and codes: common Chinese characters, digits and small letters, which normalising leaves as they are.</summary>
    static bool IsNormal(string text)
    {
        foreach (var c in text)
            if (c is not (>= '\u4e00' and <= '\u9fa5' or >= '0' and <= '9' or >= 'a' and <= 'z' or ' ' or '-')) return false;
        return true;
    }

    /// <summary>Normalisation throws on half a surrogate pair and on U+FFFE, which a crafted request can contain.</summary>
    static string Wellformed(string text) => string.Concat(text.EnumerateRunes()).Replace('\ufffe', ' ');

    static Kind? KindOf(Rune rune) => rune.Value switch
    {
        >= 0x3400 and <= 0x9fff or >= 0x20000 => Kind.Han,
        _ when Rune.IsDigit(rune) => Kind.Digits,
        _ when Rune.IsLetter(rune) => Kind.Letters,
        _ => null,
    };

    /// <summary>Different tokens; a text is made only for one that is new.</summary>
    sealed class TokenSet
    {
        readonly HashSet<string> _tokens = new(48);
        readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

        public TokenSet() => _lookup = _tokens.GetAlternateLookup<ReadOnlySpan<char>>();

        public void Add(ReadOnlySpan<char> token) => _lookup.Add(token);

        public string[] Sorted()
        {
            string[] sorted = [.. _tokens];
            Array.Sort(sorted, string.CompareOrdinal);
            return sorted;
        }
    }

    readonly ref struct Run(Kind kind, ReadOnlySpan<char> text)
    {
        public Kind Kind { get; } = kind;
        public ReadOnlySpan<char> Text { get; } = text;
    }

    /// <summary>Goes through stretches of characters of one kind; blanks and signs part them.</summary>
    ref struct Runs(ReadOnlySpan<char> text)
    {
        readonly ReadOnlySpan<char> _text = text;
        int _from, _to;
        Kind _kind;

        public readonly Runs GetEnumerator() => this;
        public readonly Run Current => new(_kind, _text[_from.._to]);

        public bool MoveNext()
        {
            Kind? kind = null;
            for (_from = _to; _to < _text.Length;)
            {
                Rune.DecodeFromUtf16(_text[_to..], out var rune, out var length);
                var next = KindOf(rune);
                if (kind is not null && next != kind) break;
                _to += length;
                if (next is null) _from = _to;
                kind = next;
            }
            _kind = kind ?? default;
            return kind is not null;
        }
    }
}
