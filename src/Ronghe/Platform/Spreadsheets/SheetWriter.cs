namespace Ronghe.Platform.Spreadsheets;

/// <summary>One column of an export.</summary>
public sealed record SheetColumn(string Title, SheetColumnKind Kind = SheetColumnKind.Text)
{
    /// <summary>In characters; 0 leaves it to the kind and the title.</summary>
    public double Width { get; init; }

    internal double Wide => Width > 0 ? Width : Math.Max(Kind switch
    {
        SheetColumnKind.LongText => 40,
        SheetColumnKind.Time => 17,
        SheetColumnKind.Date or SheetColumnKind.Code => 12,
        SheetColumnKind.Text => 16,
        _ => 10,
    }, Math.Min(40, Title.Length * 2 + 3));
}

/// <summary>Code is text whose cells are formatted as text, so that leading zeros survive editing; LongText wraps.</summary>
public enum SheetColumnKind { Text, LongText, Code, Date, Month, Time, Whole, Number, Percent }

/// <summary>
/// Streams lists to .xlsx: title, note, frozen header with filter, then rows of any number; beyond a sheet's last row it goes on
/// in a further sheet. Compressed bytes gather until <see cref="FlushAsync"/>, so a response can be written without blocking.
/// Text is text for ever: nothing that a user typed becomes a formula.
/// </summary>
public sealed class SheetWriter : IAsyncDisposable, IDisposable
{
    readonly Stream output;
    readonly Spool spool = new();
    readonly XlsxFile file;
    readonly int rowsPerSheet;
    RowWriter? rows;
    bool finished;

    public SheetWriter(Stream output, int rowsPerSheet = CellAddress.LastRow)
    {
        this.output = output;
        this.rowsPerSheet = rowsPerSheet;
        file = new XlsxFile(spool);
    }

    /// <summary>Starts a sheet; the one before is finished.</summary>
    public void Sheet(string name, IReadOnlyList<SheetColumn> columns, string? title = null, string? note = null)
    {
        rows?.Finish();
        rows = new RowWriter(file, rowsPerSheet, name, columns, title, note);
    }

    /// <summary>The next row; its cells are written from left to right.</summary>
    public RowWriter Row()
    {
        var current = rows ?? throw new InvalidOperationException("Call Sheet first.");
        current.Next();
        return current;
    }

    /// <summary>Writes what has gathered. Call it every few hundred rows.</summary>
    public async Task FlushAsync(CancellationToken cancel = default)
    {
        if (spool.Count == 0) return;
        await output.WriteAsync(spool.Gathered, cancel);
        spool.Clear();
    }

    /// <summary>Writes all rows, flushing on the way.</summary>
    public async Task WriteAsync<T>(IAsyncEnumerable<T> source, Action<RowWriter, T> write, CancellationToken cancel = default)
    {
        await foreach (var item in source.WithCancellation(cancel))
        {
            write(Row(), item);
            if (spool.Count > 1 << 16) await FlushAsync(cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Finish();
        await FlushAsync();
        await output.FlushAsync();
    }

    public void Dispose()
    {
        Finish();
        output.Write(spool.Gathered.Span);
        spool.Clear();
        output.Flush();
    }

    void Finish()
    {
        if (finished) return;
        finished = true;
        rows?.Finish();
        file.Dispose();
    }
}
