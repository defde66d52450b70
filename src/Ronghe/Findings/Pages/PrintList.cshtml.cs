using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;

namespace Ronghe.Findings.Pages;

/// <summary>The filtered list on paper, A4 across, in the shape of the ledger.</summary>
[Requires(FindingPermissions.View)]
public sealed class PrintListModel(FindingLedger ledger, Me me, TimeProvider clock) : PageModel
{
    public const int Most = 500;

    [BindProperty(SupportsGet = true, Name = "")]
    public FindingListQuery Ask { get; set; } = new();

    public IReadOnlyList<LedgerRow> Rows { get; private set; } = [];
    public DateOnly Today { get; } = clock.Today();
    public string Printer { get; } = $"{me.UnitName} {me.Name}";

    public async Task OnGetAsync() => Rows = await ledger.AllAsync(Ask.ToFilter(), HttpContext.RequestAborted).Take(Most).ToListAsync(HttpContext.RequestAborted);
}
