using Microsoft.AspNetCore.Mvc;
using Ronghe.Findings;
using Ronghe.Organisation;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Safety.Risks.Pages;

/// <summary>A new risk, on its own or brought up in a session (<c>?session=</c>).</summary>
[Requires(RiskPermissions.Identify)]
public sealed class NewModel(RiskActions actions, RiskQueries queries, FindingReporting reporting, TreeQueries trees, Me me) : RonghePage
{
    [FromQuery(Name = "session")] public Guid? Session { get; set; }
    [FromQuery(Name = "kind")] public RiskKind? Kind { get; set; }

    [BindProperty] public RiskForm Form { get; set; } = new();

    public IReadOnlyList<Option> Kinds { get; } = [.. Enum.GetValues<RiskKind>().Where(kind => kind == RiskKind.Safety || me.May(RiskPermissions.Business)).Select(kind => new Option(kind.ToString(), kind.Title()))];
    public string? UnitName { get; private set; }
    public string? PlaceName { get; private set; }
    public string? OwnerName { get; private set; }
    public string Back => Session is { } session ? $"/risk-sessions/{session}" : "/risks";

    public override async Task<IActionResult> ShowAsync()
    {
        var cancel = HttpContext.RequestAborted;
        if (HttpMethods.IsGet(Request.Method)) Form = new() { Id = Guid.CreateVersion7(), Kind = Kind ?? RiskKind.Safety, UnitId = me.UnitId };
        if (Form.UnitId is { } unit) UnitName = await trees.NameAsync(unit, cancel);
        if (Form.OwnerId is { } owner) OwnerName = await queries.PersonNameAsync(owner, cancel);
        PlaceName = (await reporting.PlaceAsync(Form.PlaceText, cancel))?.FullName;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await actions.IdentifyAsync(Form.Id, Form.Kind, Form.ToFacts(await reporting.PlaceAsync(Form.PlaceText, cancel)), Session, cancel);
        return RedirectWithMessage("已登记。下一步：评级。", $"/risks/{Form.Id}#acts");
    }
}
