using System.Xml;

namespace Ronghe.Platform.Spreadsheets;

/// <summary>
/// The one way in for spreadsheet files. Reads .xlsx, .xls and .csv within limits; whatever cannot be read is a
/// <see cref="Refusal"/> that says what the file is and what to do.
/// </summary>
public static class WorkbookReader
{
    static readonly string[] Extensions = [".xlsx", ".xls", ".csv"];

    /// <summary>A stream that can seek is asked for its length and refused unread when too long.</summary>
    public static Workbook Read(Stream stream, string fileName, SheetLimits? limits = null, CancellationToken cancel = default)
    {
        limits ??= SheetLimits.Default;
        var extension = Path.GetExtension(fileName).ToLowerInvariant();
        if (!Extensions.Contains(extension)) throw SheetRefusals.Extension(extension);
        if (stream.CanSeek && stream.Length > limits.FileBytes) throw SheetRefusals.TooLarge(stream.Length, limits.FileBytes);

        var content = stream.CanSeek ? stream : Copy(stream, limits);
        if (content.Length == 0) throw SheetRefusals.Empty();
        try
        {
            RefuseMismatch(content, extension);
            var workbook = Read(content, Path.GetFileName(fileName), extension, limits, cancel);
            return workbook.Sheets.Any(sheet => sheet.Rows.Count > 0) ? workbook : throw SheetRefusals.NoSheet();
        }
        catch (XmlException problem)
        {
            throw problem.Message.Contains("DTD", StringComparison.Ordinal) ? SheetRefusals.Entities() : SheetRefusals.Broken();
        }
        // A damaged file surfaces as whatever the zip, XML or BIFF parser trips over; to the user it is one thing.
        catch (Exception problem) when (problem is not (Refusal or OperationCanceledException or OutOfMemoryException))
        {
            throw SheetRefusals.Broken();
        }
    }

    static Workbook Read(Stream content, string fileName, string extension, SheetLimits limits, CancellationToken cancel)
    {
        if (extension == ".xls") return new XlsReader(limits, cancel).Read(Bytes(content), fileName);
        if (extension == ".csv") return new CsvReader(limits, cancel).Read(Bytes(content), fileName);
        using var package = new XlsxPackage(content, limits);
        return new XlsxReader(package, limits, cancel).Read(fileName);
    }

    static void RefuseMismatch(Stream content, string extension)
    {
        Span<byte> head = stackalloc byte[512];
        content.Position = 0;
        head = head[..content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        content.Position = 0;
        var kind = FileSignature.Of(head);
        if (kind.Extension == extension || (extension == ".csv" && !kind.Known)) return;
        // An encrypted .xlsx is a compound file; say that instead of "wrong extension".
        if (kind.Extension == ".xls" && extension == ".xlsx" && IsEncrypted(content)) throw SheetRefusals.Encrypted();
        throw kind.Known ? SheetRefusals.Mismatch(extension, kind.Name, kind.Advice) : SheetRefusals.Broken();
    }

    static bool IsEncrypted(Stream content) => new CompoundFile(Bytes(content)).Has("EncryptedPackage");

    static byte[] Bytes(Stream content)
    {
        var bytes = new byte[content.Length];
        content.Position = 0;
        content.ReadExactly(bytes);
        content.Position = 0;
        return bytes;
    }

    static MemoryStream Copy(Stream stream, SheetLimits limits)
    {
        var copy = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            copy.Write(buffer, 0, read);
            if (copy.Length > limits.FileBytes) throw SheetRefusals.TooLarge(copy.Length, limits.FileBytes);
        }
        return copy;
    }
}
