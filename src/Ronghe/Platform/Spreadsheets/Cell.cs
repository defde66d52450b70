using System.Globalization;

namespace Ronghe.Platform.Spreadsheets;

public enum CellKind : byte { Blank, Text, Number, Date, Boolean, Error }

/// <summary>One cell as the file holds it; 24 bytes, so that a sheet of millions stays small.</summary>
public readonly struct Cell
{
    readonly double number;
    readonly string? text;

    Cell(CellKind kind, double number, string? text, bool formula)
    {
        Kind = kind;
        this.number = number;
        this.text = text;
        HasFormula = formula;
    }

    public CellKind Kind { get; }

    /// <summary>The shown value is a formula's cached result. Unknown (false) in .xls and .csv.</summary>
    public bool HasFormula { get; }

    public bool IsBlank => Kind == CellKind.Blank;
    public double Number => number;

    /// <summary>Characters of a text cell; 0 for every other kind.</summary>
    public int Length => Kind == CellKind.Text ? text!.Length : 0;

    /// <summary>Number format of a number or a date, as the workbook spells it: "yyyy.mm", "0.00".</summary>
    public string Format => Kind is CellKind.Number or CellKind.Date ? text ?? "General" : "General";

    public static Cell Text(string value, bool formula = false) =>
        value.Length == 0 ? default : new(CellKind.Text, 0, value, formula);

    public static Cell OfNumber(double value, string? format = null, bool formula = false) => new(CellKind.Number, value, format, formula);

    /// <summary>A number under a date format; <paramref name="serial"/> counts days in the 1900 system.</summary>
    public static Cell Date(double serial, string format, bool formula = false) => new(CellKind.Date, serial, format, formula);

    public static Cell Boolean(bool value, bool formula = false) => new(CellKind.Boolean, value ? 1 : 0, null, formula);

    /// <summary><paramref name="code"/> is what Excel shows: "#REF!", "#N/A".</summary>
    public static Cell Error(string code) => new(CellKind.Error, 0, code, true);

    /// <summary>The text a person would read off the sheet; a text cell exactly as stored.</summary>
    public override string ToString() => Kind switch
    {
        CellKind.Text or CellKind.Error => text!,
        CellKind.Number => NumberText.Of(number, Format),
        CellKind.Date => DateSerial.ToDateTime(number) is { } at ? Shown(at) : NumberText.Of(number, "General"),
        CellKind.Boolean => number != 0 ? "TRUE" : "FALSE",
        _ => "",
    };

    string Shown(DateTime at) => at.TimeOfDay != TimeSpan.Zero ? at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
        : NumberFormat.ShowsDay(Format) ? at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : at.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
