using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Organisation.Imports;

public static class SheetFormulas
{
    /// <summary>Error values anywhere in a row, also in columns that are not imported: the file is not what its maker meant.</summary>
    public static void FindFormulaErrors(this SheetReading reading, int number)
    {
        if (reading.Sheet.Row(number) is not { } row) return;
        for (var column = 0; column < row.Width; column++)
            if (row[column] is { Kind: CellKind.Error } cell)
                reading.Errors.Add(reading.Sheet.Name, CellAddress.Of(column, number), SheetErrorKind.FormulaError,
                    $"公式结果是错误值 {cell}。请修正公式，或改填结果本身。");
    }
}
