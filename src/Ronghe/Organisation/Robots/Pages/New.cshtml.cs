using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform;
using Ronghe.Platform.Robots;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Robots.Pages;

/// <summary>Adds the robot of a group.</summary>
[Requires(RobotPermissions.Arrange)]
public sealed class NewModel(RobotActions actions, TreeQueries trees, RobotNewsKinds kinds) : RonghePage
{
    /// <summary>Made with the form, so that a form sent twice adds once.</summary>
    [BindProperty] public Guid Id { get; set; }
    [BindProperty, Picked("nodes")] public Guid? NodeId { get; set; }
    [BindProperty] public AddressForm Place { get; set; } = new();
    [BindProperty] public RobotForm Form { get; set; } = new();
    [BindProperty(SupportsGet = true, Name = "node")] public Guid? Where { get; set; }

    public string? NodeName { get; private set; }

    public override async Task<IActionResult> ShowAsync()
    {
        if (HttpMethods.IsGet(Request.Method))
        {
            (Id, NodeId) = (Guid.CreateVersion7(), Where);
            (Form.Home, Form.Kinds) = ($"{Request.Scheme}://{Request.Host}", [.. kinds.All.Select(kind => kind.Key)]);
        }
        if (NodeId is { } node) NodeName = await trees.NameAsync(node, HttpContext.RequestAborted);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var node = NodeId ?? throw new Refusal("请选这是哪个单位或党组织的群，没有保存。", nameof(NodeId));
        await actions.AddAsync(Id, node, Place.ToTyped(), Form.ToChoice(), HttpContext.RequestAborted);
        return RedirectWithMessage("已保存。请发一条测试消息，看群里能不能收到。", $"/robots/{Id}");
    }
}
