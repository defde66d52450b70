using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Rules;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Safety.Risks.Pages;

/// <summary>The scales, the bounds of the four colours, review days and seasons, each with its source; and the form that makes a new edition.</summary>
[Requires(RiskPermissions.View)]
public sealed class RulesModel(RiskRulebook rulebook, RiskPack pack, Me me) : RonghePage
{
    static readonly string[] Leans = ["FX-01", "FX-10", "FX-11", "FX-12", "FX-13a", "FX-14", "FX-20", "FX-21"];

    [BindProperty] public RulesForm Form { get; set; } = new();

    public RiskEdition Edition { get; private set; } = null!;
    public IReadOnlyList<RiskEditionRow> Editions { get; private set; } = [];
    public bool MayChange { get; } = me.May(RiskPermissions.Configure);
    public string PackVersion => pack.Version;
    public IEnumerable<Rule> Grounds => Leans.Select(rulebook.Find).OfType<Rule>();
    public string SourceOf(string source) => source == "" ? "本单位调整过" : rulebook.CitationOf(source);

    public override async Task<IActionResult> ShowAsync()
    {
        Edition = await rulebook.CurrentAsync(HttpContext.RequestAborted);
        Editions = await rulebook.EditionsAsync(HttpContext.RequestAborted);
        if (HttpMethods.IsGet(Request.Method)) Form = RulesForm.Of(Edition.Rules);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int number)
    {
        var edition = await rulebook.ChangeAsync(number, Form.ToRules(), Form.Reason ?? "", HttpContext.RequestAborted);
        return RedirectWithMessage($"已保存为第 {edition} 版，从现在起的评级按它；以前的评级不变。");
    }

    public sealed class RulesForm
    {
        public string? LecL { get; set; }
        public string? LecE { get; set; }
        public string? LecC { get; set; }
        public string? LecBands { get; set; }
        public string? MatrixL { get; set; }
        public string? MatrixS { get; set; }
        public string? MatrixBands { get; set; }
        public string? Days { get; set; }
        public string? Seasons { get; set; }
        public string? Reason { get; set; }

        public static RulesForm Of(RiskRuleSet rules)
        {
            var (lec, matrix) = (rules.Of(RiskMethod.Lec), rules.Of(RiskMethod.Matrix));
            return new()
            {
                LecL = RiskRuleText.Say(lec.Factors[0].Steps), LecE = RiskRuleText.Say(lec.Factors[1].Steps), LecC = RiskRuleText.Say(lec.Factors[2].Steps), LecBands = RiskRuleText.Say(lec.Bands),
                MatrixL = RiskRuleText.Say(matrix.Factors[0].Steps), MatrixS = RiskRuleText.Say(matrix.Factors[1].Steps), MatrixBands = RiskRuleText.Say(matrix.Bands),
                Days = RiskRuleText.Say(rules.ReviewDays), Seasons = RiskRuleText.Say(rules.Seasons),
            };
        }

        public RiskRuleSet ToRules() => new(
            [
                new(RiskMethod.Lec, [Factor("L", "可能性", LecL), Factor("E", "暴露频次", LecE), Factor("C", "后果", LecC)], RiskRuleText.Bands(LecBands, nameof(LecBands)), ""),
                new(RiskMethod.Matrix, [Factor("L", "可能性", MatrixL), Factor("S", "严重程度", MatrixS)], RiskRuleText.Bands(MatrixBands, nameof(MatrixBands)), ""),
            ],
            RiskRuleText.Days(Days), "", RiskRuleText.Seasons(Seasons));

        static RiskFactor Factor(string key, string title, string? text) => new(key, title, RiskRuleText.Steps(text, title), "");
    }
}
