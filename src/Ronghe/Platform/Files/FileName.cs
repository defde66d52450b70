namespace Ronghe.Platform.Files;

/// <summary>A name as a sender gave it, fit to be shown and to be offered for saving.</summary>
static class FileName
{
    public static string Tidy(string name, string otherwise)
    {
        name = string.Concat(name[(name.LastIndexOfAny(['/', '\\']) + 1)..].Where(IsHarmless)).Trim().Trim('.');
        if (name.Length > StoredFile.LongestName) name = name[..(StoredFile.LongestName - 10)] + name[^10..];
        return name.Length == 0 ? otherwise : name;
    }

    /// <summary>Neither control characters, nor marks that turn the reading direction, nor half a surrogate pair.</summary>
    static bool IsHarmless(char character) =>
        !char.IsControl(character) && !char.IsSurrogate(character) && character is not (>= '\u200e' and <= '\u200f' or >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069');
}
