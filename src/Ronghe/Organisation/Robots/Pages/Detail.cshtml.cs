using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Data;
using Ronghe.Platform.Robots;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.Organisation.Robots.Pages;

/// <summary>One robot: its settings, a test with the platform's real answer, and what became of its messages.</summary>
[Requires(RobotPermissions.Arrange)]
public sealed class DetailModel(RobotQueries queries, RobotActions actions, RobotNewsKinds kinds, TimeProvider clock) : ActPage
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty(SupportsGet = true)] public string? After { get; set; }
    [FromQuery(Name = "again")] public Guid? AgainId { get; set; }
    [BindProperty] public AddressForm Place { get; set; } = new();
    [BindProperty] public RobotForm Form { get; set; } = new();

    public RobotDetail Robot { get; private set; } = null!;
    public Paged<RobotMessageRow> Messages { get; private set; } = new([]);
    public RobotMessageRow? Again { get; private set; }
    public int Year { get; } = clock.Today().Year;

    CancellationToken Cancel => HttpContext.RequestAborted;

    protected override IEnumerable<string> Offered => ["Test", "Save", "Address", "Remove", .. Again is null ? Array.Empty<string>() : ["Again"]];

    public string TitleOf(string kind) => kinds.TitleOf(kind);

    public override async Task<IActionResult> ShowAsync()
    {
        Robot = await queries.FindAsync(Id, Cancel);
        Messages = await queries.MessagesAsync(Id, After, Cancel);
        Again = Messages.Rows.FirstOrDefault(message => message.Id == AgainId && message.CanSendAgain);
        if (!IsSent("Save")) Form = RobotForm.Of(Robot);
        if (!IsSent("Address")) Place = new() { Platform = Robot.Platform };
        return Page();
    }

    public async Task<IActionResult> OnPostTestAsync()
    {
        var answer = await actions.TestAsync(Id, Cancel);
        return answer.Outcome == RobotOutcome.Taken ? RedirectWithMessage($"测试消息已发出：{answer.Words}") : throw new Refusal($"测试消息没有发成：{answer.Full}");
    }

    public async Task<IActionResult> OnPostSaveAsync(int version)
    {
        await actions.RestateAsync(Id, version, Form.ToChoice(), Cancel);
        return RedirectWithMessage("设置已保存。", $"/robots/{Id}");
    }

    public async Task<IActionResult> OnPostAddressAsync(int version)
    {
        await actions.ReaddressAsync(Id, version, Place.ToTyped(), Cancel);
        return RedirectWithMessage("地址已换。请发一条测试消息，看群里能不能收到。", $"/robots/{Id}");
    }

    public async Task<IActionResult> OnPostRemoveAsync(int version)
    {
        await actions.RemoveAsync(Id, version, Cancel);
        return RedirectWithMessage("已移除，保存的地址和密钥已删除。", "/robots");
    }

    public async Task<IActionResult> OnPostAgainAsync(Guid message)
    {
        await actions.SendAgainAsync(Id, message, Cancel);
        return RedirectWithMessage("马上再发，几秒钟后刷新看结果。", $"/robots/{Id}");
    }
}
