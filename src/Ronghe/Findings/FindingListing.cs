using Ronghe.Platform.Lists;

namespace Ronghe.Findings;

/// <summary>The list of findings, as somebody's settings name it.</summary>
static class FindingListing
{
    public const string Key = "findings";

    public static readonly ListDescription Description = new(Key, "隐患与问题", "/findings", FindingPermissions.View, ["编号", "等级", "来源", "整改人", "期限", "状态"]);
}
