namespace Ronghe.Demo.Painting;

/// <summary>The few characters of a date, five by seven dots each, one row per byte.</summary>
static class Digits
{
    static readonly Dictionary<char, byte[]> Rows = new()
    {
        ['0'] = [14, 17, 19, 21, 25, 17, 14], ['1'] = [4, 12, 4, 4, 4, 4, 14], ['2'] = [14, 17, 1, 2, 4, 8, 31], ['3'] = [31, 2, 4, 2, 1, 17, 14],
        ['4'] = [2, 6, 10, 18, 31, 2, 2], ['5'] = [31, 16, 30, 1, 1, 17, 14], ['6'] = [6, 8, 16, 30, 17, 17, 14], ['7'] = [31, 1, 2, 4, 8, 8, 8],
        ['8'] = [14, 17, 17, 14, 17, 17, 14], ['9'] = [14, 17, 17, 15, 1, 2, 12], ['-'] = [0, 0, 0, 31, 0, 0, 0], [':'] = [0, 12, 12, 0, 12, 12, 0],
    };

    public static bool IsInk(string text, int x, int y) =>
        x >= 0 && y is >= 0 and < 7 && x / 6 < text.Length && x % 6 < 5 && Rows.TryGetValue(text[x / 6], out var rows) && (rows[y] >> 4 - x % 6 & 1) == 1;
}
