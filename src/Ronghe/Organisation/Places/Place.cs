using Ronghe.Platform;
using Ronghe.Platform.Data;

namespace Ronghe.Organisation.Places;

/// <summary>Where something is: site → area → equipment (or a room, a road). What a QR sign points at.</summary>
public sealed class Place : Aggregate
{
    Place() { }

    public Place(Guid companyId, PlaceLevel level, string name, string code, Place? parent, Guid? id = null)
    {
        if (string.IsNullOrWhiteSpace(name)) throw new Refusal("地点名称没有填写。", nameof(Name));
        Id = id ?? Id;
        (CompanyId, Level, Name, Code, ParentId) = (companyId, level, name.Trim(), code.Trim(), parent?.Id);
        FullName = parent is null or { Level: PlaceLevel.Site } ? Name : $"{parent.Name} · {Name}";
    }

    public Guid CompanyId { get; private init; }
    public PlaceLevel Level { get; private init; }
    public Guid? ParentId { get; private set; }
    public string Name { get; private set; } = "";
    /// <summary>Area and name, as people say it: 锅炉房 · #1炉给煤机.</summary>
    public string FullName { get; private set; } = "";
    public string Code { get; private set; } = "";
    public string Kks { get; set; } = "";
    /// <summary>The unit that looks after the place day by day; a finding there goes to it first.</summary>
    public Guid? UnitId { get; set; }
    /// <summary>Other words for it in old ledgers.</summary>
    public string[] Aliases { get; set; } = [];
    /// <summary>Where the content pack knows it, e.g. P-A01-03.</summary>
    public string? ContentId { get; init; }
    public bool IsActive { get; private set; } = true;

    public void Rename(string name, string areaName)
    {
        if (string.IsNullOrWhiteSpace(name)) throw new Refusal("地点名称没有填写。", nameof(Name));
        Name = name.Trim();
        FullName = Level == PlaceLevel.Equipment ? $"{areaName} · {Name}" : Name;
    }

    public void Retire() => IsActive = false;
}

public enum PlaceLevel { Site, Area, Equipment }
