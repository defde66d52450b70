using System.Text.Json;
using System.Text.Json.Serialization;
using Ronghe.Platform;
using Ronghe.Platform.Data;

namespace Ronghe.Safety.Checklists;

/// <summary>
/// A checklist as the plant keeps it. Each change makes a new version; an inspection keeps the version that it was filled in by.
/// Active ⇄ retired.
/// </summary>
public sealed class Checklist : Aggregate
{
    public const int LongestName = 40, MostItems = 80;

    Checklist() { }

    public Checklist(string code, ChecklistFacts facts)
    {
        facts.Check();
        (Code, Number) = (code, 1);
        Take(facts);
    }

    /// <summary>CK01; of the plant's own CK-P01.</summary>
    public string Code { get; private init; } = "";
    public string Name { get; private set; } = "";
    public string Scope { get; private set; } = "";
    public string Cadence { get; private set; } = "";
    /// <summary>Id of a rule in the book, or words.</summary>
    public string Source { get; private set; } = "";
    /// <summary>Of the version in use.</summary>
    public int Number { get; private set; }
    public bool IsActive { get; private set; } = true;
    /// <summary>Set when the plant changed the default; later content then leaves it alone.</summary>
    public DateTimeOffset? EditedAt { get; private set; }

    public ChecklistVersion Restate(ChecklistFacts facts, Guid? by, DateTimeOffset at)
    {
        if (!IsActive) throw new Refusal($"“{Name}”已经停用，先恢复使用再改。");
        EditedAt = at;
        return Renew(facts, by, at);
    }

    /// <summary>A later content brings other words; the plant has not touched this one.</summary>
    internal ChecklistVersion Renew(ChecklistFacts facts, Guid? by, DateTimeOffset at)
    {
        facts.Check();
        Number++;
        Take(facts);
        Acted();
        return VersionOf(facts, by, at);
    }

    public ChecklistVersion VersionOf(ChecklistFacts facts, Guid? by, DateTimeOffset at) =>
        new() { ChecklistId = Id, Number = Number, Name = facts.Name.Trim(), Items = ChecklistItem.Write(facts.Items), ById = by, At = at };

    public void Retire(DateTimeOffset at)
    {
        if (!IsActive) throw new Refusal($"“{Name}”已经停用。");
        (IsActive, EditedAt) = (false, at);
    }

    public void Restore(DateTimeOffset at)
    {
        if (IsActive) throw new Refusal($"“{Name}”正在使用。");
        (IsActive, EditedAt) = (true, at);
    }

    void Take(ChecklistFacts facts) => (Name, Scope, Cadence, Source) = (facts.Name.Trim(), facts.Scope.Trim(), facts.Cadence.Trim(), facts.Source.Trim());
}

/// <summary>What a checklist said at one time. Never changed once written.</summary>
public sealed class ChecklistVersion
{
    public Guid ChecklistId { get; init; }
    public int Number { get; init; }
    public required string Name { get; init; }
    /// <summary>The items as JSON, in order.</summary>
    public required string Items { get; init; }
    public Guid? ById { get; init; }
    public DateTimeOffset At { get; init; }
}

public enum ChecklistItemKind { YesNo, Number, Photo, Text }

/// <summary>One question that can be looked up on the spot.</summary>
/// <param name="Min">Lowest good value of a number, itself included.</param>
/// <param name="Max">Highest good value, itself included.</param>
/// <param name="Severity">提示, 一般 or 重大待判; the last only asks for a judgement by the standards, it grades nothing.</param>
/// <param name="StopWork">When it is not fulfilled, work stops first.</param>
public sealed record ChecklistItem(
    string Id, string Text, ChecklistItemKind Kind, string Unit = "", decimal? Min = null, decimal? Max = null, string Severity = "一般", string? CategoryId = null,
    string Hint = "", string Source = "", bool StopWork = false)
{
    public const int LongestText = 200;

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>不超过 30 mm, 0.1—0.6 MPa.</summary>
    [JsonIgnore]
    public string Limits => ((Min, Max) switch
    {
        ({ } min, { } max) => $"{min:0.####}—{max:0.####} {Unit}",
        ({ } min, null) => $"不低于 {min:0.####} {Unit}",
        (null, { } max) => $"不超过 {max:0.####} {Unit}",
        _ => Unit,
    }).Trim();

    [JsonIgnore]
    public string KindTitle => Kind switch { ChecklistItemKind.YesNo => "是 / 否 / 不适用", ChecklistItemKind.Number => "数值", ChecklistItemKind.Photo => "照片", _ => "文字" };

    public bool IsWithin(decimal number) => !(number < Min) && !(number > Max);

    public void Check()
    {
        if (string.IsNullOrWhiteSpace(Text)) throw new Refusal("检查内容没有填写。", nameof(Text));
        if (Text.Length > LongestText || Hint.Length > LongestText || Source.Length > LongestText) throw new Refusal($"检查内容、提示、出处各不超过 {LongestText} 字。没有保存，填写的内容还在。", nameof(Text));
        if (Kind == ChecklistItemKind.Number && Min is null && Max is null) throw new Refusal("数值项要写限值：最小、最大至少写一个。没有保存，填写的内容还在。", nameof(Min));
        if (Min > Max) throw new Refusal("最小值大于最大值，请核对。没有保存，填写的内容还在。", nameof(Min));
    }

    public static string Write(IReadOnlyList<ChecklistItem> items) => JsonSerializer.Serialize(items, Json);
    public static IReadOnlyList<ChecklistItem> Read(string items) => JsonSerializer.Deserialize<ChecklistItem[]>(items, Json) ?? [];
}

/// <summary>What a checklist says.</summary>
public sealed record ChecklistFacts(string Name, string Scope, string Cadence, string Source, IReadOnlyList<ChecklistItem> Items)
{
    public void Check()
    {
        if (string.IsNullOrWhiteSpace(Name)) throw new Refusal("检查表名称没有填写。", nameof(Name));
        if (Name.Trim().Length > Checklist.LongestName) throw new Refusal($"检查表名称超过 {Checklist.LongestName} 字。没有保存，填写的内容还在。", nameof(Name));
        if (Scope.Length + Cadence.Length + Source.Length > 300) throw new Refusal("范围、周期、出处合计超过 300 字，请精简。没有保存，填写的内容还在。", nameof(Scope));
        if (Items.Count > Checklist.MostItems) throw new Refusal($"一张检查表最多 {Checklist.MostItems} 项，请分成两张。没有保存，填写的内容还在。", "Items");
        if (Items.DistinctBy(item => item.Id).Count() != Items.Count) throw new Refusal("有两项的编号相同，请核对。没有保存，填写的内容还在。", "Items");
        foreach (var item in Items) item.Check();
    }
}
