using System.Text.Json;

namespace Ronghe.Duties;

/// <summary>
/// The duties that come with the product, by code. Those that follow an event or a term rather than a calendar are left to the wing
/// that knows the event.
/// </summary>
public sealed class DutyPack
{
    sealed record Pack(Item[] Items);
    sealed record Item(string Id, string Name, string SubjectKind, bool EnabledByDefault, Cadence Cadence, Evidence Evidence, Reminder Reminder,
        string Severity, string Source, string CadenceGivenBy, string Purpose, string Note);
    sealed record Cadence(string Type, int Every, string? Unit, int MinCount, Due Due, string WorkingDayRule);
    sealed record Due(string Anchor, int Offset, int? Month, int? Day);
    sealed record Evidence(string Text, Match Match);
    sealed record Match(string Record, Condition[]? Where, int? AtLeast);
    sealed record Condition(string Field, JsonElement Value);
    sealed record Reminder(int Lead);

    static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    DutyPack(IReadOnlyDictionary<string, DutyDefinition> byCode) => ByCode = byCode;

    public IReadOnlyDictionary<string, DutyDefinition> ByCode { get; }

    public static DutyPack Load(string contentFolder)
    {
        var pack = JsonSerializer.Deserialize<Pack>(File.ReadAllBytes(Path.Combine(contentFolder, "party-life", "duty-rules.json")), Json)!;
        return new(pack.Items.Where(item => item.Cadence.Type == "periodic").ToDictionary(item => item.Id, Read));
    }

    static DutyDefinition Read(Item item)
    {
        var (cadence, due) = (item.Cadence, item.Cadence.Due);
        return new(item.Name, item.SubjectKind,
            new(cadence.Every, Enum.Parse<CadenceUnit>(cadence.Unit!, ignoreCase: true), item.Evidence.Match.AtLeast ?? 1, Anchor(due.Anchor), due.Offset,
                Enum.Parse<WorkdayRule>(cadence.WorkingDayRule, ignoreCase: true), due.Month ?? 12, due.Day ?? 31),
            KeyOf(item.Evidence.Match), item.Evidence.Text, item.Reminder.Lead, Enum.Parse<DutySeverity>(item.Severity, ignoreCase: true), item.Source,
            Enum.Parse<CadenceOrigin>(item.CadenceGivenBy, ignoreCase: true), item.Purpose, item.Note, item.EnabledByDefault);
    }

    static DueAnchor Anchor(string anchor) => anchor switch
    {
        "week_start" or "period_start" => DueAnchor.PeriodStart, "next_period_start" => DueAnchor.NextPeriodStart,
        "fixed_date" => DueAnchor.FixedDate, "next_period_date" => DueAnchor.NextPeriodDate, _ => DueAnchor.PeriodEnd,
    };

    /// <summary>The record, and its kind where the match asks for one: <c>Meeting:MembersMeeting</c>.</summary>
    static string KeyOf(Match match) =>
        match.Where?.FirstOrDefault(condition => condition is { Field: "kind" or "type" or "period", Value.ValueKind: JsonValueKind.String }) is { } kind
            ? $"{match.Record}:{kind.Value.GetString()}" : match.Record;
}
