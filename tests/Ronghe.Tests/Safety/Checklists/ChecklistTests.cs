using System.Net;
using Microsoft.EntityFrameworkCore;
using Ronghe.Platform;
using Ronghe.Safety.Checklists;

namespace Ronghe.Tests.Safety.Checklists;

public class ChecklistTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public void A_number_knows_its_limits_and_says_them()
    {
        var item = new ChecklistItem("1", "油温", ChecklistItemKind.Number, "℃", 10, 45);
        Assert.True(item.IsWithin(10) && item.IsWithin(45));
        Assert.False(item.IsWithin(9.9m) || item.IsWithin(45.1m));
        Assert.Equal("10—45 ℃", item.Limits);
        Assert.Throws<Refusal>(() => (item with { Min = null, Max = null }).Check());
        Assert.Throws<Refusal>(() => (item with { Min = 50 }).Check());
    }

    [Fact]
    public void Items_come_back_as_they_were_written()
    {
        ChecklistItem[] items = [new("1", "护栏牢固", ChecklistItemKind.YesNo, StopWork: true), new("2", "pH", ChecklistItemKind.Number, "", 6, 9, "重大待判", "HC10-04", "看在线表", "FC-06")];
        Assert.Equal(items, ChecklistItem.Read(ChecklistItem.Write(items)));
    }

    [Fact]
    public async Task The_defaults_load_once_and_leave_alone_what_the_plant_changed()
    {
        await LoadAsync();
        Assert.Equal((16, 16), await app.InDatabase(async db => (await db.Checklists.CountAsync(list => !list.Code.StartsWith("CK-P")), await db.ChecklistVersions.CountAsync(version => version.Number == 1 && db.Checklists.Any(list => list.Id == version.ChecklistId && !list.Code.StartsWith("CK-P"))))));
        Assert.Equal(232, await app.InDatabase(async db => (await db.ChecklistVersions.Where(version => version.Number == 1 && db.Checklists.Any(list => list.Id == version.ChecklistId && !list.Code.StartsWith("CK-P"))).Select(version => version.Items).ToListAsync()).Sum(items => ChecklistItem.Read(items).Count)));
        var sun = await app.SignInAs(app.World.Sun);
        var answer = await sun.SubmitAsync("/checklists/CK02?edit=CK02-01", new { Form__Text = "本厂自己的问法" }, "Save", "aside form");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        await LoadAsync();
        var page = await sun.ReadAsync("/checklists/CK02");
        Assert.Contains("本厂自己的问法", page.Body!.TextContent);
        Assert.Contains("第 2 版", page.Body.TextContent);
        Assert.DoesNotContain("本厂自己的问法", (await sun.ReadAsync("/checklists/CK02?number=1")).QuerySelector("table")!.TextContent);
    }

    [Fact]
    public async Task Only_a_safety_officer_changes_a_list_and_not_on_the_sight_of_an_older_one()
    {
        await LoadAsync();
        var body = new { version = 1, facts = new { name = "锅炉检查表", items = new[] { new { id = "1", text = "人孔门关严", kind = "yesNo" } } } };
        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.ProgramOf(app.World.Wang)).CallAsync(HttpMethod.Put, "/api/v1/checklists/CK01/facts", body)).StatusCode);
        var program = await app.ProgramOf(app.World.Sun);
        Assert.Equal(HttpStatusCode.OK, (await program.CallAsync(HttpMethod.Put, "/api/v1/checklists/CK01/facts", body)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await program.CallAsync(HttpMethod.Put, "/api/v1/checklists/CK01/facts", body)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await program.GetAsync("/api/v1/checklists/CK99")).StatusCode);
    }

    [Fact]
    public async Task The_plant_adds_a_list_of_its_own_and_retires_it()
    {
        var sun = await app.SignInAs(app.World.Sun);
        var made = await sun.SubmitAsync("/checklists?add=true", new { Name = "储能站检查表", First = "舱门关严" }, "Create", "#form");
        Assert.Equal("/checklists/CK-P01", made.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Redirect, (await sun.SubmitAsync("/checklists/CK-P01", handler: "Retire", form: "aside form")).StatusCode);
        Assert.Contains("已停用", (await sun.ReadAsync("/checklists/CK-P01")).Body!.TextContent);
    }

    Task LoadAsync() => app.InDatabase(async db =>
    {
        await ChecklistPack.LoadAsync(db, Program.ContentFolder);
        return true;
    });
}
