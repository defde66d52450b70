using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ronghe.Platform.Web.Parts;

/// <summary>Keyset paging: links to the next and the previous page that keep every filter of the address.</summary>
[HtmlTargetElement("r-pager")]
public sealed class Pager : Part
{
    /// <summary>Cursor of the next page, sent as <c>?after=</c>; null when this is the last one.</summary>
    public string? Next { get; set => field = Given(value); }

    /// <summary>Cursor of the previous page, sent as <c>?before=</c>; null when this is the first one.</summary>
    public string? Previous { get; set => field = Given(value); }

    /// <summary>What is shown: "共 381 条 · 按编号倒序".</summary>
    public string? Summary { get; set => field = Given(value); }

    protected override void Write(Markup to)
    {
        to.Raw("<nav class=\"pager\" aria-label=\"分页\"><span class=\"muted\">").Text(Summary).Put(Inside).Raw("</span>");
        if (Previous is not null)
        {
            to.Raw("<a class=\"btn small\" rel=\"prev\"").Attribute("href", Address("before", Previous)).Raw(">");
            Icon.Write(to, "chevron-left");
            to.Raw("上一页</a>");
        }
        if (Next is not null)
        {
            to.Raw("<a class=\"btn small\" rel=\"next\"").Attribute("href", Address("after", Next)).Raw(">下一页");
            Icon.Write(to, "chevron-right");
            to.Raw("</a>");
        }
        to.Raw("</nav>");
    }

    string Address(string parameter, string cursor)
    {
        var request = View.HttpContext.Request;
        var query = new QueryBuilder(request.Query
            .Where(p => p.Key is not ("after" or "before" or "handler"))
            .SelectMany(p => p.Value.Select(v => KeyValuePair.Create(p.Key, v ?? ""))));
        query.Add(parameter, cursor);
        return request.PathBase + request.Path + query.ToQueryString();
    }
}
