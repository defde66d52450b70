using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.PublicNotices.Pages;

/// <summary>A new draft, or one that is changed (<c>?id=</c>); on its own or about another record (<c>?kind=&amp;of=</c>).</summary>
[Requires(PublicNoticePermissions.Publish)]
public sealed class EditModel(PublicNoticeQueries queries, PublicNoticeActions actions, TimeProvider clock) : RonghePage
{
    [FromQuery(Name = "id")] public Guid? Id { get; set; }
    [FromQuery(Name = "kind")] public string? Kind { get; set; }
    [FromQuery(Name = "of")] public Guid? Of { get; set; }

    [BindProperty]
    public NoticeForm Form { get; set; } = new();

    public string? UnitName { get; private set; }
    public string LastDay => WorkCalendar.China.AddWorkdays(clock.Today(), Math.Clamp(Form.Workdays ?? PublicNotice.UsualWorkdays, 1, PublicNotice.MostWorkdays)).Say();

    public override async Task<IActionResult> ShowAsync()
    {
        if (Id is { } id)
        {
            var detail = await queries.FindAsync(id, HttpContext.RequestAborted);
            UnitName = detail.ShownTo.FirstOrDefault();
            if (HttpMethods.IsGet(Request.Method))
                Form = new() { Id = id, Version = detail.Notice.Version, Title = detail.Notice.Title, Text = detail.Notice.Text, UnitId = detail.Notice.ShownTo[0], Workdays = detail.Notice.Workdays };
        }
        else if (HttpMethods.IsGet(Request.Method)) Form = new() { Id = Guid.CreateVersion7(), Workdays = PublicNotice.UsualWorkdays };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var words = new PublicNoticeWords(Form.Title ?? "", Form.Text ?? "", [Form.UnitId ?? throw new Refusal("请选给哪个单位看。", nameof(Form.UnitId))], Form.Workdays ?? 0);
        if (Id is { } id) await actions.RestateAsync(id, Form.Version, words, HttpContext.RequestAborted);
        else await actions.DraftAsync(Form.Id, words, string.IsNullOrEmpty(Kind) || Of is not { } of ? null : (Kind, of), HttpContext.RequestAborted);
        return RedirectWithMessage("草稿已存。核对无误后点“开始公示”。", $"/public-notices/{Id ?? Form.Id}");
    }

    public sealed class NoticeForm
    {
        public Guid Id { get; set; }
        public int Version { get; set; }
        public string? Title { get; set; }
        public string? Text { get; set; }
        [Picked("units")]
        public Guid? UnitId { get; set; }
        public int? Workdays { get; set; }
    }
}
