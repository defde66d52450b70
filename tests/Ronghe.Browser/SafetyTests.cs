using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Ronghe.Browser;

/// <summary>The safety wing as its people use it, one after another: each journey is one person's way through one piece of work.</summary>
public class SafetyTests(Product product)
{
    static string Today => TimeProvider.System.GetUtcNow().AddHours(8).ToString("yyyy-MM-dd");

    [Fact]
    public async Task A_worker_scans_a_sign_reports_and_sees_what_became_of_it()
    {
        var what = $"扶梯踏步松动 {Guid.CreateVersion7():n}";
        await using var worker = await AtAsync("worker", phone: true);
        await worker.GoAsync("/zones");
        await worker.Page.Locator("tbody a").First.ClickAsync();
        await worker.Page.WaitForURLAsync(new Regex("/zones/[0-9a-f-]{36}"));
        // What the square code of that place's sign says.
        await worker.GoAsync(await worker.Page.Locator("#places a[href^='/findings/report?place=']").First.GetAttributeAsync("href") ?? "");
        Assert.NotEqual("", await worker.Page.GetByLabel("在哪里").First.InputValueAsync());
        await worker.Page.Locator("[name='Form.Description']").FillAsync(what);
        await PressAsync(worker.Page, "上报");
        await worker.Page.GetByText(new Regex(@"YH-\d{4}-\d{4}")).First.WaitForAsync();

        await using (var officer = await AtAsync("safety-officer", phone: false, script: false))
        {
            await officer.GoAsync("/findings?q=" + what[^32..]);
            await officer.Page.Locator("tbody a").First.ClickAsync();
            await LoopTests.GradeAndAssignAsync(officer.Page, product.Accounts["rectifier"].Name);
        }
        await worker.GoAsync("/findings?mine=true&q=" + what[^32..]);
        await worker.Page.Locator("tbody a").First.ClickAsync();
        await worker.Page.GetByText("派发").First.WaitForAsync();
        Assert.Empty(worker.Trouble);
    }

    [Fact]
    public async Task A_member_on_watch_reports_follows_and_closes_the_week_before()
    {
        var what = $"浆液泵护罩螺栓缺一颗 {Guid.CreateVersion7():n}";
        await using var member = await AtAsync("crew-lead", phone: true);
        await member.GoAsync("/watch");
        await FollowAsync(member.Page, "拍一张上报", "/findings/report");
        Assert.Equal("Watch", await member.Page.Locator("[name='Form.Source']").InputValueAsync());
        await member.Page.Locator("[name='Form.Description']").FillAsync(what);
        await member.Page.GetByLabel("在哪里").First.FillAsync("浆液循环泵房");
        await member.Page.GetByLabel("在哪里").First.PressAsync("Tab");
        await PressAsync(member.Page, "上报");
        await member.Page.GetByText(new Regex(@"YH-\d{4}-\d{4}")).First.WaitForAsync();
        await member.GoAsync("/watch");
        await member.Page.GetByText("本周发现").First.ClickAsync();
        await member.Page.GetByText(what).First.WaitForAsync();

        await member.GoAsync("/watch");
        await member.Page.Locator("aside .item", new() { HasTextRegex = new Regex("没关闭|可以办结") }).First.Locator("a").ClickAsync();
        await member.Page.WaitForURLAsync(new Regex("/watch/[0-9a-f-]{36}"));
        await PressAsync(member.Page, "办结这一周");
        await SaidAsync(member.Page, "已办结");
        Assert.Empty(member.Trouble);
    }

    [Fact]
    public async Task The_lead_of_a_zone_walks_it_with_a_checklist_on_the_phone()
    {
        await using var lead = await AtAsync("crew-lead", phone: true);
        var page = lead.Page;
        await lead.GoAsync("/zones");
        await page.Locator("tbody a", new() { HasTextString = "循环水与冷却塔" }).First.ClickAsync();
        await FollowAsync(page, "开始巡查", "/inspections/round");
        await PressAsync(page, "开始巡查");
        await page.WaitForURLAsync(new Regex("/inspections/[0-9a-f-]{36}"));
        await page.EvaluateAsync("""
            () => {
              for (const yes of document.querySelectorAll("input[type=radio][value=Yes]")) yes.click();
              document.querySelector("input[type=radio][value=No]").click();
              for (const none of document.querySelectorAll(".fill-number ~ label input[value=NotApplicable]")) none.click();
            }
            """);
        await PressAsync(page, "保存检查表");
        await SaidAsync(page, "检查表已保存");
        await page.Locator("li.fault a[href*='/finding']").First.ClickAsync();
        await page.WaitForURLAsync(new Regex("/finding\\?"));
        await page.Locator("[name='Form.Description']").FillAsync("循环水泵房漏氢油水检测报警灯亮");
        await page.GetByLabel("在哪里").First.FillAsync("循环水泵房");
        await page.GetByLabel("在哪里").First.PressAsync("Tab");
        await PressAsync(page, "登记");
        await page.WaitForURLAsync(new Regex("/inspections/[0-9a-f-]{36}(?!/finding)"));
        await page.Locator("textarea[name=note]").First.FillAsync("查出 1 处，已登记。");
        await PressAsync(page, "结束检查");
        await SaidAsync(page, "检查已结束");
        await page.GetByText("待关闭").First.WaitForAsync();
        Assert.Empty(lead.Trouble);
    }

