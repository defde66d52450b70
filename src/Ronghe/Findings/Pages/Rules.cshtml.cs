using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Rules;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Findings.Pages;

/// <summary>The plant's numbers for the loop, each with the reason for its default and the rule it leans on.</summary>
[Requires(FindingPermissions.View)]
public sealed class RulesModel(FindingRulebook rulebook, Me me, TimeProvider clock) : RonghePage
{
    [BindProperty]
    public RulesForm Form { get; set; } = new();

    public FindingRules Rules { get; private set; } = null!;
    public bool MayChange { get; } = me.May(FindingPermissions.Configure);
    public Rule? Rule(string id) => rulebook.Find(id);

    public override async Task<IActionResult> ShowAsync()
    {
        Rules = await rulebook.ForAsync(me.CompanyId, HttpContext.RequestAborted);
        Form = new()
        {
            GeneralDays = Rules.GeneralDays, MajorDays = Rules.MajorDays, ExtensionsMost = Rules.ExtensionsMost, ConfirmDays = Rules.ConfirmDays,
            FirstLevel = Rules.EscalateAfter[0], SecondLevel = Rules.EscalateAfter[1], ThirdLevel = Rules.EscalateAfter[2], RecheckPercent = Rules.RecheckPercent,
        };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int version)
    {
        await rulebook.ChangeAsync(me, version, rules => rules.Set(Form.GeneralDays, Form.MajorDays, Form.ExtensionsMost, Form.ConfirmDays,
            [Form.FirstLevel, Form.SecondLevel, Form.ThirdLevel], Form.RecheckPercent), clock.GetUtcNow(), HttpContext.RequestAborted);
        return RedirectWithMessage("期限规则已更新，从现在起的派发、延期和升级按新的数。已经派发的期限不变。");
    }

    public sealed class RulesForm
    {
        public int GeneralDays { get; set; }
        public int MajorDays { get; set; }
        public int ExtensionsMost { get; set; }
        public int ConfirmDays { get; set; }
        public int FirstLevel { get; set; }
        public int SecondLevel { get; set; }
        public int ThirdLevel { get; set; }
        public int RecheckPercent { get; set; }
    }
}
