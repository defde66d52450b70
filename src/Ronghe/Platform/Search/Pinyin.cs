namespace Ronghe.Platform.Search;

/// <summary>
/// How Chinese names are read, in Latin letters without tones (ü is written v, as it is typed). A first character that is a
/// surname is read as a surname: 单 shan, 曾 zeng, 尉迟 yuchi.
/// </summary>
public static class Pinyin
{
    const char First = '\u4e00', Last = '\u9fff';
    /// <summary>A name with many ambiguous characters is searched by at most so many readings.</summary>
    const int MostReadings = 8;

    static readonly string[]?[] Characters = new string[]?[Last - First + 1];
    static readonly Dictionary<string, string[]> Surnames = [];

    static Pinyin()
    {
        using var table = new StreamReader(typeof(Pinyin).Assembly.GetManifestResourceStream("pinyin.txt")!);
        while (table.ReadLine() is { } line)
            Learn(line.Split('\t'));
    }

    /// <summary>程志远 → chengzhiyuan. Letters and digits stay (lower case), everything else is dropped.</summary>
    public static string Full(string name) => string.Concat(Syllables(name));

    /// <summary>程志远 → czy.</summary>
    public static string Initials(string name) => string.Concat(Syllables(name).Select(syllable => syllable[0]));

    /// <summary>The usual reading, one entry per character.</summary>
    public static IReadOnlyList<string> Syllables(string name) => Read(name).ConvertAll(readings => readings[0]);

    /// <summary>The usual reading first, then the others that characters with several readings allow.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Readings(string name)
    {
        List<IReadOnlyList<string>> whole = [[]];
        foreach (var readings in Read(name))
            whole = [.. readings.SelectMany(syllable => whole.Select(start => (IReadOnlyList<string>)[.. start, syllable])).Take(MostReadings)];
        return whole;
    }

    static List<string[]> Read(string name)
    {
        var surname = Surname(name);
        List<string[]> read = [];
        for (var at = 0; at < name.Length; at++)
        {
            var usual = OfCharacter(name[at]);
            if (at < surname.Length) read.Add([surname[at], .. usual.Where(other => other != surname[at])]);
            else if (usual.Length > 0) read.Add(usual);
        }
        return read;
    }

    static string[] Surname(string name) =>
        name.Length > 2 && Surnames.TryGetValue(name[..2], out var compound) ? compound
        : name.Length > 1 && Surnames.TryGetValue(name[..1], out var single) ? single
        : [];

    static string[] OfCharacter(char character) => character switch
    {
        >= First and <= Last => Characters[character - First] ?? [],
        'ü' or 'Ü' => ["v"],
        _ when char.IsAsciiLetterOrDigit(character) => [char.ToLowerInvariant(character).ToString()],
        _ => [],
    };

    static void Learn(string[] line)
    {
        var (reading, characters) = (line[0].TrimStart('=', '+'), line[1]);
        var syllables = reading.Split(' ');
        if (syllables.Length > 1) Surnames[characters] = syllables;
        else if (line[0][0] == '=')
            foreach (var character in characters) Surnames[character.ToString()] = syllables;
        else
            foreach (var character in characters) LearnCharacter(character, reading, usual: line[0][0] != '+');
    }

    static void LearnCharacter(char character, string reading, bool usual)
    {
        ref var known = ref Characters[character - First];
        known = usual ? [reading, .. known ?? []] : [.. known ?? [], reading];
    }
}
