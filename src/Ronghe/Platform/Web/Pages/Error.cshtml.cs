using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Ronghe.Platform.Web.Pages;

/// <summary>What a person sees when a page cannot be given: what happened, whether the input is kept, what to do, and a number to quote.</summary>
[AllowAnonymous, ResponseCache(NoStore = true)]
public sealed class ErrorModel : PageModel
{
    public ErrorWords Words { get; private set; } = ErrorWords.Of(500);
    public string RequestId => Answer.RequestIdOf(HttpContext);

    public void OnGet(int code)
    {
        if (HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error is { } problem and (Refusal or BadHttpRequestException))
        {
            var answer = Answer.To(problem);
            Response.StatusCode = answer.Status;
            Words = ErrorWords.Of(answer.Status) with { What = answer.Title, Kept = null };
            return;
        }
        if (Response.StatusCode is 200) Response.StatusCode = code is >= 400 and <= 599 ? code : 404;
        Words = ErrorWords.Of(Response.StatusCode);
    }
}

/// <summary>Title, icon and three sentences for one status.</summary>
public sealed record ErrorWords(string Title, string Icon, string What, string? Kept, string Next)
{
    public static ErrorWords Of(int status) => status switch
    {
        400 => new("这次提交没有被接受", "file-alert", "页面放得太久，或提交的内容不完整，为安全起见没有处理。",
            "什么都没有改动；退回上一页，填写的内容通常还在。", "退回上一页刷新后再提交一次。"),
        401 => new("请先登录", "login", "登录已过期，或者还没有登录。", "什么都没有改动。", "登录后会回到刚才的页面。"),
        403 => new("您没有权限办这件事", "lock", "这一页或这个操作不在您的任职范围内。", "什么都没有改动。",
            "确实需要办，请联系本单位的系统管理员或安监、党建专责核对任职。"),
        404 => new("没有找到这一页", "map-off", "地址可能写错了，记录可能已被移走，或者您无权查看。", "您没有丢失任何内容。",
            "从左侧菜单重新进入，或在上方搜索编号、姓名。"),
        409 => new("这条记录刚被别人改过", "git-merge", "在您填写期间，有人先保存了修改。", "您这次的修改没有保存，以免盖掉别人的。",
            "退回上一页刷新，看过变化后再提交。"),
        413 => new("文件太大", "file-alert", "提交的文件超过了允许的大小。", "这次提交没有保存。", "请压缩照片或拆分文件后再提交。"),
        422 => new("这件事现在办不了", "alert-circle", "提交的内容不符合规则。", "什么都没有改动。", "请按提示改正后再提交。"),
        429 => new("操作太频繁", "clock", "短时间内请求过多，已暂停片刻。", "什么都没有改动。", "请过一分钟再试。"),
        _ => new("系统出了问题", "alert-triangle", "服务器处理这次请求时出错，已记录在案，不是您的操作有误。",
            "这次提交没有保存；此前保存的内容都在。", "请稍后再试；仍不行，把下面的编号告诉系统管理员。"),
    };
}
