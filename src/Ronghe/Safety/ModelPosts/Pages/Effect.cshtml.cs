using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Safety.ModelPosts.Pages;

/// <summary>What changed around one post (<c>?post=</c>) or around all of a kind (<c>?kind=</c>), with how little one may conclude from it.</summary>
[Requires(ModelPostPermissions.View)]
public sealed class EffectModel(ModelPostEffects effects, Me me) : RonghePage
{
    [FromQuery(Name = "post")] public Guid? Post { get; set; }
    [FromQuery(Name = "kind")] public ModelPostKind? Kind { get; set; }

    public ModelPostEffect Effect { get; private set; } = null!;
    public bool SeesKinds { get; } = me.May(ModelPostPermissions.Effect);

    public override async Task<IActionResult> ShowAsync()
    {
        var cancel = HttpContext.RequestAborted;
        if (Post is null && !SeesKinds) throw new Forbidden("各类示范岗合起来的数字由支部和管理的人看，您没有这个权限。");
        Kind ??= ModelPostKind.Procedure;
        Effect = Post is { } id ? await effects.OfPostAsync(id, cancel) : await effects.OfKindAsync(Kind.Value, cancel);
        return Page();
    }

    public string Days => Effect.Posts is [var only] ? $"任期前 {only.Periods.DaysBefore} 天，任期中 {only.Periods.DaysDuring} 天" : "合起来看";

    public string Records(EffectLine line, bool during) =>
        $"/model-posts/effect/records?{(Post is { } id ? $"post={id}" : $"kind={Kind}")}&measure={line.Measure}&scope={line.Scope}&during={(during ? "true" : "false")}";
}
