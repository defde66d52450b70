using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Robots.Pages;

/// <summary>The robots that I may arrange, and how they are doing.</summary>
[Requires(RobotPermissions.Arrange)]
public sealed class ListModel(RobotQueries queries) : RonghePage
{
    public IReadOnlyList<RobotRow> Robots { get; private set; } = [];

    public override async Task<IActionResult> ShowAsync()
    {
        Robots = await queries.ListAsync(HttpContext.RequestAborted);
        return Page();
    }
}
