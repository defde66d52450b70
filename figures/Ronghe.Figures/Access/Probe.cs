using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ronghe.Figures.Access;

/// <summary>A request as somebody with the right would send it to a door, aimed at the records of one unit.</summary>
sealed partial class Probe(Targets targets, Plant plant)
{
    /// <summary>A parameter of which nobody has said here what to put in its place.</summary>
    public const string Unknown = "unknown";

    static readonly (string Prefix, string Kind)[] Kinds =
    [
        ("/findings/", "finding"), ("/files/", "file"), ("/units/", "unit"), ("/people/", "person"), ("/places/", "place"), ("/accounts/", "person"),
        ("/appointments/", "appointment"), ("/imports/", "import"), ("/notices/", "notice"),
        ("/tasks/", "task"), ("/public-notices/", "public-notice"), ("/violations/", "violation"), ("/zones/", "zone"), ("/leads/", "lead"), ("/inspections/", "inspection"),
        ("/watch/", "watch"), ("/swaps/", "swap"), ("/absences/", "absence"), ("/excuses/", "excuse"),
        // Asked for with an id that nobody has: the door itself is tried, who reaches which record is held by the wings' own tests.
        .. from prefix in (string[])["/plans/", "/explanations/", "/items/", "/risks/", "/risk-sessions/", "/sessions/", "/objections/", "/model-posts/", "/robots/", "/meetings/"] select (prefix, Targets.Absent),
    ];

    /// <summary>Kinds whose records stand in a state that allows no verb; others are named by a version that is not theirs.</summary>
    static readonly string[] Ended = ["finding", "task", "public-notice", "violation", "zone", "inspection", "watch", "swap", "excuse"];

    static readonly Dictionary<string, string> Fixed = new() { ["{kind}"] = "people", ["{secret}"] = "nobodys", ["{code:int}"] = "404", ["{documentName}"] = "v1", ["{list}"] = "people", ["{name}"] = "forget-job-runs", ["{seq:long}"] = "1" };

    /// <summary>Bodies of doors whose requests the interface description shows without an example.</summary>
    static readonly Dictionary<string, string> Bodies = new() { ["/api/v1/notices/outgoing/sent"] = """{"ids":[]}""" };

    /// <summary>What a door wants to know in its address before it asks who may.</summary>
    static readonly Dictionary<string, string> Asked = new() { ["/findings/categories"] = "edit=HC03-01&add=HC03", ["/api/v1/zones/plan"] = "version=999", ["/api/v1/violations/nearby"] = "branch=0199a0c4-5b7e-7c31-9a52-3f1d2c4b5d90", ["/model-posts/criteria"] = "kind=Procedure&edit=new" };

    /// <summary>What lies behind the door: a record of a unit (then its kind), one thing, or nothing in particular.</summary>
    public static string? KindOf(Door door) =>
        Parameter().Match(door.Route) is { Success: true } match && FixedAt(door, match.Value) is null ? KindOf(door, match.Value)
            : door.Body is { } body && !door.IsPage && Parts.Any(part => body.Contains($"\"{part}\"", StringComparison.Ordinal)) ? "unit" : null;

    static string KindOf(Door door, string parameter) => Kinds.FirstOrDefault(kind => door.Route.Contains(kind.Prefix + parameter, StringComparison.Ordinal)).Kind ?? Unknown;

    /// <summary>A code names different things behind different doors.</summary>
    static string? FixedAt(Door door, string parameter) =>
        parameter == "{code}" ? door.Route.Contains("/duties/", StringComparison.Ordinal) ? "DU-26" : door.Route.Contains("/checklists/", StringComparison.Ordinal) ? "CK01" : null : Fixed.GetValueOrDefault(parameter);

    static readonly string[] Parts = ["unitId", "nodeId", "parentId", "branchId", "subjectId"];

