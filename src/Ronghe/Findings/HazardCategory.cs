using Ronghe.Platform;

namespace Ronghe.Findings;

/// <summary>An entry of the hazard dictionary: a group (HC01) or a kind in it (HC01-02), with its source. Active ⇄ retired.</summary>
public sealed class HazardCategory
{
    const int LongestName = 60, LongestText = 1000;

    public required string Id { get; init; }
    public string? GroupId { get; init; }
    public required string Name { get; set; }
    public string[] Aliases { get; set; } = [];
    public string TypicalGrade { get; set; } = "";
    public string GradeNote { get; set; } = "";
    public string[] Examples { get; set; } = [];
    public string Source { get; set; } = "";
    public bool IsActive { get; set; } = true;
    /// <summary>Set when the plant changed the default; later content versions then leave it alone.</summary>
    public DateTimeOffset? EditedAt { get; set; }

    /// <summary>Tells one state of the entry from a later one; microseconds, as the database keeps them.</summary>
    public long Seen => EditedAt is { } at ? at.UtcTicks / TimeSpan.TicksPerMicrosecond : 0;

    public static HazardCategory OfPlant(string id, string groupId, CategoryWords words, DateTimeOffset at)
    {
        var category = new HazardCategory { Id = id, GroupId = groupId, Name = "" };
        category.Restate(words, at);
        return category;
    }

    public void Restate(CategoryWords words, DateTimeOffset at)
    {
        if (string.IsNullOrWhiteSpace(words.Name)) throw new Refusal("分类名称没有填写。", nameof(Name));
        if (words.Name.Length > LongestName) throw new Refusal($"分类名称超过 {LongestName} 字，没有保存，填写的内容还在。", nameof(Name));
        if (words.GradeNote.Length + words.Source.Length + words.Aliases.Concat(words.Examples).Sum(text => text.Length) > LongestText)
            throw new Refusal($"说明、出处和举例合计超过 {LongestText} 字，没有保存，填写的内容还在。请精简。", nameof(Examples));
        (Name, Aliases, TypicalGrade) = (words.Name.Trim(), words.Aliases, words.TypicalGrade);
        (GradeNote, Examples, Source, EditedAt) = (words.GradeNote.Trim(), words.Examples, words.Source.Trim(), at);
    }

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

    internal void Take(HazardCategory other) =>
        (Name, Aliases, TypicalGrade, GradeNote, Examples, Source) = (other.Name, other.Aliases, other.TypicalGrade, other.GradeNote, other.Examples, other.Source);
}
