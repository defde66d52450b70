using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Platform.Lists.Pages;

/// <summary>A person's own filters and columns of one list. The address carries the filter that is on now.</summary>
[Requires(PlatformPermissions.Use)]
public sealed class ListModel(IEnumerable<ListDescription> lists, ListSettingQueries queries, ListSettingActions actions) : RonghePage
{
    [FromRoute] public string List { get; set; } = "";

    public ListDescription Description { get; private set; } = new("", "", "/", "", []);
    public ListSettings Settings { get; private set; } = ListSettings.None("");
    /// <summary>The filter that the list shows now.</summary>
    public string Query => SavedFilter.Words(Request.QueryString.Value);
    public string Back => Address(Query);

    public string Address(string query) => query == "" ? Description.Path + "?all=true" : $"{Description.Path}?{query}";

    public override async Task<IActionResult> ShowAsync()
    {
        Describe();
        Settings = await queries.ForAsync(Me(), List, HttpContext.RequestAborted);
        return Page();
    }

    public async Task<IActionResult> OnPostSaveAsync(string? name, bool isDefault)
    {
        Describe();
        await actions.SaveAsync(Me(), List, name ?? "", Query, isDefault, HttpContext.RequestAborted);
        return RedirectWithMessage($"已保存筛选“{name?.Trim()}”。", Back);
    }

    public async Task<IActionResult> OnPostDefaultAsync(Guid? id)
    {
        Describe();
        await actions.MakeDefaultAsync(Me(), List, id, HttpContext.RequestAborted);
        return RedirectWithMessage(id is null ? "打开列表时不再自动筛选。" : "以后打开这个列表就是这个筛选。");
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid id)
    {
        Describe();
        await actions.RemoveAsync(Me(), List, id, HttpContext.RequestAborted);
        return RedirectWithMessage("已删除这个筛选。");
    }

    public async Task<IActionResult> OnPostColumnsAsync(string[] shown)
    {
        Describe();
        await actions.ChooseColumnsAsync(Me(), Description, shown, HttpContext.RequestAborted);
        return RedirectWithMessage("列表的列已按您的选择显示。打印和导出不受影响。", Back);
    }

    void Describe()
    {
        Description = lists.FirstOrDefault(list => list.Key == List) ?? throw new NotFound("这个列表");
        if (HttpContext.Features.Get<Actor>()?.May(Description.Permission) != true) throw new Forbidden("您没有查看这个列表的权限。");
    }

    Guid Me() => HttpContext.Features.Get<Actor>()?.PersonId ?? throw new Forbidden("系统没有自己的列表。");
}
