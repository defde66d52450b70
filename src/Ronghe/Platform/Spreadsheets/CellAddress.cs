namespace Ronghe.Platform.Spreadsheets;

/// <summary>"B83" and back. Rows count from 1 as users see them, columns from 0.</summary>
public static class CellAddress
{
    public const int LastRow = 1_048_576;
    public const int LastColumn = 16_383;

    public static string Of(int column, int row) => string.Create(null, stackalloc char[16], $"{Letters(column)}{row}");

    public static string Letters(int column)
    {
        if (column < 26) return Single[column];
        var letters = "";
        for (var rest = column; rest >= 0; rest = rest / 26 - 1) letters = (char)('A' + rest % 26) + letters;
        return letters;
    }

    static readonly string[] Single = [.. Enumerable.Range(0, 26).Select(i => ((char)('A' + i)).ToString())];

    /// <summary>False for anything but letters followed by digits within a sheet's bounds; "$" is passed over.</summary>
    public static bool TryParse(ReadOnlySpan<char> address, out int column, out int row)
    {
        column = row = 0;
        var i = 0;
        for (; i < address.Length; i++)
        {
            var c = (char)(address[i] & ~0x20);
            if (address[i] == '$') continue;
            if (c is < 'A' or > 'Z') break;
            column = column * 26 + (c - 'A' + 1);
            if (column > LastColumn + 1) return false;
        }
        for (; i < address.Length; i++)
        {
            if (address[i] == '$') continue;
            if (!char.IsAsciiDigit(address[i])) return false;
            row = row * 10 + (address[i] - '0');
            if (row > LastRow) return false;
        }
        column--;
        return column >= 0 && row > 0;
    }

    /// <summary>A range "G192:G235"; a single address is a range of one.</summary>
    public static bool TryParseRange(ReadOnlySpan<char> range, out CellRange found)
    {
        found = default;
        var colon = range.IndexOf(':');
        if (!TryParse(colon < 0 ? range : range[..colon], out var left, out var top)) return false;
        if (!TryParse(colon < 0 ? range : range[(colon + 1)..], out var right, out var bottom)) return false;
        found = new CellRange(Math.Min(left, right), Math.Min(top, bottom), Math.Max(left, right), Math.Max(top, bottom));
        return true;
    }
}

/// <summary>Inclusive on all sides; columns from 0, rows from 1.</summary>
public readonly record struct CellRange(int Left, int Top, int Right, int Bottom)
{
    public bool Contains(int column, int row) => column >= Left && column <= Right && row >= Top && row <= Bottom;
    public override string ToString() => $"{CellAddress.Of(Left, Top)}:{CellAddress.Of(Right, Bottom)}";
}
