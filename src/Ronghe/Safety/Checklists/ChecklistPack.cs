using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Ronghe.Platform.Journal;

namespace Ronghe.Safety.Checklists;

/// <summary>The default checklists. A later content makes new versions of them, but leaves alone what the plant edited.</summary>
public static class ChecklistPack
{
    sealed record Pack(Entry[] Checklists);
    sealed record Entry(string Id, string Name, string? Scope, Rhythm? SuggestedCadence, string? Source, Item[] Items);
    sealed record Rhythm(string Every, int Times);
    sealed record Item(string Id, string Text, Answer Answer, string? Severity, string? CategoryId, string? Hint, string? Source, bool StopWork);
    sealed record Answer(string Kind, string? Unit, decimal? Min, decimal? Max);

    static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task LoadAsync(AppDb db, string contentFolder, CancellationToken cancel = default)
    {
        var pack = JsonSerializer.Deserialize<Pack>(await File.ReadAllBytesAsync(Path.Combine(contentFolder, "safety", "checklists.json"), cancel), Json)!;
        var stored = await db.Checklists.ToDictionaryAsync(list => list.Code, cancel);
        var items = await db.ChecklistVersions.Where(version => db.Checklists.Any(list => list.Id == version.ChecklistId && list.Number == version.Number))
            .ToDictionaryAsync(version => version.ChecklistId, version => version.Items, cancel);
        var now = TimeProvider.System.GetUtcNow();
        foreach (var entry in pack.Checklists)
        {
            var facts = FactsOf(entry);
            if (!stored.TryGetValue(entry.Id, out var known))
            {
                var list = new Checklist(entry.Id, facts);
                db.Checklists.Add(list);
                db.ChecklistVersions.Add(list.VersionOf(facts, null, now));
                db.Record(list, ChecklistBook.Kind, ChecklistBook.Kind + ".created", null, now, null, new { list.Code, list.Name, list.Number });
            }
            else if (known.EditedAt is null && !ChecklistItem.Read(items[known.Id]).SequenceEqual(facts.Items))
            {
                db.ChecklistVersions.Add(known.Renew(facts, null, now));
                db.Record(known, ChecklistBook.Kind, ChecklistBook.Kind + ".restated", null, now, null, new { known.Code, known.Name, known.Number });
            }
        }
        await db.SaveChangesAsync(cancel);
    }

    static ChecklistFacts FactsOf(Entry entry) => new(
        entry.Name, entry.Scope ?? "", entry.SuggestedCadence switch { null => "", { Every.Length: > 1 } rhythm => rhythm.Every, var rhythm => $"每{rhythm.Every} {rhythm.Times} 次" }, entry.Source ?? "",
        [.. entry.Items.Select(item => new ChecklistItem(item.Id, item.Text, KindOf(item.Answer.Kind), item.Answer.Unit ?? "", item.Answer.Min, item.Answer.Max,
            item.Severity ?? "一般", item.CategoryId, item.Hint ?? "", item.Source ?? "", item.StopWork))]);

    static ChecklistItemKind KindOf(string kind) => kind switch
    {
        "yes_no_na" => ChecklistItemKind.YesNo, "number" => ChecklistItemKind.Number, "photo" => ChecklistItemKind.Photo, _ => ChecklistItemKind.Text,
    };
}
