using Ronghe.Platform;

namespace Ronghe.Safety.Violations;

/// <summary>An entry of the dictionary of violations (VK-ZY-01), with its source. Active ⇄ retired.</summary>
public sealed class ViolationKind
{
    const int LongestName = 80, LongestText = 1000;

    public required string Id { get; init; }
    public required string Name { get; set; }
    /// <summary>作业性, 装置性, 指挥性, 管理性 (rule WZ-01).</summary>
    public string Nature { get; set; } = "";
    /// <summary>一般 or 严重, as the plant's own rules say (rule WZ-03).</summary>
    public string Degree { get; set; } = "";
    public string Example { get; set; } = "";
    public string RightPractice { get; set; } = "";
    public string Source { get; set; } = "";
    public bool IsActive { get; set; } = true;
    /// <summary>Set when the plant changed the default; later content versions then leave it alone.</summary>
    public DateTimeOffset? EditedAt { get; set; }

    public static readonly string[] Natures = ["作业性", "装置性", "指挥性", "管理性"];
    public static readonly string[] Degrees = ["一般", "严重"];

    /// <summary>Tells one state of the entry from a later one; microseconds, as the database keeps them.</summary>
    public long Seen => EditedAt is { } at ? at.UtcTicks / TimeSpan.TicksPerMicrosecond : 0;

    public static ViolationKind OfPlant(string id, ViolationKindWords words, DateTimeOffset at)
    {
        var kind = new ViolationKind { Id = id, Name = "" };
        kind.Restate(words, at);
        return kind;
    }

    public void Restate(ViolationKindWords words, DateTimeOffset at)
    {
        if (string.IsNullOrWhiteSpace(words.Name)) throw new Refusal("违章名称没有填写。", nameof(Name));
        if (words.Name.Length > LongestName) throw new Refusal($"违章名称超过 {LongestName} 字，没有保存，填写的内容还在。", nameof(Name));
        if (!Natures.Contains(words.Nature)) throw new Refusal("请选性质。", nameof(Nature));
        if (!Degrees.Contains(words.Degree)) throw new Refusal("请选程度。", nameof(Degree));
        if (words.Example.Length + words.RightPractice.Length + words.Source.Length > LongestText)
            throw new Refusal($"举例、正确做法和出处合计超过 {LongestText} 字，没有保存，填写的内容还在。请精简。", nameof(Example));
        (Name, Nature, Degree) = (words.Name.Trim(), words.Nature, words.Degree);
        (Example, RightPractice, Source, EditedAt) = (words.Example.Trim(), words.RightPractice.Trim(), words.Source.Trim(), at);
    }

    public void SetActive(bool active, DateTimeOffset at)
    {
        if (IsActive == active) throw new Refusal(active ? $"“{Name}”正在使用。" : $"“{Name}”已经停用。");
        (IsActive, EditedAt) = (active, at);
    }

    internal void Take(ViolationKind other) =>
        (Name, Nature, Degree, Example, RightPractice, Source) = (other.Name, other.Nature, other.Degree, other.Example, other.RightPractice, other.Source);
}

/// <summary>What an entry of the dictionary says.</summary>
public sealed record ViolationKindWords(string Name, string Nature, string Degree, string Example, string RightPractice, string Source);
