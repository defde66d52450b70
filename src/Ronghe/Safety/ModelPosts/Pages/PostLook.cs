using Ronghe.Platform.Web.Parts;

namespace Ronghe.Safety.ModelPosts.Pages;

/// <summary>How states and choices look on the pages of this capability.</summary>
static class PostLook
{
    public static readonly Option[] Kinds = [.. Enum.GetValues<ModelPostKind>().Select(kind => new Option(kind.ToString(), kind.Title()))];
    public static readonly Option[] States = [.. Enum.GetValues<ModelPostState>().Select(state => new Option(state.ToString(), state.Title()))];
    public static readonly Option[] Activities = [.. Enum.GetValues<ActivityKind>().Select(kind => new Option(kind.ToString(), kind.Title()))];

    public static (string Status, string? Text) Badge(ModelPostState state) => (state switch
    {
        ModelPostState.Nominated => "reported", ModelPostState.Recommended or ModelPostState.Checked => "rectified", ModelPostState.Shown or ModelPostState.Cleared => "waiting",
        ModelPostState.InTerm => "good", ModelPostState.Reviewed => "verified", ModelPostState.Ended => "closed", _ => "rejected",
    }, state.Title());

    /// <summary>Two digits that count; “—” where there is nothing to divide by.</summary>
    public static string Say(double? number) => number is not { } value ? "—" : value == 0 ? "0" : value >= 100 ? $"{value:0}" : value >= 10 ? $"{value:0.0}" : $"{value:0.00}";

    public static string Say(RateRatio ratio) => ratio.Low is null ? "—" : $"{(ratio.Ratio is { } value ? Say(value) : "算不出")}（{Say(ratio.Low)}–{(ratio.High is { } high ? Say(high) : "无上限")}）";
}
