using System.Globalization;

namespace Ronghe.Platform.Spreadsheets;

/// <summary>Reads amounts and counts: 3, "3年", "１，２３４.５", "￥1,200".</summary>
public static class CellNumber
{
    /// <summary>False when the cell holds something that is no number; a blank cell gives null and true.</summary>
    public static bool TryRead(in Cell cell, out decimal? number)
    {
        number = null;
        switch (cell.Kind)
        {
            case CellKind.Blank: return true;
            case CellKind.Number when Math.Abs(cell.Number) < 1e15:
                // Fifteen digits are what Excel itself keeps; more would show binary dust.
                number = (decimal)cell.Number;
                return true;
            case CellKind.Text: return TryRead(cell.ToString(), out number);
            default: return false;
        }
    }

    public static bool TryRead(string text, out decimal? number)
    {
        number = null;
        Span<char> digits = stackalloc char[40];
        var count = 0;
        var unit = 0;
        foreach (var full in text)
        {
            var c = CellText.HalfWidth(full);
            if (CellText.IsSpace(c) || (c == ',' && unit == 0)) continue;
            if ((c is '¥' or '￥') && count == 0) continue;
            if (unit == 0 && (char.IsAsciiDigit(c) || c is '.' || (c is '-' or '+' && count == 0)))
            {
                if (count == digits.Length) return false;
                digits[count++] = c;
            }
            // A unit after the digits (年, 人, 万元 would change the amount and is not one).
            else if (count == 0 || c == '万' || c == '亿' || !CellText.IsHan(c) || ++unit > 2) return count == 0 && IsNothing(text);
        }
        if (count == 0) return true;
        if (!decimal.TryParse(digits[..count], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)) return IsNothing(text);
        number = value;
        return true;
    }

    static bool IsNothing(string text) => CellText.IsNothing(CellText.Trim(text));
}
