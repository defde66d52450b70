using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Ronghe.Safety.Violations;

/// <summary>The default dictionary of violations. A later version adds and corrects entries, but leaves alone what the plant edited.</summary>
public static class ViolationKindPack
{
    sealed record Pack(Item[] Items);
    sealed record Item(string Id, string Name, string Nature, string Degree, string? Example, string? RightPractice, string? Source);

    static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task LoadAsync(AppDb db, string contentFolder, CancellationToken cancel = default)
    {
        var pack = JsonSerializer.Deserialize<Pack>(await File.ReadAllBytesAsync(Path.Combine(contentFolder, "safety", "violation-kinds.json"), cancel), Json)!;
        var stored = await db.ViolationKinds.ToDictionaryAsync(kind => kind.Id, cancel);
        foreach (var item in pack.Items)
        {
            var wanted = new ViolationKind
            {
                Id = item.Id, Name = item.Name, Nature = item.Nature, Degree = item.Degree, Example = item.Example ?? "", RightPractice = item.RightPractice ?? "", Source = item.Source ?? "",
            };
            if (!stored.TryGetValue(item.Id, out var known)) db.ViolationKinds.Add(wanted);
            else if (known.EditedAt is null) known.Take(wanted);
        }
        await db.SaveChangesAsync(cancel);
    }
}
