using Ronghe.Platform.Security;

namespace Ronghe.Safety.ModelPosts;

public static class ModelPostPermissions
{
    public const string
        View = "model-posts.view", Nominate = "model-posts.nominate", Recommend = "model-posts.recommend", Check = "model-posts.check",
        Award = "model-posts.award", Review = "model-posts.review", Effect = "model-posts.effect", Configure = "model-posts.configure";

    public static readonly Permission[] All =
    [
        new(View, "查看党员安全示范岗，申报自己"),
        new(Nominate, "申报本范围的同事"),
        new(Recommend, "支部推荐"),
        new(Check, "对照记录审核申报"),
        new(Award, "公示、授牌、续任、摘牌"),
        new(Review, "复评示范岗、责任区年度评估"),
        new(Effect, "查看示范岗和责任区的效果数字"),
        new(Configure, "调整示范岗标准"),
    ];
}
