using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Ronghe.Findings;

/// <summary>The default hazard dictionary. A later version adds and corrects entries, but leaves alone what the plant edited.</summary>
public static class HazardCategoryPack
{
    sealed record Pack(Group[] Groups);
    sealed record Group(string Id, string Name, string[]? Aliases, string Scope, Kind[] Kinds);
    sealed record Kind(string Id, string Name, string[]? Aliases, string[]? Examples, string? TypicalGrade, string? GradeNote, string? Source);

    static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task LoadAsync(AppDb db, string contentFolder, CancellationToken cancel = default)
    {
        var pack = JsonSerializer.Deserialize<Pack>(await File.ReadAllBytesAsync(Path.Combine(contentFolder, "safety", "hazard-categories.json"), cancel), Json)!;
        var stored = await db.HazardCategories.ToDictionaryAsync(c => c.Id, cancel);
        foreach (var group in pack.Groups)
        {
            Put(db, stored, new HazardCategory { Id = group.Id, Name = group.Name, Aliases = group.Aliases ?? [] });
            foreach (var kind in group.Kinds)
                Put(db, stored, new HazardCategory
                {
                    Id = kind.Id, GroupId = group.Id, Name = kind.Name, Aliases = kind.Aliases ?? [], Examples = kind.Examples ?? [],
                    TypicalGrade = kind.TypicalGrade ?? "", GradeNote = kind.GradeNote ?? "", Source = kind.Source ?? "",
                });
        }
        await db.SaveChangesAsync(cancel);
    }

    static void Put(AppDb db, Dictionary<string, HazardCategory> stored, HazardCategory wanted)
    {
        if (!stored.TryGetValue(wanted.Id, out var known)) db.HazardCategories.Add(wanted);
        else if (known.EditedAt is null) known.Take(wanted);
    }
}
