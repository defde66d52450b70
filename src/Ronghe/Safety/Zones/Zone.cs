using Ronghe.Platform;
using Ronghe.Platform.Data;
using Ronghe.Platform.Journal;

namespace Ronghe.Safety.Zones;

/// <summary>
/// A part of the site for whose safety a Party member stands: 党员安全责任区 with its places, its shape on the plan, and the history of
/// those who lead it. Active → retired.
/// </summary>
public sealed class Zone : Aggregate
{
    public const int LongestName = 40, LongestCadence = 60, MostChecklists = 20, MostPlaces = 500;

    readonly List<ZonePlace> _places = [];
    readonly List<ZoneLead> _leads = [];

    Zone() { }

    public Zone(Guid companyId, ZoneFacts facts, Guid? id = null)
    {
        Id = id ?? Id;
        CompanyId = companyId;
        Restate(facts);
    }

    public Guid CompanyId { get; private init; }
    public string Name { get; private set; } = "";
    /// <summary>The department that works there; whoever may keep zones there may keep this one.</summary>
    public Guid? UnitId { get; private set; }
    /// <summary>The branch that answers for it.</summary>
    public Guid? BranchId { get; private set; }
    public string[] ChecklistCodes { get; private set; } = [];
    /// <summary>How often it is walked, in words: 每周 1 次.</summary>
    public string Cadence { get; private set; } = "";
    /// <summary>The same in days, as far as the words say so.</summary>
    [Derived]
    public int? EveryDays { get; private set; }
    /// <summary>Corners on the plan, x and y in turn; empty when it is only a list of places.</summary>
    public int[] Corners { get; private set; } = [];
    /// <summary>Where the content pack knows it, e.g. Z01.</summary>
    public string? ContentId { get; init; }
    public bool IsActive { get; private set; } = true;

    public IReadOnlyList<ZonePlace> Places => _places;
    public IReadOnlyList<ZoneLead> Leads => _leads;

    public ZoneLead? Current(ZoneRole role, DateOnly today) => _leads.FirstOrDefault(lead => lead.Role == role && lead.IsCurrent(today));

    public void Restate(ZoneFacts facts)
    {
        RefuseIfRetired();
        facts.Check();
        (Name, UnitId, BranchId, Cadence) = (facts.Name.Trim(), facts.UnitId, facts.BranchId, facts.Cadence.Trim());
        EveryDays = ZoneCadence.DaysOf(Cadence);
        (ChecklistCodes, Corners) = ([.. facts.ChecklistCodes.Distinct()], facts.Shape.Corners);
        _places.RemoveAll(place => !facts.PlaceIds.Contains(place.PlaceId));
        _places.AddRange(facts.PlaceIds.Distinct().Where(id => _places.All(place => place.PlaceId != id)).ToList().Select(id => new ZonePlace { ZoneId = Id, PlaceId = id }));
        Acted();
    }

    /// <summary>The plan was replaced by one of another size: the shape keeps its place on it.</summary>
    public void Rescale(PlanSize from, PlanSize to) => Corners = new Outline(Corners).Scale(from, to).Corners;

    /// <summary>One person holds each role; who held it until now ends the day before.</summary>
    public ZoneLead Appoint(Guid personId, ZoneRole role, DateOnly from, DateOnly? to)
    {
        RefuseIfRetired();
        if (to < from) throw new Refusal("结束日期早于开始日期，请核对。", nameof(ZoneLead.To));
        if (_leads.Any(lead => lead.Role == role && lead.From >= from)) throw new Refusal($"{role.Title()}已有同一天或更晚开始的任期，请核对开始日期。", nameof(ZoneLead.From));
        if (_leads.Any(lead => lead.Role != role && lead.PersonId == personId && lead.Overlaps(from, to)))
            throw new Refusal("同一个人不能同时当责任区长和副区长，请另选一位。", nameof(ZoneLead.PersonId));
        foreach (var before in _leads.Where(lead => lead.Role == role && lead.Overlaps(from, null))) before.End(from.AddDays(-1));
        var lead = new ZoneLead { ZoneId = Id, PersonId = personId, Role = role, From = from, To = to };
        _leads.Add(lead);
        Acted();
        return lead;
    }

    public void EndTerm(Guid leadId, DateOnly on)
    {
        var lead = _leads.FirstOrDefault(lead => lead.Id == leadId) ?? throw new NotFound("这段任期");
        if (on < lead.From) throw new Refusal("结束日期早于开始日期，请核对。", nameof(ZoneLead.To));
        if (lead.To <= on) throw new Refusal($"这段任期已在 {lead.To:yyyy-MM-dd} 结束。");
        lead.End(on);
        Acted();
    }

    /// <summary>Its places become free for other zones; what was found and checked there stays.</summary>
    public void Retire()
    {
        RefuseIfRetired();
        IsActive = false;
        _places.Clear();
    }

    void RefuseIfRetired()
    {
        if (!IsActive) throw new Refusal($"“{Name}”已经停用，不能再改。");
    }
}

/// <summary>What a zone is, apart from who leads it.</summary>
public sealed record ZoneFacts(
    string Name, Guid? UnitId, Guid? BranchId, IReadOnlyCollection<string> ChecklistCodes, string Cadence, Outline Shape, IReadOnlyCollection<Guid> PlaceIds)
{
    public void Check()
    {
        if (string.IsNullOrWhiteSpace(Name)) throw new Refusal("责任区名称没有填写。", nameof(Name));
        if (Name.Trim().Length > Zone.LongestName) throw new Refusal($"责任区名称超过 {Zone.LongestName} 字，没有保存，填写的内容还在。", nameof(Name));
        if (Cadence.Trim().Length > Zone.LongestCadence) throw new Refusal($"巡查周期超过 {Zone.LongestCadence} 字，没有保存，填写的内容还在。", nameof(Cadence));
        if (ChecklistCodes.Count > Zone.MostChecklists) throw new Refusal($"检查表最多选 {Zone.MostChecklists} 张。", nameof(ChecklistCodes));
        if (PlaceIds.Count > Zone.MostPlaces) throw new Refusal($"一个责任区最多 {Zone.MostPlaces} 处地点，请分成几个责任区。", nameof(PlaceIds));
        if (PlaceIds.Count == 0 && Shape.IsEmpty) throw new Refusal("请至少选一处地点，或在平面图上画出范围。", nameof(PlaceIds));
        Shape.Check();
    }
}

/// <summary>A place belongs to one zone at most; what stands in it belongs to the same zone unless it has one of its own.</summary>
[PartOf(typeof(Zone), "地点")]
public sealed class ZonePlace
{
    public Guid ZoneId { get; init; }
    public Guid PlaceId { get; init; }
}

/// <summary>Somebody leads a zone from … to ….</summary>
[PartOf(typeof(Zone), "任期")]
public sealed class ZoneLead
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid ZoneId { get; init; }
    public Guid PersonId { get; init; }
    public ZoneRole Role { get; init; }
    public DateOnly From { get; init; }
    /// <summary>Last day; null while it runs.</summary>
    public DateOnly? To { get; internal set; }


    public bool IsCurrent(DateOnly today) => From <= today && (To is null || To >= today);
    public bool Overlaps(DateOnly from, DateOnly? to) => (To is null || To >= from) && (to is null || From <= to);
    internal void End(DateOnly on) => To = on;
}

public enum ZoneRole { Lead, Deputy }

public static class ZoneRoles
{
    public static string Title(this ZoneRole role) => role == ZoneRole.Lead ? "责任区长" : "副区长";
}
