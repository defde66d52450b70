using System.Collections.Frozen;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ronghe.Platform.Web.Parts;

/// <summary>A status: always a colour, an icon and a word. The status names the colour; a capability may bring its own icon and word.</summary>
[HtmlTargetElement("r-badge")]
public sealed class Badge : Part
{
    static readonly FrozenDictionary<string, (string Icon, string Word)> Known = new Dictionary<string, (string, string)>
    {
        ["reported"] = ("flag", "待派发"),
        ["assigned"] = ("tool", "整改中"),
        ["rectified"] = ("eye-check", "待复核"),
        ["verified"] = ("user-check", "待确认"),
        ["closed"] = ("circle-check", "已关闭"),
        ["overdue"] = ("alarm", "超期"),
        ["rejected"] = ("circle-x", "不予受理"),
        ["merged"] = ("git-merge", "已合并"),
        ["info"] = ("info-circle", "说明"),
        ["waiting"] = ("clock", "等待"),
        ["good"] = ("circle-check", "正常"),
        ["bad"] = ("alert-triangle", "异常"),
        ["neutral"] = ("point", "一般"),
        // The four colours of risk (rule FX-01); what stands at that colour says its own word.
        ["red"] = ("alert-triangle", "红"),
        ["orange"] = ("flag-exclamation", "橙"),
        ["yellow"] = ("flag", "黄"),
        ["blue"] = ("info-circle", "蓝"),
    }.ToFrozenDictionary();

    /// <summary>reported, assigned, rectified, verified, closed, overdue, rejected, merged; info, waiting, good, bad, neutral; red, orange, yellow, blue.</summary>
    public string Status { get; set; } = "neutral";
    public string? Text { get; set => field = Given(value); }
    public string? Icon { get; set => field = Given(value); }

    public static void Write(Markup to, string status, string? text = null, string? icon = null, string? @class = null)
    {
        var (knownIcon, word) = Known.GetValueOrDefault(status, ("point", status));
        to.Raw("<span class=\"badge ").Text(Known.ContainsKey(status) ? status : "neutral");
        if (@class is not null) to.Raw(" ").Text(@class);
        to.Raw("\">");
        Parts.Icon.Write(to, icon ?? knownIcon);
        to.Text(text ?? word).Raw("</span>");
    }

    protected override void Write(Markup to) => Write(to, Status, Text, Icon, Class);
}
