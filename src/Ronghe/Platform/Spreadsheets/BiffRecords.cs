using System.Buffers.Binary;

namespace Ronghe.Platform.Spreadsheets;

/// <summary>What ExcelDataReader leaves out of a binary workbook: error results of formulas, and the date system.</summary>
sealed class BiffRecords
{
    const int Bof = 0x809, Eof = 0x0A, BoundSheet = 0x85, FilePass = 0x2F, Date1904Record = 0x22, BoolErr = 0x205, Formula = 0x06;

    readonly byte[] stream;
    readonly List<int> sheets = [];
    readonly bool encrypted;

    public BiffRecords(byte[] stream)
    {
        this.stream = stream;
        for (var at = 0; Next(at, out var id, out var body); at += 4 + body.Length)
        {
            if (id == BoundSheet && body.Length > 6 && body[5] == 0) sheets.Add((int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(body), int.MaxValue - 8));
            else if (id == FilePass) encrypted = true;
            else if (id == Date1904Record && body.Length > 0) Date1904 = body[0] == 1;
            else if (id == Eof) break;
        }
    }

    public bool Date1904 { get; }

    /// <summary>Cells of the n-th worksheet that show an error, by row (from 1) and column (from 0).</summary>
    public Dictionary<(int Row, int Column), string> Errors(int sheet)
    {
        var errors = new Dictionary<(int, int), string>();
        if (encrypted || sheet >= sheets.Count) return errors;
        var depth = 0;
        for (var at = sheets[sheet]; Next(at, out var id, out var body); at += 4 + body.Length)
        {
            if (id == Bof) depth++;
            else if (id == Eof && --depth <= 0) break;
            else if (depth == 1 && Code(id, body) is { } code)
                errors[(BinaryPrimitives.ReadUInt16LittleEndian(body) + 1, BinaryPrimitives.ReadUInt16LittleEndian(body[2..]))] = code;
        }
        return errors;
    }

    static string? Code(int id, ReadOnlySpan<byte> body) => id switch
    {
        BoolErr when body.Length >= 8 && body[7] == 1 => Name(body[6]),
        Formula when body.Length >= 14 && body[12] == 0xFF && body[13] == 0xFF && body[6] == 2 => Name(body[8]),
        _ => null,
    };

    static string Name(byte code) => code switch
    {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    };

    bool Next(int at, out int id, out ReadOnlySpan<byte> body)
    {
        id = 0;
        body = default;
        if (at < 0 || at + 4 > stream.Length) return false;
        id = BinaryPrimitives.ReadUInt16LittleEndian(stream.AsSpan(at));
        var length = BinaryPrimitives.ReadUInt16LittleEndian(stream.AsSpan(at + 2));
        if (at + 4 + length > stream.Length) return false;
        body = stream.AsSpan(at + 4, length);
        return true;
    }
}
