using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ronghe.Platform.Web.Pages;

/// <summary>Shows every part of the kit with sample data; holds nothing of anybody.</summary>
[AllowAnonymous]
public sealed class KitModel : PageModel
{
    [BindProperty]
    public ReportForm Form { get; set; } = new();

    public sealed class ReportForm
    {
        public string? Description { get; set; }
        [Picked("kit-people")]
        public Guid? RectifierId { get; set; } = Guid.Parse("01920000-0000-7000-8000-000000000001");
        public string Urgency { get; set; } = "normal";
        public DateOnly? DueOn { get; set; } = new(2026, 11, 27);
        public DateTimeOffset? FoundAt { get; set; } = new(2026, 11, 20, 1, 12, 0, TimeSpan.Zero);
        public string? SourceKind { get; set; }
        public decimal? Saving { get; set; }
        public bool Anonymous { get; set; }
        public List<IFormFile> Photos { get; set; } = [];
    }

    public void OnGet() { }

    public IActionResult OnPost()
    {
        if (string.IsNullOrWhiteSpace(Form.Description))
            ModelState.AddModelError("Form.Description", "请用一句话写下看到了什么，其余已填的内容都在。");
        if (!ModelState.IsValid)
        {
            ModelState.AddModelError("", "还没有上报：有一处要补，见下面标红的地方。");
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }
        this.Flash($"样例已提交，附照片 {Form.Photos.Count} 张。这里是样例页，什么都不会保存。");
        return Redirect("/kit#forms");
    }

    public IActionResult OnPostVerify()
    {
        this.Flash("复核通过（样例）。");
        return Redirect("/kit#record");
    }
}
