using System.Numerics;
using System.Security.Cryptography;

namespace Ronghe.Safety.Inspections;

/// <summary>
/// What a spot check has drawn. It lies in a table of its own that only the checker's own query reads, so that no list, search, export
/// or history can tell it before the start; from then on seed and candidates stand in the journal, and anybody can draw again.
/// </summary>
public sealed class SpotCheckDraw
{
    public Guid InspectionId { get; init; }
    public Guid UnitId { get; init; }
    /// <summary>Those checked least recently, in the order of their ids.</summary>
    public Guid[] Candidates { get; init; } = [];
    public byte[] Seed { get; init; } = [];
    public DateTimeOffset DrawnAt { get; init; }

    /// <param name="lastChecked">Each unit with the day of its latest spot check, null when it never had one.</param>
    public static SpotCheckDraw Of(Guid inspectionId, IReadOnlyCollection<(Guid Unit, DateTimeOffset? LastChecked)> lastChecked, byte[] seed, DateTimeOffset at)
    {
        var longest = lastChecked.Min(unit => unit.LastChecked ?? DateTimeOffset.MinValue);
        Guid[] candidates = [.. lastChecked.Where(unit => (unit.LastChecked ?? DateTimeOffset.MinValue) == longest).Select(unit => unit.Unit).Order()];
        return new() { InspectionId = inspectionId, UnitId = Pick(candidates, seed), Candidates = candidates, Seed = seed, DrawnAt = at };
    }

    /// <summary>The same seed and candidates give the same unit: SHA-256 of the seed and the candidates, as a number, modulo how many they are.</summary>
    public static Guid Pick(IReadOnlyList<Guid> candidates, byte[] seed)
    {
        var hash = SHA256.HashData([.. seed, .. candidates.SelectMany(id => id.ToByteArray(bigEndian: true))]);
        return candidates[(int)(new BigInteger(hash, isUnsigned: true, isBigEndian: true) % candidates.Count)];
    }
}
