using Ronghe.Platform;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Data;

namespace Ronghe.Organisation.Places;

/// <summary>Where something is: site → area → equipment (or a room, a road). What a QR sign points at.</summary>
public sealed class Place : Aggregate
{
    Place() { }

    public Place(Guid companyId, PlaceLevel level, string name, string code, Place? parent, Guid? id = null)
    {
        if (string.IsNullOrWhiteSpace(name)) throw new Refusal("地点名称没有填写。", nameof(Name));
        if (level <= parent?.Level) throw new Refusal($"{level.Title()}不能放在{parent.Level.Title()}“{parent.Name}”下面，请另选上级地点。", nameof(ParentId));
        Id = id ?? Id;
        (CompanyId, Level, Name, Code, ParentId) = (companyId, level, name.Trim(), code.Trim(), parent?.Id);
        FullName = FullNameIn(parent?.Level == PlaceLevel.Area ? parent.Name : null);
        SearchTokens = Tokens();
    }

    public Guid CompanyId { get; private init; }
    public PlaceLevel Level { get; private init; }
    public Guid? ParentId { get; private set; }
    public string Name { get; private set; } = "";
    /// <summary>Area and name, as people say it: 锅炉房 · #1炉给煤机.</summary>
    public string FullName { get; private set; } = "";
    public string Code { get; private set; } = "";
    public string Kks { get; private set; } = "";
    /// <summary>The unit that looks after the place day by day; a finding there goes to it first.</summary>
    public Guid? UnitId { get; private set; }
    /// <summary>Other words for it in old ledgers.</summary>
    public string[] Aliases { get; private set; } = [];
    /// <summary>Where the content pack knows it, e.g. P-A01-03.</summary>
    public string? ContentId { get; init; }
    /// <summary>Place among its siblings; the code decides between equals.</summary>
    public int Position { get; init; }
    public bool IsActive { get; private set; } = true;
    /// <summary>Names, aliases, codes, pinyin: what the search looks in.</summary>
    [Derived]
    public string[] SearchTokens { get; private set; } = [];

    /// <param name="areaName">Name of the area it stands in; null for a site, an area, or equipment directly on the site.</param>
    public void Rename(string name, string? areaName)
    {
        RefuseIfRetired();
        if (string.IsNullOrWhiteSpace(name)) throw new Refusal("地点名称没有填写。", nameof(Name));
        Name = name.Trim();
        FollowArea(areaName);
    }

    /// <summary>The area above was renamed; the full name follows.</summary>
    internal void FollowArea(string? areaName)
    {
        FullName = FullNameIn(areaName);
        SearchTokens = Tokens();
    }

    /// <summary>Everything but the name: plant code, who looks after it, what else it is called.</summary>
    public void Describe(string kks, Guid? unitId, IEnumerable<string> aliases)
    {
        RefuseIfRetired();
        (Kks, UnitId) = (kks.Trim(), unitId);
        Aliases = [.. aliases.Select(alias => alias.Trim()).Where(alias => alias != "" && alias != Name).Distinct()];
        SearchTokens = Tokens();
    }

    public void Retire()
    {
        RefuseIfRetired();
        IsActive = false;
    }

    void RefuseIfRetired()
    {
        if (!IsActive) throw new Refusal($"“{Name}”已经停用，不能再改。");
    }

    string FullNameIn(string? areaName) => Level == PlaceLevel.Equipment && areaName is not null ? $"{areaName} · {Name}" : Name;

    string[] Tokens() =>
        [.. Platform.Search.SearchTokens.ForName(Name, Code, Kks).Union(Aliases.Append(FullName).SelectMany(text => Platform.Search.SearchTokens.ForName(text)))];
}

public enum PlaceLevel { Site, Area, Equipment }

public static class PlaceLevels
{
    public static string Title(this PlaceLevel level) => level switch
    {
        PlaceLevel.Site => "厂区", PlaceLevel.Area => "区域", _ => "设备或场所",
    };
}
