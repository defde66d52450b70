using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Safety.Risks.Pages;

/// <summary>The register, from red to blue.</summary>
[Requires(RiskPermissions.View)]
public sealed class ListModel(RiskQueries queries, RiskRegister register, Me me, TimeProvider clock) : RonghePage
{
    public static readonly Option[] Kinds = [.. Enum.GetValues<RiskKind>().Select(kind => new Option(kind.ToString(), kind.Title()))];
    public static readonly Option[] States = [.. Enum.GetValues<RiskState>().Select(state => new Option(state.ToString(), state.Title()))];

    [FromQuery(Name = "kind")] public RiskKind? Kind { get; set; }
    [FromQuery(Name = "level")] public RiskLevel? Level { get; set; }
    [FromQuery(Name = "state")] public RiskState? State { get; set; }
    [FromQuery(Name = "unit")] public Guid? Unit { get; set; }
    [FromQuery(Name = "unrated")] public bool Unrated { get; set; }
    [FromQuery(Name = "overdue")] public bool Overdue { get; set; }
    [FromQuery(Name = "mine")] public bool Mine { get; set; }
    [FromQuery(Name = "q")] public string? Text { get; set; }
    [FromQuery(Name = "after")] public string? After { get; set; }

    public Paged<RiskRow> List { get; private set; } = new([]);
    public RiskCounts Counts { get; private set; } = new(0, 0, 0, 0, 0, 0);
    public bool MayLoad { get; private set; }
    public bool MayIdentify { get; } = me.May(RiskPermissions.Identify);
    public bool SeesBusiness { get; } = me.May(RiskPermissions.Business);
    public DateOnly Today { get; } = clock.Today();

    public override async Task<IActionResult> ShowAsync()
    {
        var cancel = HttpContext.RequestAborted;
        List = await queries.ListAsync(new() { Kind = Kind, Level = Level, State = State, Unit = Unit, Unrated = Unrated, Overdue = Overdue, Mine = Mine, Text = Text, After = After }, cancel);
        Counts = await queries.CountsAsync(cancel);
        MayLoad = await register.MayLoadAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostLoadAsync(CancellationToken cancel)
    {
        var added = await register.LoadAsync(cancel);
        return RedirectWithMessage(added == 0 ? "默认清单已经载入过，没有重复载入。" : $"已载入 {added} 个典型风险，经营风险只有有权的人看得到。它们都还没有评级：示例取值只供对照，请逐个评级。", "/risks?unrated=true");
    }
}
