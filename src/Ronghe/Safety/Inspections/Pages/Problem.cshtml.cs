using Microsoft.AspNetCore.Mvc;
using Ronghe.Findings;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Files;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Safety.Inspections.Pages;

/// <summary>What an inspection found goes into the one closed loop; an item of the list gives the first words.</summary>
[Requires(InspectionPermissions.View)]
[RequestSizeLimit(PhotoUploads.MaxRequestBytes), RequestFormLimits(MultipartBodyLengthLimit = PhotoUploads.MaxRequestBytes)]
public sealed class ProblemModel(InspectionQueries inspections, InspectionActions actions, FindingReporting reporting, PhotoActions photos, Me me) : RonghePage
{
    public static readonly Option[] Urgency = [new("false", "一般"), new("true", "马上有危险")];

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [FromQuery(Name = "item")] public string? Item { get; set; }
    [BindProperty] public ProblemForm Form { get; set; } = new();

    public InspectionDetail Detail { get; private set; } = null!;
    public InspectionLine? Line => Detail.Lines.FirstOrDefault(line => line.Item.Id == Item);
    public string? PlaceName { get; private set; }
    /// <summary>Whole, for a relative address would drop the item.</summary>
    public string PostTo => $"/inspections/{Id}/finding?handler=Report{(Item is { } item ? "&item=" + Uri.EscapeDataString(item) : "")}";

    public override async Task<IActionResult> ShowAsync()
    {
        Detail = await inspections.DetailAsync(Id, HttpContext.RequestAborted);
        if (!Detail.Acts.Has("report")) throw new Forbidden(InspectionAccess.Stranger(InspectionVerb.Report));
        if (HttpMethods.IsGet(Request.Method)) Form = new() { Id = Guid.CreateVersion7(), Description = Line is { } line ? $"{line.Item.Text}：{(line.Note == "" ? "不符合" : line.Note)}" : "" };
        else PlaceName = (await reporting.PlaceAsync(Form.PlaceText, HttpContext.RequestAborted))?.FullName;
        return Page();
    }

    public async Task<IActionResult> OnPostReportAsync(CancellationToken cancel)
    {
        if (Form.Id == Guid.Empty) Form.Id = Guid.CreateVersion7();
        var place = await reporting.PlaceAsync(Form.PlaceText, cancel);
        var problem = new NewProblem(Form.Id, Item, Form.Description ?? "", place?.Id, place is null ? Form.PlaceText ?? "" : "", Form.IsUrgent);
        await actions.RequireReportableAsync(Id, problem, cancel);
        var pictures = await photos.AddAsync(Form.Photos, new FileOwner(FindingActions.Kind, Form.Id, me.CompanyId), cancel);
        var number = await actions.ReportAsync(Id, problem, pictures, cancel);
        return RedirectWithMessage($"已登记，编号 {number}。", $"/inspections/{Id}");
    }

    public sealed class ProblemForm
    {
        public Guid Id { get; set; }
        public string? Description { get; set; }
        public string? PlaceText { get; set; }
        public bool IsUrgent { get; set; }
        public List<IFormFile>? Photos { get; set; }
    }
}