    /// <summary>Null where there is no such record.</summary>
    public HttpRequestMessage? At(Door door, string code, string? token)
    {
        if (KindOf(door) is { } kind && targets.At(kind, code) is null) return null;
        var url = Parameter().Replace(door.Route, match => FixedAt(door, match.Value) ?? $"{targets.At(KindOf(door, match.Value), code)}");
        var query = new[] { door.Handler.Length > 0 ? $"handler={door.Handler}" : "", door.Route.EndsWith("/photos", StringComparison.Ordinal) ? "stage=before" : "", Asked.GetValueOrDefault(door.Route, "") };
        if (string.Join('&', query.Where(part => part.Length > 0)) is { Length: > 0 } asked) url += "?" + asked;
        var request = new HttpRequestMessage(new HttpMethod(door.Method), url);
        if (!door.IsUnsafe) return request;
        request.Content = door.IsPage ? new FormUrlEncodedContent([.. Fields(code), new("__RequestVerificationToken", token ?? "")])
            : door.TakesFiles ? new MultipartFormDataContent { { new StringContent("people"), "kind" }, { new StringContent("x"), "file", "x.csv" } }
            : (door.Body ?? Bodies.GetValueOrDefault(door.Route)) is { } body ? new StringContent(Filled(body, code, door), Encoding.UTF8, "application/json") : null;
        return request;
    }

    /// <summary>The example of the description, with records of this unit in it. Records beside findings are named by a version that is not theirs: who may hears so, and nothing changes.</summary>
    string Filled(string example, string code, Door door)
    {
        var body = JsonNode.Parse(example)!.AsObject();
        foreach (var name in body.Select(part => part.Key).ToList())
            if (ValueOf(name, code, door) is { } value) body[name] = value;
        if (body["facts"] is JsonObject facts && facts.ContainsKey("unitId")) facts["unitId"] = plant.Node(code).ToString();
        return body.ToJsonString();
    }

    JsonNode? ValueOf(string name, string code, Door door) => name switch
    {
        "id" => Guid.CreateVersion7().ToString(),
        "version" => Ended.Contains(KindOf(door)) ? 1 : 999,
        "unitId" or "nodeId" or "parentId" => plant.Node(code).ToString(),
        "branchId" or "subjectId" => $"{targets.At("branch", code) ?? plant.Node(code)}",
        "unitIds" => new JsonArray(plant.Node(code).ToString()),
        "personId" => plant.Players.First(player => player.StandsInFor is not null).PersonId.ToString(),
        "intoId" => targets.At("finding", code).ToString(),
        "dueOn" or "until" => Later,
        "code" or "number" => $"N{Guid.CreateVersion7().ToString("N")[^8..]}",
        "categoryId" => JsonValue.Create((string?)null),
        _ => null,
    };

    static string Later => TimeProvider.System.GetUtcNow().AddDays(30).ToString("yyyy-MM-dd");

    /// <summary>The fields of every form on the page of a finding; other pages take what they know.</summary>
    Dictionary<string, string> Fields(string code)
    {
        var fields = new Dictionary<string, string>
        {
            ["version"] = "1", ["grade.Grade"] = "General", ["assign.RectifierId"] = plant.Players.First(player => player.StandsInFor is not null).PersonId.ToString(),
            ["assign.DueOn"] = Later, ["assign.UnitId"] = plant.Node(code).ToString(), ["assign.Standard"] = "无位移", ["assign.Measure"] = "补焊",
            ["appointmentId"] = targets.At("appointment", code)?.ToString() ?? "", ["lastDay"] = Later, ["extend.DueOn"] = Later, ["merge.MergedIntoId"] = targets.At("finding", code)?.ToString() ?? "",
        };
        foreach (var form in new[] { "rectify", "check", "close", "answer", "recheck" }) fields[$"{form}.Note"] = "看过了";
        foreach (var form in new[] { "extend", "escalate", "supervise", "reject", "merge" }) fields[$"{form}.Reason"] = "原因";
        return fields;
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
