using Ronghe.Platform;

namespace Ronghe.Organisation.Imports;

/// <summary>The kinds of files that can be taken in, as the capabilities registered them.</summary>
public sealed class ImporterCatalogue(IEnumerable<IImporter> importers)
{
    readonly Dictionary<string, IImporter> _byKind = importers.ToDictionary(importer => importer.Kind);

    public IReadOnlyCollection<IImporter> All => _byKind.Values;

    public IImporter Of(string kind) => _byKind.TryGetValue(kind, out var importer)
        ? importer : throw new Refusal($"没有“{kind}”这种导入，可用的有：{string.Join("、", _byKind.Keys)}。", "kind");
}
