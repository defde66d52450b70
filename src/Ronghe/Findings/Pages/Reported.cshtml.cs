using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Findings.Pages;

/// <summary>After reporting: the number, and what happens next. The number travels in a cookie: of a report without a name no address may tell.</summary>
[Requires(FindingPermissions.Report)]
public sealed class ReportedModel : RonghePage
{
    public const string NumberKey = "reported-number", IdKey = "reported-id";

    public string? Number { get; private set; }
    public Guid? Id { get; private set; }

    public override Task<IActionResult> ShowAsync()
    {
        (Number, Id) = (TempData.Peek(NumberKey) as string, Guid.TryParse(TempData.Peek(IdKey)?.ToString(), out var id) ? id : null);
        return Task.FromResult<IActionResult>(Number is null ? LocalRedirect("/findings/report") : Page());
    }
}
