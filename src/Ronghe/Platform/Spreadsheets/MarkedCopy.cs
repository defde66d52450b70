namespace Ronghe.Platform.Spreadsheets;

/// <summary>
/// Gives a file back to its sender with what is wrong marked in it: red cells, one comment per cell, and a list of errors as a
/// further sheet. An .xlsx keeps everything else as it was; .xls and .csv come back as a fresh .xlsx with the same values.
/// </summary>
public static class MarkedCopy
{
    /// <summary>More boxes than this make Excel slow; the cells beyond are red and stand in the list.</summary>
    public const int MostNotes = 5_000;

    /// <summary>The sheet that lists the errors; it is no data when the file comes back.</summary>
    public const string ErrorList = ErrorListSheet.Name;

    /// <summary>Name for the download: 花名册-问题标注.xlsx.</summary>
    public static string NameFor(string fileName) => $"{Path.GetFileNameWithoutExtension(fileName)}-问题标注.xlsx";

    public static void Write(Stream original, Workbook workbook, IReadOnlyList<SheetError> errors, Stream output, SheetLimits? limits = null)
    {
        limits ??= SheetLimits.Default;
        if (Path.GetExtension(workbook.FileName).Equals(".xlsx", StringComparison.OrdinalIgnoreCase))
        {
            using var marked = new MemoryStream();
            if (TryMark(original, workbook, errors, marked, limits))
            {
                marked.WriteTo(output);
                return;
            }
        }
        using var copy = new MemoryStream();
        PlainCopy.Write(workbook, copy);
        using var plain = new XlsxPackage(copy, limits with { FileBytes = long.MaxValue });
        new MarkedPackage(plain, workbook, errors).Write(output);
    }

    /// <summary>
    /// False for a workbook that can be read but not changed in place: strict, without styles, or with a part that is not
    /// well-formed and that reading did not need.
    /// </summary>
    static bool TryMark(Stream original, Workbook workbook, IReadOnlyList<SheetError> errors, MemoryStream marked, SheetLimits limits)
    {
        try
        {
            using var package = new XlsxPackage(original, limits);
            if (!MarkedPackage.CanMark(package)) return false;
            new MarkedPackage(package, workbook, errors).Write(marked);
            return true;
        }
        catch (Exception problem) when (problem is not (OperationCanceledException or OutOfMemoryException))
        {
            return false;
        }
    }
}
