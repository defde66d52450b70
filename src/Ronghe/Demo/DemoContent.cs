using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Ronghe.Demo;

/// <summary>A finding of the story: the theme day with its 22 findings, the self-report, the near miss. Days count from the story's day zero.</summary>
public sealed record StoryFinding(string Key, int Day, string Text, string Place, string FinderNo, string? OwnerNo, string? VerifierNo, int? DueDay, int? ClosedDay, bool WithoutName);

/// <summary>What was found and what becomes of it; <see cref="Path"/> says how far it goes, a letter for each act.</summary>
public record FindingCourse
{
    public required string Id { get; init; }
    public required string Place { get; init; }
    public string? Category { get; init; }
    public bool Urgent { get; init; }
    public required string Text { get; init; }
    public required string Path { get; init; }
    public string? Grade { get; init; }
    public string? Unit { get; init; }
    public string? Standard { get; init; }
    public string? Measure { get; init; }
    public string? Result { get; init; }
}

/// <summary>A finding of the last seven weeks.</summary>
public sealed record RecentFinding : FindingCourse
{
    public required int DaysAgo { get; init; }
    public required TimeOnly Time { get; init; }
    public required string ReporterUnit { get; init; }
}

/// <summary>The demo plant's files, read.</summary>
public sealed class DemoContent(string contentFolder)
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public string File(string name) => Path.Combine(contentFolder, "demo", name);

    public IReadOnlyList<RecentFinding> Recent() =>
        JsonNode.Parse(System.IO.File.ReadAllText(File("recent.json")))!["findings"].Deserialize<RecentFinding[]>(Json)!;

    public SafetyStory Safety() => JsonSerializer.Deserialize<SafetyStory>(System.IO.File.ReadAllText(File("safety.json")), Json)!;

    public MeetingTales Meetings() => JsonSerializer.Deserialize<MeetingTales>(System.IO.File.ReadAllText(File("meetings.json")), Json)!;

    public IEnumerable<StoryFinding> Story()
    {
        var events = JsonNode.Parse(System.IO.File.ReadAllText(File("story.json")))!["events"]!.AsArray();
        foreach (var e in events)
        {
            var (id, day, kind) = (e!["id"]!.GetValue<string>(), e["day"]!.GetValue<int>(), e["kind"]!.GetValue<string>());
            if (kind == "finding.selfReport")
                yield return new(id, day, e["title"]!.GetValue<string>(), "设备管理部检修现场", Actor(e, 0), Actor(e, 1), null, day + 5, day + 1, false);
            else if (kind == "nearMiss")
                yield return new(id, day, e["title"]!.GetValue<string>(), "汽机房", Actor(e, 0), null, null, null, null, true);
            else if (e["data"]!["findings"] is JsonArray { Count: > 0 } findings && findings[0] is JsonObject)
                foreach (var f in findings)
                    yield return new($"{id}-{f!["no"]}", day, f["text"]!.GetValue<string>(), f["place"]!.GetValue<string>(), Number(f["finder"]), Number(f["owner"]),
                        Number(f["verifier"]), f["dueDay"]!.GetValue<int>(), f["closedDay"]!.GetValue<int>(), false);
        }
    }

    static string Actor(JsonNode e, int index) => Number(e["actors"]![index]);
    static string Number(JsonNode? person) => person!["no"]!.GetValue<string>();
}
