using System.IO.Compression;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Ronghe.Platform.Spreadsheets;

/// <summary>The zip around an .xlsx: finds parts by relationship, and opens each under guard.</summary>
sealed class XlsxPackage : IDisposable
{
    const string Relationships = "/relationships/";

    /// <summary>Documents are held whole, unlike sheets.</summary>
    const int MostTags = 1_000_000;

    readonly ZipArchive archive;
    readonly InflatedTotal total;
    readonly Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.OrdinalIgnoreCase);

    public XlsxPackage(Stream stream, SheetLimits limits)
    {
        CountEntries(stream, limits);
        total = new InflatedTotal(limits, stream);
        archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in archive.Entries)
            if (!entries.TryAdd(entry.FullName.Replace('\\', '/'), entry)) throw SheetRefusals.Broken("内部文件重名");
    }

    public bool Has(string path) => entries.ContainsKey(path);

    /// <summary>A part as XML; null when the archive has none of this name.</summary>
    public GuardedXml? Open(string? path, long? most = null) =>
        path is not null && entries.TryGetValue(path, out var entry)
            ? new GuardedXml(new GuardedEntry(entry, total, most ?? total.Limits.EntryBytes))
            : null;

    /// <summary>For parts that are copied and changed: everything is kept, nothing outside is touched.</summary>
    public static XmlReaderSettings XmlSettings => new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = true };

    public IEnumerable<string> Paths => entries.Keys;

    /// <summary>A part's bytes, counted like everything else; parts that are not markup may hold anything.</summary>
    public Stream OpenRaw(string path) =>
        new GuardedEntry(entries[path], total, total.Limits.EntryBytes, markup: path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase));

    /// <summary>A small part as a document to change; null when the archive has none of this name.</summary>
    public XDocument? Document(string path)
    {
        if (!entries.TryGetValue(path, out var entry)) return null;
        using (var check = new GuardedXml(new GuardedEntry(entry, total, 32 << 20)))
            for (var tags = 0; check.Read();)
                if (++tags > MostTags) throw SheetRefusals.Inflates();
        using var reader = XmlReader.Create(new GuardedEntry(entry, total, 32 << 20), XmlSettings);
        return XDocument.Load(reader, LoadOptions.PreserveWhitespace);
    }

    /// <summary>Without a byte order mark, as spreadsheet programs write their parts.</summary>
    public static void Save(XDocument document, Stream part)
    {
        using var writer = XmlWriter.Create(part, new XmlWriterSettings { Encoding = new UTF8Encoding(false), CheckCharacters = false });
        document.Save(writer);
    }

    /// <summary>Where a part keeps its relationships.</summary>
    public static string RelationshipsOf(string path) => path.LastIndexOf('/') + 1 is var slash ? $"{path[..slash]}_rels/{path[slash..]}.rels" : "";

    /// <summary>An id that no relationship has yet.</summary>
    public static string FreeId(XDocument relations, string wanted)
    {
        var taken = relations.Root!.Elements().Select(relation => (string?)relation.Attribute("Id")).ToHashSet();
        var id = wanted;
        for (var n = 2; taken.Contains(id); n++) id = wanted + n;
        return id;
    }

    /// <summary>Targets of a part's relationships, as (id, kind, path); kind is the last word of the type's address.</summary>
    public List<(string Id, string Kind, string Path)> Related(string path)
    {
        var slash = path.LastIndexOf('/') + 1;
        var found = new List<(string, string, string)>();
        using var xml = Open(RelationshipsOf(path), 8 << 20);
        while (xml?.Read() == true)
        {
            if (!xml.IsStart || !xml.Is("Relationship"u8) || xml["TargetMode"] == "External") continue;
            if (xml["Id"] is not { } id || xml["Target"] is not { } target || xml["Type"] is not { } type) continue;
            var kind = type.LastIndexOf(Relationships, StringComparison.Ordinal);
            found.Add((id, kind < 0 ? "" : type[(kind + Relationships.Length)..], Resolve(path[..slash], target)));
        }
        return found;
    }

    static string Resolve(string folder, string target)
    {
        if (target.StartsWith('/')) return target[1..];
        while (target.StartsWith("../", StringComparison.Ordinal))
        {
            target = target[3..];
            folder = folder.Length == 0 ? "" : folder[..(folder.LastIndexOf('/', folder.Length - 2) + 1)];
        }
        return folder + (target.StartsWith("./", StringComparison.Ordinal) ? target[2..] : target);
    }

    /// <summary>Counts directory records by their signature, before anything is allocated for them.</summary>
    static void CountEntries(Stream stream, SheetLimits limits)
    {
        ReadOnlySpan<byte> record = "PK\u0001\u0002"u8;
        var buffer = new byte[1 << 16];
        var count = 0;
        var kept = 0;
        stream.Position = 0;
        for (int read; (read = stream.Read(buffer, kept, buffer.Length - kept)) > 0;)
        {
            var window = buffer.AsSpan(0, kept + read);
            if ((count += window.Count(record)) > limits.ZipEntries) throw SheetRefusals.Inflates();
            kept = Math.Min(3, window.Length);
            window[^kept..].CopyTo(buffer);
        }
        stream.Position = 0;
    }

    public void Dispose() => archive.Dispose();
}
