using System.Buffers.Binary;
using System.Text;

namespace Ronghe.Platform.Spreadsheets;

/// <summary>
/// The container of a binary .xls (MS-CFB), read from memory with every chain bounded by the file. ExcelDataReader gets the
/// workbook stream only, because its own container parser follows the counts in the header without end.
/// </summary>
sealed class CompoundFile
{
    const uint EndOfChain = 0xFFFFFFFE;
    const int EntrySize = 128;

    readonly byte[] file;
    readonly int sectorSize;
    readonly uint miniCutoff;
    readonly List<uint> fat = [];
    readonly List<uint> miniFat = [];
    readonly byte[] directory;

    public CompoundFile(byte[] file)
    {
        this.file = file;
        if (file.Length < 512) throw SheetRefusals.Broken();
        var shift = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(30));
        if (shift is not (9 or 12)) throw SheetRefusals.Broken();
        sectorSize = 1 << shift;
        miniCutoff = Math.Min(Word(56), 4096);
        ReadFat();
        foreach (var sector in Chain(Word(60), fat)) AddTable(miniFat, sector);
        directory = Join(Chain(Word(48), fat));
    }

    /// <summary>A stream by name anywhere in the directory; null when there is none.</summary>
    public byte[]? Stream(string name)
    {
        var at = Find(name);
        if (at < 0) return null;
        var first = BinaryPrimitives.ReadUInt32LittleEndian(directory.AsSpan(at + 116));
        var size = BinaryPrimitives.ReadUInt32LittleEndian(directory.AsSpan(at + 120));
        var bytes = size < miniCutoff ? MiniStream(first) : Join(Chain(first, fat));
        return bytes.Length <= size ? bytes : bytes[..(int)size];
    }

    public bool Has(string name) => Find(name) >= 0;

    int Find(string name)
    {
        for (var at = 0; at + EntrySize <= directory.Length; at += EntrySize)
        {
            var bytes = BinaryPrimitives.ReadUInt16LittleEndian(directory.AsSpan(at + 64)) - 2;
            if (bytes > 0 && bytes <= 62 && Encoding.Unicode.GetString(directory, at, bytes).Equals(name, StringComparison.OrdinalIgnoreCase))
                return at;
        }
        return -1;
    }

    void ReadFat()
    {
        for (var i = 0; i < 109; i++) AddFatSector(Word(76 + i * 4));
        var sector = Word(68);
        for (var guard = file.Length / sectorSize; sector < EndOfChain - 2 && guard > 0; guard--)
        {
            var at = Offset(sector);
            for (var i = 0; i < sectorSize / 4 - 1; i++) AddFatSector(Word(at + i * 4));
            sector = Word(at + sectorSize - 4);
        }
    }

    void AddFatSector(uint sector)
    {
        if (sector < EndOfChain - 2 && fat.Count < file.Length / sectorSize + sectorSize) AddTable(fat, sector);
    }

    void AddTable(List<uint> table, uint sector)
    {
        var at = Offset(sector);
        for (var i = 0; i < sectorSize / 4; i++) table.Add(Word(at + i * 4));
    }

    List<uint> Chain(uint first, List<uint> table)
    {
        var chain = new List<uint>();
        for (var sector = first; sector < EndOfChain - 2; sector = sector < table.Count ? table[(int)sector] : EndOfChain)
        {
            if (chain.Count > table.Count) throw SheetRefusals.Broken();
            chain.Add(sector);
        }
        return chain;
    }

    byte[] Join(List<uint> sectors)
    {
        var bytes = new byte[(long)sectors.Count * sectorSize];
        for (var i = 0; i < sectors.Count; i++)
        {
            var at = Offset(sectors[i]);
            file.AsSpan(at, Math.Min(sectorSize, file.Length - at)).CopyTo(bytes.AsSpan(i * sectorSize));
        }
        return bytes;
    }

    byte[] MiniStream(uint first)
    {
        var root = Join(Chain(BinaryPrimitives.ReadUInt32LittleEndian(directory.AsSpan(116)), fat));
        var sectors = Chain(first, miniFat);
        var bytes = new byte[sectors.Count * 64];
        for (var i = 0; i < sectors.Count; i++)
        {
            if (sectors[i] >= root.Length / 64) throw SheetRefusals.Broken();
            root.AsSpan((int)sectors[i] * 64, 64).CopyTo(bytes.AsSpan(i * 64));
        }
        return bytes;
    }

    int Offset(uint sector)
    {
        var at = (sector + 1L) * sectorSize;
        return at < file.Length ? (int)at : throw SheetRefusals.Broken();
    }

    uint Word(int at) => at + 4 <= file.Length ? BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at)) : throw SheetRefusals.Broken();
}
