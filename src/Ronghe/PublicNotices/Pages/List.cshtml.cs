using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.PublicNotices.Pages;

/// <summary>What is shown to me, newest first.</summary>
[Requires(PublicNoticePermissions.Read)]
public sealed class ListModel(PublicNoticeQueries queries, Me me, TimeProvider clock) : RonghePage
{
    public static readonly Option[] States = [.. Enum.GetValues<PublicNoticeState>().Select(state => new Option(state.ToString(), state.Title()))];

    [FromQuery(Name = "state")] public PublicNoticeState? State { get; set; }
    [FromQuery(Name = "after")] public string? After { get; set; }

    public Paged<PublicNoticeRow> List { get; private set; } = new([]);
    public bool MayPublish { get; } = me.May(PublicNoticePermissions.Publish);
    public DateOnly Today { get; } = clock.Today();

    public override async Task<IActionResult> ShowAsync()
    {
        List = await queries.ListAsync(new() { State = State, After = After }, HttpContext.RequestAborted);
        return Page();
    }

    public static (string Status, string? Text) Badge(PublicNoticeState state, bool? held) => state switch
    {
        PublicNoticeState.Draft => ("neutral", "草稿"),
        PublicNoticeState.Open => ("info", "公示中"),
        PublicNoticeState.Closed => held == true ? ("good", "通过") : ("rejected", "不通过"),
        _ => ("rejected", "已撤回"),
    };
}
