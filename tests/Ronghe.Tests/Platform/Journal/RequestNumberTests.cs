using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Ronghe.Findings;
using Ronghe.Organisation.Accounts;
using Ronghe.Tests.Findings;

namespace Ronghe.Tests.Platform.Journal;

/// <summary>A row of the journal leads to the request that wrote it, and through it to the log; never for whoever gave no name.</summary>
public class RequestNumberTests(TestApp app) : IClassFixture<TestApp>
{
    World World => app.World;

    [Fact]
    public async Task Every_row_written_in_a_request_carries_its_number()
    {
        var before = await app.InDatabase(db => db.Journal.MaxAsync(row => (long?)row.Seq)) ?? 0;
        var stranger = app.Stranger();
        for (var i = 0; i < 6; i++) await stranger.SubmitAsync("/sign-in", new { Number = "0203", Password = "不是这个密码" });
        var (xu, sun, feng) = (await app.SignInAs(World.Xu), await app.SignInAs(World.Sun), await app.SignInAs(World.Feng));
        foreach (var handler in new[] { "Reset", "Unlock", "Disable", "Enable" })
            Assert.InRange((int)(await xu.SubmitAsync($"/admin/accounts/{World.Wang.Id}", handler: handler)).StatusCode, 200, 302);
        await (await app.SignInAs(World.Zhang)).SubmitAsync("/me/tokens", new { Title = "试", Days = 3 }, "Make", "#make");
        await app.InDatabase(db =>
        {
            db.HazardCategories.Add(new HazardCategory { Id = "HC01", Name = "机务设备" });
            return db.SaveChangesAsync();
        });
        await sun.SubmitAsync("/findings/categories?add=HC01", new { Form__Name = "本厂特有" }, "Add");
        await sun.SubmitAsync("/findings/rechecks", new { Month = "2026-10" });
        await (await app.SignInAs(World.Liu)).SubmitAsync("/findings/report", new { Form__Description = "带编号的", Form__PlaceText = "油库" });
        await UploadAsync(feng);

        var rows = await app.InDatabase(db => db.Journal.AsNoTracking().Where(row => row.Seq > before).ToListAsync());
        Assert.Superset(
            new HashSet<string>
            {
                AccountJournal.SignInSlowed, AccountJournal.PasswordHandedOut, AccountJournal.Unlocked, AccountJournal.Disabled, AccountJournal.Enabled, AccountJournal.TokenMade,
                "finding-recheck.drawn", "finding.reported", "hazard-category.added", "person.imported",
            },
            rows.Select(row => row.Event).ToHashSet());
        Assert.All(rows, row => Assert.True(row.RequestId is { Length: 32 }, $"{row.Event} has no number"));
    }

    [Fact]
    public async Task Rows_of_one_request_share_a_number_and_rows_of_two_do_not()
    {
        var id = await app.ReportAsync(World.Zhang, "一次办两件", World.CoalFeeder.Id);
        var sun = await app.SignInAs(World.Sun);
        var answer = await sun.SubmitAsync($"/findings/{id}", new
        {
            Grade__Grade = "General", Assign__RectifierId = World.Liu.Id, Assign__UnitId = World.BoilerCrew.Id,
            Assign__DueOn = "2026-12-10", Assign__Standard = "牢固", Assign__Measure = "补焊", Assign__VerifierId = World.He.Id,
        }, "GradeAndAssign", "[data-form=Dispatch] form");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        await sun.PostAsync($"/findings/{id}?handler=ListForSupervision", new { version = (await app.StateOf(id)).Version, Supervise__Reason = "重点盯" });
        var rows = await app.InDatabase(db => db.Journal.AsNoTracking().Where(row => row.SubjectId == id).OrderBy(row => row.Seq).ToListAsync());
        Assert.Equal(["finding.reported", "finding.graded", "finding.assigned", "finding.listed"], rows.Select(row => row.Event));
        Assert.Null(rows[0].RequestId);
        Assert.Equal(rows[1].RequestId, rows[2].RequestId);
        Assert.NotEqual(rows[2].RequestId, rows[3].RequestId);
    }

    static async Task UploadAsync(Visitor feng)
    {
        var roster = "工号,姓名,部门,班组\n009001,欧阳雪,发电一部,运行一值\n";
        using var body = new MultipartFormDataContent { { new StringContent("people"), "kind" }, { new ByteArrayContent(Encoding.UTF8.GetBytes(roster)), "file", "名单.csv" } };
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/imports") { Content = body };
        request.Headers.Add(Ronghe.Platform.Security.ApiForms.Header, await feng.TokenAsync("/me"));
        var answer = await feng.SendAsync(request);
        var import = await answer.JsonAsync();
        Assert.True(answer.IsSuccessStatusCode, import.ToString());
        answer = await feng.CallAsync(HttpMethod.Post, $"/api/v1/imports/{import.GetProperty("id").GetGuid()}/application", new { version = import.GetProperty("version").GetInt32(), mode = "allOrNothing" });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
