using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Safety.Watch.Pages;

/// <summary>The watch: my own turns first, then the branch's rota. A member on watch reports from here with one tap.</summary>
[Requires(WatchPermissions.View)]
public sealed class RotaModel(WatchQueries queries, WatchActions actions, OrganisationAccess access, Me me, TimeProvider clock) : RonghePage
{
    [FromQuery(Name = "branch")] public Guid? Branch { get; set; }

    public DateOnly Today { get; private set; }
    public Guid? MyId => me.PersonId;
    public Guid BranchId { get; private set; }
    public IReadOnlyList<(Guid Id, string Name)> Branches { get; private set; } = [];
    public IReadOnlyList<WatchRow> Weeks { get; private set; } = [];
    public IReadOnlyList<WatchRow> Mine { get; private set; } = [];
    public IReadOnlyList<SwapRow> Swaps { get; private set; } = [];
    public IReadOnlyList<WatchAbsence> Away { get; private set; } = [];
    public bool MayArrange { get; private set; }
    public DateOnly? From { get; private set; }
    public DateOnly? To { get; private set; }
    public static IReadOnlyList<Option> WeekChoices { get; } = [new("1", "本周"), new("4", "四周"), new("8", "八周"), new("12", "十二周")];

    public WatchRow? OnDuty => Mine.FirstOrDefault(week => week.Monday <= Today && week.Monday.AddDays(6) >= Today);

    public override async Task<IActionResult> ShowAsync()
    {
        var cancel = HttpContext.RequestAborted;
        Today = clock.Today();
        Branches = await queries.BranchesAsync(cancel);
        Mine = await queries.MineAsync(cancel);
        Swaps = await queries.SwapsAsync(cancel);
        Away = await queries.AwayAsync(cancel);
        if (Branches.Count == 0) return Page();
        BranchId = Branches.Any(branch => branch.Id == Branch) ? Branch!.Value : Branches[0].Id;
        Weeks = await queries.RotaAsync(BranchId, cancel);
        MayArrange = (await access.AtAsync(BranchId, cancel)).May(WatchPermissions.Arrange);
        return Page();
    }

    public (string Status, string Text) Badge(WatchRow week) => week switch
    {
        { ClosedAt: not null } => ("closed", "已办结"),
        _ when week.Monday > Today => ("neutral", "已排好"),
        _ when week.Monday.AddDays(6) >= Today => ("info", "本周值守"),
        // Nothing found, nothing to fill in.
        { Found: 0 } => ("neutral", "没有发现"),
        { Open: > 0 } => ("rectified", $"还有 {week.Open} 条没关闭"),
        _ => ("verified", "可以办结"),
    };

    public async Task<IActionResult> OnPostDrawAsync(Guid branchId, int weeks)
    {
        var drawn = await actions.DrawAsync(branchId, weeks, HttpContext.RequestAborted);
        return RedirectWithMessage(drawn == 0 ? "这几周都已经排好，没有改动；请假的人太多、凑不齐两名的周也排不了。" : $"已排 {drawn} 周。值守最少、隔得最久的先轮到，请假的避开。", $"/watch?branch={branchId}");
    }

    public async Task<IActionResult> OnPostAgreeAsync(Guid swap, int version)
    {
        await actions.AgreeAsync(swap, version, HttpContext.RequestAborted);
        return RedirectWithMessage("换好了，安排已经更新。");
    }

    public async Task<IActionResult> OnPostDeclineAsync(Guid swap, int version)
    {
        await actions.DeclineAsync(swap, version, HttpContext.RequestAborted);
        return RedirectWithMessage("已谢绝，安排不变。");
    }

    public async Task<IActionResult> OnPostWithdrawAsync(Guid swap, int version)
    {
        await actions.WithdrawAsync(swap, version, HttpContext.RequestAborted);
        return RedirectWithMessage("已撤回，安排不变。");
    }

    public async Task<IActionResult> OnPostAwayAsync(DateOnly from, DateOnly to)
    {
        await actions.BeAwayAsync(from, to, HttpContext.RequestAborted);
        var arranged = await actions.ArrangedAsync(from, to, HttpContext.RequestAborted);
        return RedirectWithMessage(arranged.Count == 0 ? "记下了，以后排班会避开这几天。"
            : $"记下了，以后排班会避开这几天。{string.Join('、', arranged.Select(monday => monday.Say(clock.Today().Year)))}起的一周已经排了您，不会自动改，请找人换班。");
    }

    public async Task<IActionResult> OnPostReturnAsync(Guid absence)
    {
        await actions.ReturnAsync(absence, HttpContext.RequestAborted);
        return RedirectWithMessage("已取消。");
    }
}
