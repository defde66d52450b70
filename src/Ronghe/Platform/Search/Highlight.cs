namespace Ronghe.Platform.Search;

/// <summary>A piece of a text; marked when it is what was searched for.</summary>
public readonly record struct TextPart(string Text, bool IsHit);

/// <summary>Shows why a text was found: the words themselves, or the characters whose pinyin or initials were typed.</summary>
public static class Highlight
{
    /// <summary>Of a longer query the first words are marked.</summary>
    const int MostWords = 12;

    /// <summary>The text in pieces; a single unmarked one when nothing of the query stands in it.</summary>
    public static IReadOnlyList<TextPart> In(string text, string? query)
    {
        var marked = new bool[text.Length];
        foreach (var word in Words(query).Take(MostWords))
            if (!MarkWords(text, word, marked) && !MarkPinyin(text, word, marked))
                foreach (var part in Parts(word)) MarkWords(text, part, marked);
        return [.. Pieces(text, marked)];
    }

    static IEnumerable<string> Words(string? query) =>
        new string([.. (query ?? "").Select(sign => char.IsPunctuation(sign) && sign is not '-' || char.IsWhiteSpace(sign) ? ' ' : sign)])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>锅炉8米 → 锅炉 8 米: the text may have blanks between them.</summary>
    static IEnumerable<string> Parts(string word)
    {
        static int KindOf(char sign) => char.IsDigit(sign) ? 0 : char.IsAsciiLetter(sign) ? 1 : char.IsLetter(sign) || char.IsSurrogate(sign) ? 2 : 3;
        for (var start = 0; start < word.Length;)
        {
            var end = start + 1;
            while (end < word.Length && KindOf(word[end]) == KindOf(word[start])) end++;
            if (KindOf(word[start]) < 3 && end - start < word.Length) yield return word[start..end];
            start = end;
        }
    }

    static bool MarkWords(string text, string word, bool[] marked)
    {
        var found = false;
        for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + word.Length, StringComparison.OrdinalIgnoreCase))
        {
            marked.AsSpan(at, word.Length).Fill(true);
            found = true;
        }
        return found;
    }

    static bool MarkPinyin(string text, string word, bool[] marked)
    {
        if (!word.All(char.IsAsciiLetterOrDigit)) return false;
        // Signs such as the dot in 锅炉房 · 给煤机 have no reading; the readings belong to the characters between them.
        int[] spoken = [.. Enumerable.Range(0, text.Length).Where(at => Pinyin.Syllables(text[at].ToString()).Count == 1)];
        var syllables = Pinyin.Syllables(text);
        if (syllables.Count != spoken.Length) return false;
        var dead = new HashSet<(int, int)>();
        for (var start = 0; start < spoken.Length; start++)
            if (Read(syllables, start, word.ToLowerInvariant(), dead) is > 0 and var length)
            {
                foreach (var at in spoken.AsSpan(start, length)) marked[at] = true;
                return true;
            }
        return false;
    }

    /// <summary>How many characters from here on the letters spell, each by its syllable, by its beginning when it is the last, or by its initial.</summary>
    /// <param name="dead">Ends that led nowhere, which are not walked again: anna could be an-na, a-n-na, a-n-n-a.</param>
    static int Read(IReadOnlyList<string> syllables, int at, string letters, HashSet<(int, int)> dead)
    {
        if (letters == "") return 0;
        if (at == syllables.Count || dead.Contains((at, letters.Length))) return -1;
        var syllable = syllables[at];
        if (syllable.StartsWith(letters, StringComparison.Ordinal)) return 1;
        foreach (var part in (string[])[syllable, syllable[..1]])
            if (letters.StartsWith(part, StringComparison.Ordinal) && Read(syllables, at + 1, letters[part.Length..], dead) is >= 0 and var rest)
                return rest + 1;
        dead.Add((at, letters.Length));
        return -1;
    }

    static IEnumerable<TextPart> Pieces(string text, bool[] marked)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = start + 1;
            while (end < text.Length && marked[end] == marked[start]) end++;
            yield return new(text[start..end], marked[start]);
            start = end;
        }
    }
}
