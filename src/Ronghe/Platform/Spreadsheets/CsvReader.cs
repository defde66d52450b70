using System.Text;
using System.Text.Unicode;

namespace Ronghe.Platform.Spreadsheets;

/// <summary>Reads .csv as one sheet of text: UTF-8 or UTF-16 by mark, else UTF-8 when valid, else GB18030. Comma, semicolon or tab.</summary>
sealed class CsvReader(SheetLimits limits, CancellationToken cancel)
{
    readonly SheetBudget budget = new(limits);
    readonly CellTextBuffer field = new(limits.CellCharacters);
    readonly List<SheetRow> rows = [];
    readonly List<Cell> cells = [];
    int line;

    public Workbook Read(byte[] file, string fileName)
    {
        using var reader = new StreamReader(new MemoryStream(file), EncodingOf(file), detectEncodingFromByteOrderMarks: true);
        Parse(reader, Separator(file));
        if (rows.Count == 0) throw SheetRefusals.NoSheet();
        return new Workbook(fileName, [new Sheet(Path.GetFileNameWithoutExtension(fileName), rows)]);
    }

    static Encoding EncodingOf(ReadOnlySpan<byte> file)
    {
        if (file is [0xFF, 0xFE, ..]) return Encoding.Unicode;
        if (file is [0xFE, 0xFF, ..]) return Encoding.BigEndianUnicode;
        if (file.Contains((byte)0)) throw SheetRefusals.Mismatch(".csv", "二进制数据", "请用 Excel 或 WPS 打开原文件，另存为 .xlsx 后再上传");
        if (Utf8.IsValid(file)) return Encoding.UTF8;
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding("GB18030");
    }

    /// <summary>Whichever occurs most often in the first 64 KB; all three are single bytes in every encoding at hand.</summary>
    static char Separator(ReadOnlySpan<byte> file)
    {
        var head = file[..Math.Min(file.Length, 1 << 16)];
        int comma = head.Count((byte)','), tab = head.Count((byte)'\t'), semicolon = head.Count((byte)';');
        return tab > comma && tab >= semicolon ? '\t' : semicolon > comma ? ';' : ',';
    }

    void Parse(TextReader reader, char separator)
    {
        var quoted = false;
        for (int next; (next = reader.Read()) >= 0;)
        {
            var c = (char)next;
            if (quoted && c == '"' && reader.Peek() == '"') Add((char)reader.Read());
            else if (quoted && c == '"') quoted = false;
            else if (quoted) Add(c);
            else if (c == '"' && field.Span.IsEmpty) quoted = true;
            else if (c == separator) EndField();
            else if (c is '\n' or '\r')
            {
                if (c == '\r' && reader.Peek() == '\n') reader.Read();
                EndRow();
            }
            else Add(c);
        }
        if (cells.Count > 0 || !field.Span.IsEmpty) EndRow();
    }

    void Add(char c) => field.Add([c]);

    void EndField()
    {
        budget.CheckColumn(cells.Count);
        budget.AddText(field.Span.Length);
        var text = field.TakePlain();
        cells.Add(string.IsNullOrWhiteSpace(text) ? default : Cell.Text(text));
    }

    void EndRow()
    {
        EndField();
        line++;
        while (cells.Count > 0 && cells[^1].IsBlank) cells.RemoveAt(cells.Count - 1);
        if (cells.Count > 0)
        {
            budget.AddRow(cells.Count);
            rows.Add(new SheetRow(line, [.. cells]));
        }
        cells.Clear();
        if (line % 1024 == 0) cancel.ThrowIfCancellationRequested();
        if (line > CellAddress.LastRow) throw SheetRefusals.TooMany("行数", CellAddress.LastRow);
    }
}
