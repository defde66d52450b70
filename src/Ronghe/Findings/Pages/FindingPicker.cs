using Microsoft.AspNetCore.Razor.TagHelpers;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Findings.Pages;

/// <summary>Chooses another finding by number or words.</summary>
[HtmlTargetElement("r-finding-picker")]
public sealed class FindingPicker() : Picker("findings", "alert-triangle", "编号或描述里的词");
