using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Ronghe.Tests.Organisation.Imports;

/// <summary>One of the plant's real workbooks with some cells changed: <c>EditedFile.Of("roster.xlsx", ("E20", "1985.13"))</c>.</summary>
static class EditedFile
{
    public static string PathOf(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "Content", "demo", name);

    public static MemoryStream Whole(string name) => new(File.ReadAllBytes(PathOf(name)));

    /// <param name="name">File of the demo content.</param>
    /// <param name="cells">Address, on the first sheet or as 党组织!A3, and the new text; null empties the cell, a text like #REF! becomes an error value.</param>
    public static MemoryStream Of(string name, params (string Address, string? Text)[] cells)
    {
        var file = new MemoryStream();
        using (var original = File.OpenRead(PathOf(name))) original.CopyTo(file);
        using (var document = SpreadsheetDocument.Open(file, isEditable: true))
            foreach (var (address, text) in cells) Write(document, address, text);
        file.Position = 0;
        return file;
    }

    static void Write(SpreadsheetDocument document, string address, string? text)
    {
        var (sheet, at) = address.Split('!') is [var named, var inner] ? (named, inner) : (null, address);
        var book = document.WorkbookPart!;
        var entry = book.Workbook.Descendants<Sheet>().First(known => sheet is null || known.Name == sheet);
        var cell = CellAt(((WorksheetPart)book.GetPartById(entry.Id!)).Worksheet, at);
        cell.CellFormula = null;
        cell.CellValue = null;
        cell.InlineString = null;
        cell.DataType = null;
        if (text is null) return;
        if (text.StartsWith('#') && text.EndsWith('!')) (cell.DataType, cell.CellValue) = (CellValues.Error, new CellValue(text));
        else (cell.DataType, cell.InlineString) = (CellValues.InlineString, new InlineString(new Text(text) { Space = SpaceProcessingModeValues.Preserve }));
    }

    static Cell CellAt(Worksheet sheet, string address)
    {
        var number = uint.Parse(address.TrimStart([.. "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]), System.Globalization.CultureInfo.InvariantCulture);
        var row = sheet.Descendants<Row>().First(known => known.RowIndex! == number);
        if (row.Elements<Cell>().FirstOrDefault(known => known.CellReference == address) is { } cell) return cell;
        var made = new Cell { CellReference = address };
        var after = row.Elements<Cell>().LastOrDefault(known => Order(known.CellReference!) < Order(address));
        if (after is null) row.PrependChild(made);
        else row.InsertAfter(made, after);
        return made;
    }

    static int Order(string address) => address.TakeWhile(char.IsLetter).Aggregate(0, (sum, letter) => sum * 26 + letter - 'A' + 1);
}