    [Fact]
    public async Task A_secretary_draws_the_watch_two_members_swap_and_the_coverage_shows_it()
    {
        var (asker, asked) = (product.Accounts["crew-lead"].Name, product.Accounts["rectifier"].Name);
        await using var secretary = await AtAsync("department-head", phone: false);
        var page = secretary.Page;
        await secretary.GoAsync("/week");
        await secretary.GoAsync("/watch");
        await page.Locator("select[name=weeks]").SelectOptionAsync("8");
        await PressAsync(page, "排班");
        await SaidAsync(page, "已排");
        await page.Locator("tbody tr", new() { HasNotTextString = asker }).Filter(new() { HasNotTextString = asked }).Last.Locator("a").First.ClickAsync();
        await page.WaitForURLAsync(new Regex("/watch/[0-9a-f-]{36}"));
        var week = new Uri(page.Url).AbsolutePath;
        await page.Locator("select[name=personId]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.Locator("select[name=byId]").SelectOptionAsync(new SelectOptionValue { Label = asker });
        await PressAsync(page, "换人");
        await SaidAsync(page, "已换人");

        await using (var one = await AtAsync("crew-lead", phone: true))
        {
            await one.GoAsync(week);
            await one.Page.Locator("select[name=askedId]").SelectOptionAsync(new SelectOptionValue { Label = asked });
            await PressAsync(one.Page, "提出换班");
            await SaidAsync(one.Page, "对方同意后");
        }
        await using (var other = await AtAsync("rectifier", phone: true))
        {
            await other.GoAsync("/watch");
            await PressAsync(other.Page, "同意");
            await SaidAsync(other.Page, "换好了");
        }
        await secretary.GoAsync(week);
        Assert.True(await page.Locator("main").GetByText(asked).First.IsVisibleAsync());
        await secretary.GoAsync("/duties");
        Assert.True(await page.Locator("tbody tr").CountAsync() > 0);
        Assert.Empty(secretary.Trouble);
    }

    [Fact]
    public async Task A_safety_officer_fills_a_gap_and_carries_a_special_check_to_its_end()
    {
        await using var officer = await AtAsync("safety-officer", phone: false, script: false);
        var page = officer.Page;
        await officer.GoAsync("/zones");
        await page.Locator("#gaps a", new() { HasTextString = "检修车间与仓储" }).First.ClickAsync();
        await page.Locator("[name=PersonId]").FillAsync("潘锐");
        await PressAsync(page, "指定");
        await SaidAsync(page, "已指定责任区长");
        await officer.GoAsync("/zones");
        Assert.Equal(0, await page.Locator("#gaps a", new() { HasTextString = "检修车间与仓储" }).CountAsync());

        await PlanAsync(page, "Special", $"防冻专项检查 {Guid.CreateVersion7():n}", "燃料部", product.Accounts["safety-officer"].Name);
        await PressAsync(page, "开始检查");
        await page.Locator("textarea[name=note]").First.FillAsync("防冻措施都在位，没有问题。");
        await PressAsync(page, "结束检查");
        await PressAsync(page, "关闭检查");
        await page.GetByText("已关闭").First.WaitForAsync();
        Assert.Empty(officer.Trouble);
    }

    [Fact]
    public async Task Worker_representatives_look_at_the_safety_department_which_cannot_write()
    {
        await using var union = await AtAsync("union", phone: false, script: false);
        var page = union.Page;
        await PlanAsync(page, "WorkerPatrol", $"职工代表巡视 {Guid.CreateVersion7():n}", "安全监察部", product.Accounts["union"].Name);
        await PressAsync(page, "开始检查");
        var patrol = new Uri(page.Url).AbsolutePath;
        await union.GoAsync(patrol + "/finding");
        await page.Locator("[name='Form.Description']").FillAsync("两条逾期隐患没有催办记录");
        await page.Locator("[name='Form.PlaceText']").FillAsync("安全监察部督办台账");
        await PressAsync(page, "登记");
        await page.GetByText("两条逾期隐患没有催办记录").First.WaitForAsync();

        await using var watched = await AtAsync("safety-officer", phone: false, script: false);
        await watched.GoAsync(patrol);
        await watched.Page.GetByText("两条逾期隐患没有催办记录").First.WaitForAsync();
        foreach (var act in (string[])["登记一个问题", "结束检查", "关闭检查", "取消检查"])
            Assert.Equal(0, await watched.Page.GetByText(act, new() { Exact = true }).CountAsync());
        await watched.GoAsync(patrol + "/finding");
        await watched.Page.GetByText("只有检查组的人").First.WaitForAsync();
        Assert.Empty(union.Trouble);
    }

    static async Task PlanAsync(IPage page, string kind, string title, string unit, string lead)
    {
        await page.GotoAsync(new Uri(new Uri(page.Url), "/inspections/new").ToString());
        await page.Locator($"[name='Form.Kind'][value='{kind}']").CheckAsync(new() { Force = true });
        await page.Locator("[name='Form.Title']").FillAsync(title);
        await page.Locator("[name='Form.UnitId']").FillAsync(unit);
        await page.Locator("[name='Form.LeadId']").FillAsync(lead);
        await page.Locator("[name='Form.On']").FillAsync(Today);
        await PressAsync(page, "安排");
        await page.WaitForURLAsync(new Regex("/inspections/[0-9a-f-]{36}"));
    }

    async Task<Visitor> AtAsync(string role, bool phone, bool script = true)
    {
        var visitor = phone ? await Visitor.OnPhoneAsync(product, script) : await Visitor.OnPcAsync(product, script);
        await visitor.SignInAsync(product.Accounts[role]);
        return visitor;
    }

    static Task PressAsync(IPage page, string text) => page.GetByRole(AriaRole.Button, new() { Name = text, Exact = true }).First.ClickAsync();

    static async Task FollowAsync(IPage page, string text, string path)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = text }).First.ClickAsync();
        await page.WaitForURLAsync(url => url.Contains(path));
    }

    /// <summary>The product's answer to an act stands on the page.</summary>
    static Task SaidAsync(IPage page, string words) => page.Locator(".flash", new() { HasTextString = words }).First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
}
