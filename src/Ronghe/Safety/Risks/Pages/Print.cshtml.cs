using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;

namespace Ronghe.Safety.Risks.Pages;

/// <summary>The filtered register on paper, A4 across, for the notice board (rule FX-02).</summary>
[Requires(RiskPermissions.View)]
public sealed class PrintModel(RiskQueries queries, RiskRulebook rulebook, Me me, TimeProvider clock) : PageModel
{
    public const int Most = RiskFilter.MostPerPage;

    /// <summary>What hangs on the wall is for everybody: business risks only when somebody asks for them.</summary>
    [FromQuery(Name = "kind")] public RiskKind Kind { get; set; } = RiskKind.Safety;
    [FromQuery(Name = "level")] public RiskLevel? Level { get; set; }
    [FromQuery(Name = "state")] public RiskState? State { get; set; }
    [FromQuery(Name = "unit")] public Guid? Unit { get; set; }
    [FromQuery(Name = "unrated")] public bool Unrated { get; set; }
    [FromQuery(Name = "overdue")] public bool Overdue { get; set; }
    [FromQuery(Name = "mine")] public bool Mine { get; set; }
    [FromQuery(Name = "q")] public string? Text { get; set; }

    public IReadOnlyList<RiskRow> Rows { get; private set; } = [];
    public DateOnly Today { get; } = clock.Today();
    public string Printer { get; } = $"{me.UnitName} {me.Name}";
    public string ColourSource => rulebook.CitationOf("FX-01");

    public async Task OnGetAsync() => Rows = (await queries.ListAsync(
        new() { Kind = Kind, Level = Level, State = State, Unit = Unit, Unrated = Unrated, Overdue = Overdue, Mine = Mine, Text = Text, Limit = Most }, HttpContext.RequestAborted)).Rows;
}
