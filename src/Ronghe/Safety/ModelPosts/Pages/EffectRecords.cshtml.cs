using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Safety.ModelPosts.Pages;

/// <summary>The records behind one number of an effect.</summary>
[Requires(ModelPostPermissions.View)]
public sealed class EffectRecordsModel(ModelPostEffects effects, Me me) : RonghePage
{
    [FromQuery(Name = "post")] public Guid? Post { get; set; }
    [FromQuery(Name = "kind")] public ModelPostKind? Kind { get; set; }
    [FromQuery(Name = "measure")] public EffectMeasure Measure { get; set; }
    [FromQuery(Name = "scope")] public EffectScope Scope { get; set; }
    [FromQuery(Name = "during")] public bool During { get; set; }

    public EffectRecords Records { get; private set; } = new("", [], 0);
    public string Back => Post is { } id ? $"/model-posts/effect?post={id}" : $"/model-posts/effect?kind={Kind}";

    public override async Task<IActionResult> ShowAsync()
    {
        if (Post is null && !me.May(ModelPostPermissions.Effect)) throw new Forbidden("各类示范岗合起来的数字由支部和管理的人看，您没有这个权限。");
        Records = await effects.RecordsAsync(new(Post, Kind ?? ModelPostKind.Procedure, Measure, Scope, During), HttpContext.RequestAborted);
        return Page();
    }
}
