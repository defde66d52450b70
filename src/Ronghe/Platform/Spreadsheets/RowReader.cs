namespace Ronghe.Platform.Spreadsheets;

/// <summary>
/// Typed reading of one data row by column key. A value that cannot be read is reported where it stands and comes back as null,
/// so an importer goes on and a file is checked whole. Absent columns and blank cells are null without complaint.
/// </summary>
public sealed class RowReader
{
    readonly SheetReading reading;
    SheetRow row = new(0, []);
    int errorsBefore;

    internal RowReader(SheetReading reading) => this.reading = reading;

    internal void MoveTo(SheetRow next)
    {
        row = next;
        errorsBefore = reading.Errors.Count;
    }

    /// <summary>Row number as the user sees it.</summary>
    public int Number => row.Number;

    public bool HasErrors => reading.Errors.Count > errorsBefore;

    public bool Has(string key) => reading.Mapping.Of(key) >= 0;

    /// <summary>The cell as stored; blank when the sheet lacks the column.</summary>
    public Cell Cell(string key) => reading.Mapping.Of(key) is >= 0 and var column ? row[column] : default;

    /// <summary>"B83"; for a column that the sheet lacks, the row's first cell.</summary>
    public string Address(string key) => CellAddress.Of(Math.Max(0, reading.Mapping.Of(key)), row.Number);

    /// <summary>Cleaned text, line breaks kept. Longer than <paramref name="most"/> characters is an error.</summary>
    public string? Text(string key, int most = 4000) => Fitting(key, Cleaned(key), most);

    /// <summary>A cell that marks "nothing" ("/", "—", "无") is null too.</summary>
    public string? TextOrNothing(string key, int most = 4000) => Text(key, most) is { } text && !CellText.IsNothing(text) ? text : null;

    /// <summary>Text on one line: names of units, posts, places.</summary>
    public string? Line(string key, int most = 400) => Cleaned(key) is { } text ? Fitting(key, CellText.OneLine(text), most) : null;

    /// <summary>A person's name without blanks between its characters.</summary>
    public string? Name(string key, int most = 60) => Line(key, most);

    /// <summary>A number or code: half-width, no blanks, leading zeros kept.</summary>
    public string? Code(string key, int most = 60) => Cleaned(key) is { } text ? Fitting(key, CellText.Code(text), most) : null;

    /// <summary>The text, which must be there.</summary>
    public string? Required(string key, string? text)
    {
        if (text is null && Cell(key).Kind != CellKind.Error)
            Error(key, SheetErrorKind.MissingValue, $"“{Title(key)}”没有填写。请补上后重新导入。");
        return text;
    }

    public PreciseDate? Date(string key)
    {
        var cell = Cell(key);
        if (cell.IsBlank || IsError(key, cell)) return null;
        var read = CellDate.Read(cell, reading.Date1904);
        if (read.Problem is { } problem)
            Error(key, problem, $"“{Title(key)}”填的是“{Shown(cell)}”，{(problem == SheetErrorKind.AmbiguousDate ? "" : "不是有效日期：")}{read.Why}。请改成 2012-06-28 这样的日期（只有年月写 2012-06）。");
        return read.Date;
    }

    public decimal? Amount(string key)
    {
        var cell = Cell(key);
        if (cell.IsBlank || IsError(key, cell)) return null;
        if (CellNumber.TryRead(cell, out var number)) return number;
        Error(key, SheetErrorKind.UnreadableNumber, $"“{Title(key)}”填的是“{Shown(cell)}”，不是数字。请改成数字，例如 3。");
        return null;
    }

    /// <summary>A whole number: 3 and "3年" are 3.</summary>
    public int? Whole(string key)
    {
        if (Amount(key) is not { } amount) return null;
        if (amount == decimal.Truncate(amount) && Math.Abs(amount) <= int.MaxValue) return (int)amount;
        Error(key, SheetErrorKind.UnreadableNumber, $"“{Title(key)}”填的是“{Shown(Cell(key))}”，应为整数。请改成整数，例如 3。");
        return null;
    }

    public string? Phone(string key)
    {
        var cell = Cell(key);
        if (cell.IsBlank || IsError(key, cell)) return null;
        if (PhoneNumber.TryRead(cell, out var phone)) return phone;
        Error(key, SheetErrorKind.UnreadablePhone, $"“{Title(key)}”填的是“{Shown(cell)}”，不是电话号码。请填 11 位手机号，或带区号的固定电话。");
        return null;
    }

    public IReadOnlyList<PersonName> People(string key) => Cleaned(key) is { } text ? PersonName.ReadAll(text) : [];

    /// <summary>One of the known words; another word is an error that lists them.</summary>
    public T? Choice<T>(string key, IReadOnlyDictionary<string, T> words) where T : struct
    {
        if (Line(key) is not { } text) return null;
        if (words.TryGetValue(text, out var chosen)) return chosen;
        Error(key, SheetErrorKind.UnknownChoice, $"“{Title(key)}”填的是“{text}”，不在可用的说法之内。请改成：{string.Join("、", words.Keys.Take(20))}。");
        return null;
    }

    public void Error(string key, string kind, string message) => reading.Error(row.Number, key, kind, message);

    string? Cleaned(string key)
    {
        var cell = Cell(key);
        if (cell.IsBlank || IsError(key, cell)) return null;
        var text = CellText.Clean(cell.ToString());
        return text.Length == 0 ? null : text;
    }

    string? Fitting(string key, string? text, int most)
    {
        if (text is null || text.Length <= most) return text;
        Error(key, SheetErrorKind.TooLong, $"“{Title(key)}”有 {text.Length:N0} 个字，最多 {most:N0} 个字。请缩短后重新导入。");
        return null;
    }

    bool IsError(string key, in Cell cell)
    {
        if (cell.Kind != CellKind.Error) return false;
        Error(key, SheetErrorKind.FormulaError, $"“{Title(key)}”的公式结果是错误值 {cell}。请修正公式，或改填结果本身。");
        return true;
    }

    /// <summary>The heading as the file has it.</summary>
    public string Title(string key) => reading.Mapping.TitleOf(key);

    static string Shown(in Cell cell) => cell.ToString() is { Length: > 30 } text ? string.Concat(text.AsSpan(0, 30), "…") : cell.ToString();
}
