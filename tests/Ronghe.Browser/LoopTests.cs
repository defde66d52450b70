using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Ronghe.Browser;

/// <summary>The product's main job on a phone and a PC, by five people; half of them without JavaScript.</summary>
public class LoopTests(Product product)
{
    string Rectifier => product.Accounts["rectifier"].Name;

    [Fact]
    public async Task A_hazard_goes_from_a_phone_photo_to_the_reporters_confirmation()
    {
        var what = $"2 号给水泵联轴器护罩松动 {Guid.CreateVersion7():n}";
        var number = await ReportAsync(what);
        await AtAsync("safety-officer", what, phone: false, script: false, page => GradeAndAssignAsync(page, Rectifier));
        await AtAsync("rectifier", what, phone: true, script: false, RectifyAsync);
        await AtAsync("verifier", what, phone: false, script: true, page => page.GetByRole(AriaRole.Button, new() { Name = "复核通过" }).ClickAsync());
        await AtAsync("safety-officer", what, phone: false, script: true, page => page.GetByRole(AriaRole.Button, new() { Name = "关闭", Exact = true }).ClickAsync());
        await AtAsync("worker", what, phone: true, script: true, page => page.GetByRole(AriaRole.Button, new() { Name = "确认已改好" }).ClickAsync());

        await using var officer = await Visitor.OnPcAsync(product);
        await officer.SignInAsync(product.Accounts["safety-officer"]);
        await officer.GoAsync("/findings?q=" + number);
        await officer.Page.GetByText(what).First.ClickAsync();
        await officer.Page.WaitForURLAsync(new Regex("/findings/[0-9a-f-]{36}"), new() { WaitUntil = WaitUntilState.Commit });
        foreach (var step in (string[])["上报", "定级", "派发", "整改完成", "复核通过", "关闭", "确认"])
            Assert.True(await officer.Page.Locator(".timeline, .tl").GetByText(step).First.IsVisibleAsync(), step);
        Assert.True(await officer.Page.Locator("img[src*='/files/']").CountAsync() >= 2);
        Assert.Empty(officer.Trouble);
    }

    [Fact]
    public async Task A_second_click_on_send_stores_one_report()
    {
        var what = $"楼梯扶手松动 {Guid.CreateVersion7():n}";
        await using var worker = await Visitor.OnPhoneAsync(product, script: false);
        await worker.SignInAsync(product.Accounts["worker"]);
        await worker.GoAsync("/findings/report");
        await FillReportAsync(worker.Page, what, script: false);
        await worker.Page.GetByRole(AriaRole.Button, new() { Name = "上报", Exact = true }).ClickAsync();
        await worker.Page.WaitForURLAsync("**/findings/reported");
        await worker.Page.GoBackAsync();
        await FillReportAsync(worker.Page, what, script: false);
        await worker.Page.GetByRole(AriaRole.Button, new() { Name = "上报", Exact = true }).ClickAsync();
        await worker.GoAsync("/findings?mine=true&q=" + what[^32..]);
        Assert.Equal(1, await worker.Page.Locator("tbody tr").CountAsync());
    }

    async Task<string> ReportAsync(string what)
    {
        await using var worker = await Visitor.OnPhoneAsync(product);
        await worker.SignInAsync(product.Accounts["worker"]);
        var photo = await worker.Page.ScreenshotAsync();
        await worker.GoAsync("/findings/report");
        await worker.Page.Locator("input[type=file]").First.SetInputFilesAsync(new FilePayload { Name = "现场.png", MimeType = "image/png", Buffer = photo });
        await FillReportAsync(worker.Page, what, script: true);
        await worker.Page.GetByRole(AriaRole.Button, new() { Name = "上报", Exact = true }).ClickAsync();
        var number = worker.Page.GetByText(new Regex(@"YH-\d{4}-\d{4}")).First;
        await number.WaitForAsync();
        Assert.Empty(worker.Trouble);
        return Regex.Match(await number.InnerTextAsync(), @"YH-\d{4}-\d{4}").Value;
    }

    static async Task FillReportAsync(IPage page, string what, bool script)
    {
        await page.Locator("[name='Form.Description']").FillAsync(what);
        var place = script ? page.GetByLabel("在哪里") : page.Locator("[name='Form.PlaceText']");
        await place.First.FillAsync("汽机房 0 米");
        await place.First.PressAsync("Tab");
    }

    /// <summary>Signs in, finds the matter in “my work”, opens it and acts.</summary>
    async Task AtAsync(string role, string what, bool phone, bool script, Func<IPage, Task> act)
    {
        await using var visitor = phone ? await Visitor.OnPhoneAsync(product, script) : await Visitor.OnPcAsync(product, script);
        await visitor.SignInAsync(product.Accounts[role]);
        await visitor.GoAsync("/todo");
        var link = visitor.Page.Locator("main a", new() { HasTextString = what });
        Assert.True(await link.CountAsync() > 0, $"{role} does not find it in my work.");
        await link.First.ClickAsync();
        await visitor.Page.WaitForURLAsync(new Regex("/findings/[0-9a-f-]{36}"), new() { WaitUntil = WaitUntilState.Commit });
        await act(visitor.Page);
        await visitor.Page.Locator(".flash").First.WaitForAsync();
        Assert.Empty(visitor.Trouble);
    }

    internal static async Task GradeAndAssignAsync(IPage page, string rectifier)
    {
        await page.Locator("[name='Grade.Grade'][value='General']").First.CheckAsync(new() { Force = true });
        await page.Locator("[name='Assign.RectifierId']").First.FillAsync(rectifier);
        await page.Locator("[name='Assign.UnitId']").First.FillAsync("脱硫脱硝班");
        await page.Locator("[name='Assign.Standard']").First.FillAsync("护罩紧固无晃动");
        await page.Locator("[name='Assign.Measure']").First.FillAsync("停泵后紧固，期间设围栏");
        await page.Locator("[name='Assign.VerifierId']").First.FillAsync("钟广林");
        await page.GetByRole(AriaRole.Button, new() { Name = "定级并派发" }).ClickAsync();
    }

    static async Task RectifyAsync(IPage page)
    {
        var photo = await page.ScreenshotAsync();
        await page.Locator("[name='Rectify.Note']").FillAsync("已紧固并加防松垫片");
        await page.Locator("input[type=file]").First.SetInputFilesAsync(new FilePayload { Name = "整改后.png", MimeType = "image/png", Buffer = photo });
        await page.GetByRole(AriaRole.Button, new() { Name = "整改完成" }).ClickAsync();
    }
}
