using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Ronghe.Platform.Web.Parts;

/// <summary>A table's head and body. Begin with <c>Table.Of(rows, r => $"/findings/{r.Id}").Main("描述", r => r.Title).Text("编号", r => r.Number)</c>.</summary>
public abstract class Table : IHtmlContent
{
    /// <summary>The current year, which dates then leave out. The r-table tag fills it in.</summary>
    public int Year { get; set; }

    public static Table<T> Of<T>(IReadOnlyList<T> rows, Func<T, string?>? link = null) => new(rows, link);

    public abstract void WriteTo(TextWriter writer, HtmlEncoder encoder);
}

/// <summary>
/// Rows and columns, written cell by cell without a component per row. On a phone each row becomes a card: the main cell leads,
/// the status stands beside it, the rest follows as "header value".
/// </summary>
public sealed class Table<T>(IReadOnlyList<T> rows, Func<T, string?>? link) : Table
{
    readonly List<(string Header, string? Kind, Action<Cell, T> Write)> columns = [];
    Func<T, string?>? rowClass;

    public int Count => rows.Count;

    /// <summary>A column of plain text. Kinds: code, num, date, status, wide; null for ordinary.</summary>
    public Table<T> Text(string header, Func<T, string?> text, string? kind = null) => Add(header, kind, (cell, row) => cell.Text(text(row)));

    public Table<T> Number(string header, Func<T, long?> number) =>
        Add(header, "num", (cell, row) => { if (number(row) is { } n) cell.Number(n); });

    public Table<T> Day(string header, Func<T, DateOnly?> day) => Add(header, "date", (cell, row) => cell.Day(day(row)));

    public Table<T> Time(string header, Func<T, DateTimeOffset?> at) => Add(header, "date", (cell, row) => cell.Time(at(row)));

    public Table<T> Badge(string header, Func<T, (string Status, string? Text)> badge) =>
        Add(header, "status", (cell, row) => { var (status, text) = badge(row); cell.Badge(status, text); });

    /// <summary>The column that names the row: a title that carries the row's link, and a quiet second line.</summary>
    public Table<T> Main(string header, Func<T, string> title, Func<T, string?>? second = null, string? icon = null) =>
        Add(header, "main", (cell, row) =>
        {
            cell.Title(title(row), link?.Invoke(row));
            if (second?.Invoke(row) is { } line) cell.Second(line, icon);
        });

    /// <summary>A column written by hand with the cell's verbs.</summary>
    public Table<T> Cell(string header, Action<Cell, T> write, string? kind = null) => Add(header, kind, write);

    /// <summary>A tick box per row, for an act on several rows; the table must stand inside the form of that act.</summary>
    public Table<T> Check(string name, Func<T, string> value, Func<T, string> label) =>
        Add("", "check", (cell, row) => cell.Check(name, value(row), label(row)));

    /// <summary>A class for whole rows that need attention, such as "urgent".</summary>
    public Table<T> RowClass(Func<T, string?> of)
    {
        rowClass = of;
        return this;
    }

    /// <summary>Leaves out columns by their headings, as their reader chose. What names a row, and its tick, stay.</summary>
    public Table<T> Without(IReadOnlySet<string> headers)
    {
        columns.RemoveAll(column => headers.Contains(column.Header) && column.Kind is not ("main" or "check"));
        return this;
    }

    public override void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var to = new Markup(writer, encoder);
        WriteHead(to);
        var cell = new Cell(to, Year);
        to.Raw("<tbody>");
        foreach (var row in rows) WriteRow(to, cell, row);
        to.Raw("</tbody>");
    }

    void WriteHead(Markup to)
    {
        to.Raw("<thead><tr>");
        foreach (var (header, kind, _) in columns)
            if (header is "") to.Raw("<td").Attribute("class", kind).Raw("></td>");
            else to.Raw("<th scope=\"col\"").Attribute("class", kind).Raw(">").Text(header).Raw("</th>");
        to.Raw("</tr></thead>");
    }

    void WriteRow(Markup to, Cell cell, T row)
    {
        to.Raw("<tr").Attribute("class", rowClass?.Invoke(row)).Flag("data-row", link?.Invoke(row) is not null).Raw(">");
        foreach (var (header, kind, write) in columns)
        {
            to.Raw("<td").Attribute("class", kind);
            if (header is not "" && kind is not ("main" or "status")) to.Attribute("data-label", header);
            to.Raw(">");
            write(cell, row);
            to.Raw("</td>");
        }
        to.Raw("</tr>");
    }

    Table<T> Add(string header, string? kind, Action<Cell, T> write)
    {
        columns.Add((header, kind, write));
        return this;
    }
}
