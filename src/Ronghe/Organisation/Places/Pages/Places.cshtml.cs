using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Places.Pages;

[Requires(OrganisationPermissions.View)]
public sealed class PlacesModel(PlaceQueries places, PlacePack pack, Me me) : RonghePage
{
    const int MostFound = 100;

    [BindProperty(SupportsGet = true)] public string? Q { get; set; }

    public IReadOnlyList<PlaceRow> Tree { get; private set; } = [];
    public IReadOnlyList<PlaceRow> Found { get; private set; } = [];
    public bool Fits { get; private set; }
    public bool HasPlan { get; private set; }
    public bool MayManage => me.May(OrganisationPermissions.ManagePlaces);

    public string? Summary => !string.IsNullOrEmpty(Q) ? $"找到 {Found.Count} 处"
        : Tree.Count == 0 ? null
        : $"{Tree.Count(place => place.Level == PlaceLevel.Area)} 个区域 · {Tree.Count(place => place.Level == PlaceLevel.Equipment)} 处设备或场所";

    public override async Task<IActionResult> ShowAsync()
    {
        var cancel = HttpContext.RequestAborted;
        if (!string.IsNullOrEmpty(Q)) Found = await places.FindAsync(Q, MostFound, cancel);
        else Tree = await places.TreeAsync(cancel);
        HasPlan = PlacePack.SitePlan is not null && Tree.Any(place => place.IsFromPack);
        Fits = Tree.Count == 0 && string.IsNullOrEmpty(Q) && await pack.FitsAsync(me.CompanyId, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostLoadAsync(CancellationToken cancel)
    {
        var added = await pack.LoadByHandAsync(me.CompanyId, cancel);
        return RedirectWithMessage($"已载入 {added} 处地点，负责单位按名称对应，可以继续修改。");
    }
}
