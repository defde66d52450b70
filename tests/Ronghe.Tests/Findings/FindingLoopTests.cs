using System.Net;
using Ronghe.Findings;
using Microsoft.EntityFrameworkCore;

namespace Ronghe.Tests.Findings;

/// <summary>The closed loop as people walk it: through the pages' forms, without JavaScript.</summary>
public class FindingLoopTests(TestApp app) : IClassFixture<TestApp>
{
    World World => app.World;

    [Fact]
    public async Task A_hazard_travels_from_a_report_to_a_confirmed_closure_through_five_peoples_forms()
    {
        var zhang = await app.SignInAs(World.Zhang);
        var sent = await zhang.SubmitAsync("/findings/report?place=A01-01", new { Form__Description = "给煤机平台护栏松动，焊口开裂约 3 厘米", Form__IsUrgent = "true" });
        Assert.Equal("/findings/reported", sent.Headers.Location?.ToString());
        var thanks = await zhang.ReadAsync("/findings/reported");
        var page = thanks.QuerySelector("a.btn.primary[href^='/findings/0']")!.GetAttribute("href")!;
        Assert.Contains("上报隐患不会扣任何人的分", thanks.Body!.TextContent);

        var sun = await app.SignInAs(World.Sun);
        Assert.Contains("派发：给煤机平台护栏松动", await WaitingOf(sun));
        await Accepted(sun, page, "Dispatch", "GradeAndAssign", new
        {
            Grade__Grade = "General", Assign__RectifierId = World.Liu.Number, Assign__UnitId = World.BoilerCrew.Id, Assign__DueOn = "2026-12-10",
            Assign__Standard = "护栏承受水平推力无位移", Assign__Measure = "补焊并加装斜撑，期间设警戒带",
        });

        var liu = await app.SignInAs(World.Liu);
        Assert.Contains("整改：给煤机平台护栏松动", await WaitingOf(liu));
        await Accepted(liu, page, "Rectify", "Rectify", new { Rectify__Note = "已补焊并加装斜撑" });

        var he = await app.SignInAs(World.He);
        Assert.Contains("复核：给煤机平台护栏松动", await WaitingOf(he));
        await Accepted(he, page, "Check", "SendBack", new { Check__Note = "斜撑没有刷漆" });
        await Accepted(liu, page, "Rectify", "Rectify", new { Rectify__Note = "已刷漆" });
        await Accepted(he, page, "Check", "Verify", new { Check__Note = "" });

        Assert.Contains("关闭：给煤机平台护栏松动", await WaitingOf(sun));
        await Accepted(sun, page, "Close", "Close", new { });
        Assert.Contains("确认：给煤机平台护栏松动", await WaitingOf(zhang));
        await Accepted(zhang, page, "Answer", "Confirm", new { Answer__Note = "修好了" });

        Assert.DoesNotContain("给煤机", await WaitingOf(zhang));
        var course = (await zhang.ReadAsync(page)).QuerySelectorAll(".timeline li b").Select(b => b.TextContent).ToArray();
        Assert.Equal(["确认", "关闭", "复核通过", "整改完成", "退回重改", "整改完成", "派发", "定级：一般", "上报"], course);
        var stored = await app.InDatabase(db => db.Findings.SingleAsync(f => f.Id == IdOf(page)));
        Assert.Equal((FindingStatus.Closed, FindingGrade.General, World.Equipment.Id == stored.UnitId, true),
            (stored.Status, stored.Grade!.Value, false, stored.ConfirmedAt is not null));
    }

    static Guid IdOf(string page) => Guid.Parse(page.Split('/')[^1]);

    static async Task<string> WaitingOf(Visitor visitor) => (await visitor.ReadAsync("/todo")).QuerySelector("main")!.TextContent;

    static async Task Accepted(Visitor visitor, string page, string form, string handler, object fields)
    {
        var answer = await visitor.SubmitAsync(page, fields, handler, $"[data-form={form}] form");
        if (answer.StatusCode != HttpStatusCode.Redirect) Assert.Fail($"{handler}: {(int)answer.StatusCode} {await answer.ProblemsAsync()}");
    }
}
