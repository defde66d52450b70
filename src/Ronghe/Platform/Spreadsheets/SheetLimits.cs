namespace Ronghe.Platform.Spreadsheets;

/// <summary>What a spreadsheet may cost to read. Everything is counted while reading; no header of the file is believed.</summary>
public sealed record SheetLimits
{
    public static SheetLimits Default { get; } = new();

    public long FileBytes { get; init; } = 20L << 20;
    public int ZipEntries { get; init; } = 2_000;
    public long EntryBytes { get; init; } = 192L << 20;
    public long TotalBytes { get; init; } = 256L << 20;

    /// <summary>Shared strings stay in memory, so they get less room than a sheet, which is streamed.</summary>
    public long SharedStringBytes { get; init; } = 40L << 20;
    public int SharedStrings { get; init; } = 1_000_000;

    /// <summary>Inflated : deflated, looked at from <see cref="RatioFrom"/> on: small parts compress well for honest reasons.</summary>
    public int Ratio { get; init; } = 150;
    public long RatioFrom { get; init; } = 8L << 20;

    public int Sheets { get; init; } = 200;
    public int Rows { get; init; } = 200_000;

    /// <summary>A cell takes 24 bytes: together with the texts, no file makes the process grow by more than some 150 MB.</summary>
    public long Cells { get; init; } = 4_000_000;
    public int Columns { get; init; } = 1_024;
    public long Characters { get; init; } = 60_000_000;
    public int Merges { get; init; } = 100_000;
    public int CellCharacters { get; init; } = 32_767;
}
