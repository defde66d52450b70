using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Files;
using Ronghe.Platform.Security;

namespace Ronghe.Findings.Pages;

/// <summary>The rectification sheet 五定整改单 on one page of A4, with room for signatures.</summary>
[Requires(FindingPermissions.Report)]
public sealed class PrintModel(FindingDetails details, TimeProvider clock) : PageModel
{
    [FromRoute]
    public Guid Id { get; set; }

    public FindingDetail Detail { get; private set; } = null!;
    public Finding Finding => Detail.Finding;
    public DateOnly Today { get; } = clock.Today();

    public async Task OnGetAsync() => Detail = await details.FindAsync(Id, HttpContext.RequestAborted);

    public StepLine? Last(FindingVerb verb) => Detail.Steps.FirstOrDefault(step => step.Verb == verb);

    public IEnumerable<(string Thumb, string Text)> Photos => Detail.Photos.OrderBy(photo => photo.Stage).Take(4)
        .Select(photo => (FileApi.Address(photo.FileId), photo.Stage == PhotoStage.Before ? "整改前" : "整改后"));
}
