using System.Text.Json;

namespace Ronghe.Duties;

/// <summary>A duty that follows an event or a term rather than a calendar: the wing that knows the event keeps its deadline.</summary>
/// <param name="When">What sets it off, and until when: 抽查发现需要说清楚的问题，5 个工作日内.</param>
public sealed record EventDuty(string Code, string Name, string SubjectTitle, string When, string EvidenceText, string Source, string Note);

/// <summary>
/// The duties that come with the product, by code. Those that follow an event or a term are told apart: nobody computes them here.
/// </summary>
public sealed class DutyPack
{
    sealed record Pack(Item[] Items, Codes Codes);
    sealed record Codes(Dictionary<string, string> SubjectKind);
    sealed record Item(string Id, string Name, string SubjectKind, bool EnabledByDefault, Cadence Cadence, Evidence Evidence, Reminder Reminder,
        string Severity, string Source, string CadenceGivenBy, string Purpose, string Note);
    sealed record Cadence(string Type, int Every, string? Unit, int MinCount, Due Due, string WorkingDayRule, Trigger? Trigger);
    sealed record Trigger(string Text);
    sealed record Due(string Anchor, int Offset, string OffsetUnit, int? Month, int? Day);
    sealed record Evidence(string Text, Match Match);
    sealed record Match(string Record, Condition[]? Where, int? AtLeast);
    sealed record Condition(string Field, JsonElement Value);
    sealed record Reminder(int Lead);

    static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    readonly Dictionary<string, string> _subjects;

    DutyPack(Pack pack)
    {
        _subjects = pack.Codes.SubjectKind;
        ByCode = pack.Items.Where(item => item.Cadence.Type == "periodic").ToDictionary(item => item.Id, Read);
        Events = [.. pack.Items.Where(item => item.Cadence.Type != "periodic").OrderBy(item => item.Id, StringComparer.Ordinal)
            .Select(item => new EventDuty(item.Id, item.Name, SubjectTitle(item.SubjectKind), WhenOf(item.Cadence), item.Evidence.Text, item.Source, item.Note))];
    }

    public IReadOnlyDictionary<string, DutyDefinition> ByCode { get; }
    public IReadOnlyList<EventDuty> Events { get; }

    /// <summary>As people say it, also where no wing knows such subjects yet.</summary>
    public string SubjectTitle(string key) => _subjects.GetValueOrDefault(key, key);

    public static DutyPack Load(string contentFolder) =>
        new(JsonSerializer.Deserialize<Pack>(File.ReadAllBytes(Path.Combine(contentFolder, "party-life", "duty-rules.json")), Json)!);

    static DutyDefinition Read(Item item)
    {
        var (cadence, due) = (item.Cadence, item.Cadence.Due);
        return new(item.Name, item.SubjectKind,
            new(cadence.Every, Enum.Parse<CadenceUnit>(cadence.Unit!, ignoreCase: true), item.Evidence.Match.AtLeast ?? 1, Anchor(due.Anchor), due.Offset,
                Enum.Parse<WorkdayRule>(cadence.WorkingDayRule, ignoreCase: true), due.Month ?? 12, due.Day ?? 31),
            KeyOf(item.Evidence.Match), item.Evidence.Text, item.Reminder.Lead, Enum.Parse<DutySeverity>(item.Severity, ignoreCase: true), item.Source,
            Enum.Parse<CadenceOrigin>(item.CadenceGivenBy, ignoreCase: true), item.Purpose, item.Note, item.EnabledByDefault);
    }

    static string WhenOf(Cadence cadence) => cadence.Type == "term" ? $"每 {cadence.Every} 年一届，届满前"
        : cadence.Due.Anchor is "measure_due" or "condition_due" ? $"{cadence.Trigger?.Text}，按约定的期限"
        : $"{cadence.Trigger?.Text}，{cadence.Due.Offset} {cadence.Due.OffsetUnit switch { "working_day" => "个工作日", "hour" => "小时", _ => "天" }}内";

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
