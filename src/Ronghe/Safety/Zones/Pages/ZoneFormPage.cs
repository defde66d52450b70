using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Safety.Zones.Pages;

/// <summary>The form of a zone, for a new one and for changing one.</summary>
public abstract class ZoneFormPage(ZoneQueries zones, TreeQueries trees) : RonghePage
{
    [BindProperty] public ZoneForm Form { get; set; } = new();

    protected ZoneQueries Zones => zones;
    public virtual Guid? Shown => null;
    /// <summary>The version that the form shows; nought for a new zone.</summary>
    public virtual int Seen => 0;

    public ZoneBoard Board { get; private set; } = null!;
    public IReadOnlyList<TreeLine> Places { get; private set; } = [];
    public string? UnitName { get; private set; }
    public string? BranchName { get; private set; }

    public override async Task<IActionResult> ShowAsync()
    {
        var cancel = HttpContext.RequestAborted;
        Board = await zones.BoardAsync(cancel);
        Places = [.. (await zones.PlacesAsync(cancel)).Select(place => new TreeLine(place.Id, place.ParentId, place.Name)
        {
            Kind = place.Code, Detail = place.ZoneId == Shown ? null : place.ZoneName,
        })];
        if (Form.UnitId is { } unit) UnitName = await trees.NameAsync(unit, cancel);
        if (Form.BranchId is { } branch) BranchName = await trees.NameAsync(branch, cancel);
        return Page();
    }

    public sealed class ZoneForm
    {
        public Guid Id { get; set; }
        public string? Name { get; set; }
        [Picked("units")] public Guid? UnitId { get; set; }
        [Picked("party-organisations")] public Guid? BranchId { get; set; }
        public string? Cadence { get; set; }
        /// <summary>Codes, with 、 or blanks between them.</summary>
        public string? Checklists { get; set; }
        public string? Corners { get; set; }
        public List<Guid> PlaceIds { get; set; } = [];

        public static ZoneForm Of(ZoneDetail zone) => new()
        {
            Id = zone.Zone.Id, Name = zone.Zone.Name, UnitId = zone.Zone.UnitId, BranchId = zone.Zone.BranchId, Cadence = zone.Zone.Cadence,
            Checklists = string.Join('、', zone.ChecklistCodes), Corners = new Outline(zone.Zone.Corners).ToLines(), PlaceIds = [.. zone.Places.Select(place => place.Id)],
        };

        public ZoneFacts ToFacts() => new(Name ?? "", UnitId, BranchId,
            (Checklists ?? "").Split(['、', ',', '，', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), Cadence ?? "", Outline.Parse(Corners), PlaceIds);
    }
}
