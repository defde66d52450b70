using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Safety.ModelPosts.Pages;

/// <summary>亮身份 (M10): the sign to print, while the term runs. Scanned, it opens the post's page, from where one reports.</summary>
[Requires(ModelPostPermissions.View)]
public sealed class SignModel(ModelPostQueries queries, TimeProvider clock) : PageModel
{
    [FromRoute] public Guid Id { get; set; }

    public ModelPostDetail Detail { get; private set; } = null!;
    public string Qr { get; private set; } = "";

    /// <summary>Why there is no sign; null when there is.</summary>
    public string? Obstacle => Detail.Post.IsCurrent(clock.Today()) && Detail.Holder.Gap is null ? null
        : $"现在不能打印标牌：{Detail.Holder.Gap ?? (Detail.Post.IsHeld ? "不在任期里" : $"这个岗是“{Detail.Post.State.Title()}”")}。";

    public IReadOnlyList<string> Promises => Detail.Post.Kind switch
    {
        ModelPostKind.Procedure => ["每一步照规程做，票面和现场不符就停下来。", "制止违章，先从自己身边做起。", "发现规程、图纸和现场不一致，提出来，跟到改好。"],
        ModelPostKind.Skill => ["把会的教给身边的人，教到能独立干。", "把吃过的亏讲给新人听。", "解决一个难题，留下一个做法。"],
        _ => ["带头查找岗位范围里的隐患，发现一处上报一处。", "跟着每一条，直到整改到位。", "自己造成的问题自己先说。"],
    };

    public async Task OnGetAsync()
    {
        Detail = await queries.FindAsync(Id, HttpContext.RequestAborted);
        Qr = QrPicture.Of(new Uri($"{Request.Scheme}://{Request.Host}/model-posts/{Id}"));
    }
}
