namespace Ronghe.Platform.Spreadsheets;

public enum ColumnKind { Text, Code, Date, Month, Number, Phone, Person, Choice }

/// <summary>One column that an import wants: how it may be headed, and what a template says about it.</summary>
public sealed record ColumnSpec(string Key, string Title)
{
    /// <summary>Other headings that mean the same: 员工编号 and 职工号 for 工号.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>A sheet without this column cannot be imported.</summary>
    public bool Required { get; init; }

    /// <summary>Only its very titles count: 入职日期 must not be taken for 离职日期.</summary>
    public bool Exact { get; init; }

    public ColumnKind Kind { get; init; } = ColumnKind.Text;
    public string Explanation { get; init; } = "";
    public string Example { get; init; } = "";

    /// <summary>Words to choose from; the template offers them as a drop-down list.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Width in characters; 0 leaves it to the kind.</summary>
    public double Width { get; init; }
}

/// <summary>The columns of one kind of list (staff, units, ledger), as an import looks for them.</summary>
public sealed record SheetSpec(string Key, string Title, IReadOnlyList<ColumnSpec> Columns)
{
    /// <summary>Words that the sheet's name often holds; they decide between sheets with the same headings.</summary>
    public IReadOnlyList<string> NameHints { get; init; } = [];
}
