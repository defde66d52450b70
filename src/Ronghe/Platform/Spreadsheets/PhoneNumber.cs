namespace Ronghe.Platform.Spreadsheets;

/// <summary>Reads phone numbers however they were typed: as a number, full-width, with hyphens, blanks or +86.</summary>
public static class PhoneNumber
{
    /// <summary>False when it is no phone number; a blank cell gives null and true. A mobile number comes back as 11 digits.</summary>
    public static bool TryRead(in Cell cell, out string? phone)
    {
        phone = null;
        if (cell.IsBlank) return true;
        return cell.Kind is CellKind.Text or CellKind.Number && TryRead(cell.ToString(), out phone);
    }

    public static bool TryRead(string text, out string? phone)
    {
        phone = null;
        if (CellText.IsNothing(CellText.Trim(text))) return true;
        Span<char> digits = stackalloc char[20];
        var count = 0;
        foreach (var full in text)
        {
            var c = CellText.HalfWidth(full);
            if (CellText.IsSpace(c) || c is '-' or '(' or ')' or '.' or '—' or '–' || (c == '+' && count == 0)) continue;
            if (!char.IsAsciiDigit(c) || count == digits.Length) return false;
            digits[count++] = c;
        }
        var number = digits[..count];
        if (number.StartsWith("86") && count == 13) number = number[2..];
        var mobile = number is ['1', _, ..] && number.Length == 11;
        var landline = number.Length is 7 or 8 || (number is ['0', ..] && number.Length is >= 10 and <= 12);
        if (!mobile && !landline) return false;
        phone = number.SequenceEqual(text) ? text : new string(number);
        return true;
    }
}
