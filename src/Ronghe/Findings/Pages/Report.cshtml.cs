using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Files;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Findings.Pages;

/// <summary>Three fields and a photo (F13). A QR sign opens it with the place filled in: <c>?place=CL-GL-03</c>.</summary>
[Requires(FindingPermissions.Report)]
[RequestSizeLimit(PhotoUploads.MaxRequestBytes), RequestFormLimits(MultipartBodyLengthLimit = PhotoUploads.MaxRequestBytes)]
public sealed class ReportModel(FindingReporting reporting, FindingActions actions, PhotoActions photos, Me me, TimeProvider clock) : RonghePage
{
    public static readonly Option[] Urgency =
        [new("false", "一般"), new("true", "马上有危险")];
    public static readonly Option[] Sources = [.. Enum.GetValues<FindingSource>().Select(source => new Option(source.ToString(), source.Title()))];

    [BindProperty]
    public ReportForm Form { get; set; } = new();

    public string? PlaceName { get; private set; }

    public override async Task<IActionResult> ShowAsync()
    {
        if (HttpMethods.IsGet(Request.Method))
        {
            Response.OnStarting(LetBackShowThisForm);
            Form = new()
            {
                Id = Guid.CreateVersion7(), PlaceText = await SignedPlaceAsync(),
                // Who comes from a watch or a check need not say so once more.
                Source = Enum.TryParse<FindingSource>(Request.Query["source"], out var source) && Enum.IsDefined(source) ? source : FindingSource.Spontaneous,
            };
        }
        else PlaceName = (await reporting.PlaceAsync(Form.PlaceText, HttpContext.RequestAborted))?.FullName;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (Form.Id == Guid.Empty) Form.Id = Guid.CreateVersion7();
        var cancel = HttpContext.RequestAborted;
        var place = await reporting.PlaceAsync(Form.PlaceText, cancel);
        var report = await reporting.CompleteAsync(Form.Description ?? "", place?.Id, place is null ? Form.PlaceText ?? "" : "", Form.IsUrgent, Form.Source, Form.FoundAt, Form.WithoutName, cancel);
        report.Check(clock.GetUtcNow());
        var pictures = await photos.AddAsync(Form.Photos, new FileOwner(FindingActions.Kind, Form.Id, me.CompanyId), cancel, isNameless: Form.WithoutName);
        var number = await ReportAsync(report, pictures, cancel);
        TempData[ReportedModel.NumberKey] = number;
        TempData[ReportedModel.IdKey] = Form.WithoutName ? null : Form.Id.ToString();
        return new Receipt("/findings/reported", $"收到了，编号 {number}", Form.WithoutName ? null : $"/findings/{Form.Id}");
    }

    async Task<string> ReportAsync(FindingReport report, IReadOnlyList<StoredFile> pictures, CancellationToken cancel)
    {
        try
        {
            return await actions.ReportAsync(Form.Id, report, pictures, cancel);
        }
        catch (AlreadyReported)
        {
            // Sent once more, it is a report of its own.
            Form.Id = Guid.CreateVersion7();
            throw;
        }
    }

    /// <summary>Without script the back button must show this very form, with its id, or going back and sending again would store twice.</summary>
    Task LetBackShowThisForm()
    {
        Response.Headers.CacheControl = "private, no-cache";
        Response.Headers.Pragma = default;
        return Task.CompletedTask;
    }

    async Task<string?> SignedPlaceAsync()
    {
        var code = Request.Query["place"].ToString();
        if (code is "") return null;
        var place = await reporting.PlaceAsync(code, HttpContext.RequestAborted);
        PlaceName = place?.FullName;
        return place?.Id.ToString() ?? code;
    }

    public sealed class ReportForm
    {
        public Guid Id { get; set; }
        public string? Description { get; set; }
        /// <summary>The id of a picked place, or free words.</summary>
        public string? PlaceText { get; set; }
        public bool IsUrgent { get; set; }
        public FindingSource Source { get; set; }
        public DateTimeOffset? FoundAt { get; set; }
        public bool WithoutName { get; set; }
        public List<IFormFile>? Photos { get; set; }
    }
}
