using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Safety.Zones.Pages;

/// <summary>All zones, on the plan and as a list that says the same; what no zone covers and which zone nobody leads.</summary>
[Requires(ZonePermissions.View)]
public sealed class ListModel(ZoneQueries zones, ZonePack pack, Me me, TimeProvider clock) : RonghePage
{
    public const int MostGaps = 30;

    public ZoneBoard Board { get; private set; } = null!;
    public bool MayManage => me.May(ZonePermissions.Manage);
    public bool MayPlan => me.May(ZonePermissions.Plan);
    public string Coverage => Board.AllPlaces == 0 ? "—" : $"{100 * Board.Covered / Board.AllPlaces}%";
    public string? Summary => Board.Zones.Count == 0 ? "把生产现场划成责任区，党员在自己的责任区里带头查隐患、抓整改" : "党员带头、全员参与：谁的责任区，谁来巡、谁来督促整改";
    public int DaysSince(DateTimeOffset at) => clock.Today().DayNumber - at.PlantDate().DayNumber;

    public override async Task<IActionResult> ShowAsync()
    {
        Board = await zones.BoardAsync(HttpContext.RequestAborted);
        return Page();
    }

    public async Task<IActionResult> OnPostLoadAsync(CancellationToken cancel)
    {
        var added = await pack.LoadAsync(cancel);
        return RedirectWithMessage($"已载入 {added} 个建议的责任区，部门和支部按名称对应，可以逐个修改。下一步：指定责任区长。");
    }
}
