using System.Net;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Accounts;
using Ronghe.Organisation.Appointments;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;

namespace Ronghe.Tests.Organisation.Accounts;

public class AccountTests(TestApp app) : IClassFixture<TestApp>
{
    const string Password = "炉火正旺 2026 年";

    [Fact]
    public async Task Only_the_security_administrator_manages_accounts()
    {
        foreach (var person in new[] { app.World.Zhao, app.World.Feng, app.World.Zheng, app.World.Zhang })
        {
            var visitor = await app.SignInAs(person);
            Assert.Equal(HttpStatusCode.Forbidden, (await visitor.GetAsync("/admin/accounts")).StatusCode);
            var refused = await visitor.CallAsync(HttpMethod.Put, $"/api/v1/accounts/{app.World.Wang.Id}/disablement");
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.Contains("权限", (await refused.JsonAsync()).GetProperty("title").GetString());
        }
        var xu = await app.SignInAs(app.World.Xu);
        Assert.Contains("王磊", (await xu.ReadAsync("/admin/accounts")).Body!.TextContent);
    }

    [Fact]
    public async Task A_right_is_lost_the_day_after_its_post_ends()
    {
        await using var own = await TestApp.StartAsync();
        var xu = await own.SignInAs(own.World.Xu);
        await own.InDatabase(async db =>
        {
            (await db.Appointments.SingleAsync(a => a.PersonId == own.World.Xu.Id && a.Post == Posts.SecurityAdministrator)).End(own.Clock.Today());
            return await db.SaveChangesAsync();
        });
        Assert.Equal(HttpStatusCode.OK, (await xu.GetAsync("/admin/accounts")).StatusCode);
        // 09:12 at the plant; midnight is not far.
        own.Clock.Pass(TimeSpan.FromHours(11));
        Assert.Equal(HttpStatusCode.OK, (await xu.GetAsync("/admin/accounts")).StatusCode);
        own.Clock.Pass(TimeSpan.FromHours(4));
        Assert.Equal(HttpStatusCode.Forbidden, (await xu.GetAsync("/admin/accounts")).StatusCode);
    }

    [Fact]
    public async Task An_initial_password_is_shown_once_and_good_only_for_choosing_another()
    {
        var xu = await app.SignInAs(app.World.Xu);
        var page = $"/admin/accounts/{app.World.Wang.Id}";
        var handedOut = (await (await xu.SubmitAsync(page, handler: "Reset")).PageAsync()).QuerySelector("code.secret")!.TextContent;
        Assert.DoesNotContain(handedOut, (await xu.ReadAsync(page)).Body!.TextContent);

        var wang = app.Stranger();
        Assert.Equal("/me/password", (await wang.SubmitAsync("/sign-in", new { Number = "0203", Password = handedOut })).Headers.Location?.ToString());
        Assert.Equal("/me/password", (await wang.GetAsync("/me")).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Forbidden, (await wang.GetAsync("/api/v1/me")).StatusCode);
        await wang.SubmitAsync("/me/password", new { Current = handedOut, Wanted = Password, Repeated = Password });
        Assert.Equal(HttpStatusCode.OK, (await wang.GetAsync("/me")).StatusCode);
    }

    [Fact]
    public async Task An_initial_password_does_not_last()
    {
        await using var own = await TestApp.StartAsync();
        var handedOut = await own.AsAsync(own.World.Xu, services => services.Of<AccountActions>().ResetPasswordAsync(own.World.Wang.Id));
        own.Clock.Pass(Account.InitialPasswordLife + TimeSpan.FromSeconds(1));
        var answer = await own.Stranger().SubmitAsync("/sign-in", new { Number = "0203", handedOut.Password });
        Assert.Contains("初始密码已过期", await answer.TextAsync());
    }

    [Fact]
    public async Task A_disabled_account_is_out_at_once_everywhere()
    {
        await app.SetPasswordAsync(app.World.Liu, Password);
        var (liu, program, xu) = (await app.SignInAs(app.World.Liu), await app.ProgramOf(app.World.Liu), await app.SignInAs(app.World.Xu));
        await xu.SubmitAsync($"/admin/accounts/{app.World.Liu.Id}", handler: "Disable");
        Assert.Equal(HttpStatusCode.Redirect, (await liu.GetAsync("/me")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/v1/me")).StatusCode);
        Assert.Contains("已停用", await (await app.Stranger().SubmitAsync("/sign-in", new { Number = "0303", Password })).TextAsync());

        await xu.SubmitAsync($"/admin/accounts/{app.World.Liu.Id}", handler: "Enable");
        Assert.Equal(HttpStatusCode.Redirect, (await liu.GetAsync("/me")).StatusCode);
        Assert.Equal("/", (await app.Stranger().SubmitAsync("/sign-in", new { Number = "0303", Password })).Headers.Location?.ToString());
    }

    [Fact]
    public async Task An_administrator_neither_resets_nor_disables_the_own_account()
    {
        var xu = await app.SignInAs(app.World.Xu);
        Assert.Single((await xu.ReadAsync($"/admin/accounts/{app.World.Chen.Id}")).QuerySelectorAll("button[formaction*=Reset]"));
        Assert.Empty((await xu.ReadAsync($"/admin/accounts/{app.World.Xu.Id}")).QuerySelectorAll("button[formaction*=Reset]"));
        foreach (var act in new[] { "Reset", "Disable" })
        {
            var answer = await xu.PostAsync($"/admin/accounts/{app.World.Xu.Id}?handler={act}");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        }
        Assert.Equal(HttpStatusCode.OK, (await xu.GetAsync("/admin/accounts")).StatusCode);
    }

    [Fact]
    public async Task One_administrator_gets_no_hold_on_the_account_of_another()
    {
        var xu = await app.SignInAs(app.World.Xu);
        foreach (var other in new[] { app.World.Feng, app.World.Zheng })
        {
            var page = await xu.ReadAsync($"/admin/accounts/{other.Id}");
            Assert.Empty(page.QuerySelectorAll("button[formaction*=Reset], button[formaction*=Disable]"));
            Assert.Contains("只能在服务器上办理", page.QuerySelector("main")!.TextContent);
            foreach (var (method, act) in new[] { (HttpMethod.Post, "initial-password"), (HttpMethod.Put, "disablement"), (HttpMethod.Delete, "disablement") })
            {
                var refused = await xu.CallAsync(method, $"/api/v1/accounts/{other.Id}/{act}");
                Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
                Assert.Contains("ronghe user", (await refused.JsonAsync()).GetProperty("title").GetString());
            }
            var account = app.World.AccountIds[other.Id];
            Assert.False(await app.InDatabase(db => db.Journal.AnyAsync(row => row.SubjectId == account)));
        }
        Assert.Equal(HttpStatusCode.Redirect, (await xu.SubmitAsync($"/admin/accounts/{app.World.Feng.Id}", handler: "Unlock")).StatusCode);
    }

    [Fact]
    public async Task An_act_without_an_account_is_refused_and_one_on_a_stranger_finds_nobody()
    {
        var xu = await app.SignInAs(app.World.Xu);
        var again = await xu.PostAsync($"/admin/accounts/{app.World.Chen.Id}?handler=Open");
        Assert.Contains("已有账号", await again.TextAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await xu.PostAsync($"/admin/accounts/{Guid.CreateVersion7()}?handler=Unlock")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await xu.GetAsync($"/admin/accounts/{Guid.CreateVersion7()}")).StatusCode);
    }

    [Fact]
    public async Task The_list_is_searched_filtered_and_walked_page_by_page()
    {
        var xu = await app.SignInAs(app.World.Xu);
        Assert.Single((await xu.ReadAsync("/admin/accounts?q=wl")).QuerySelectorAll("tbody tr"));
        Assert.Empty((await xu.ReadAsync("/admin/accounts?state=None")).QuerySelectorAll("tbody tr"));
        await app.AsAsync(app.World.Xu, async services =>
        {
            var accounts = services.Of<AccountQueries>();
            var all = await accounts.ListAsync(new());
            Assert.Equal(app.World.People.Count, all.Rows.Count);
            Assert.Null(all.Next);
            var rest = await accounts.ListAsync(new(After: all.Rows[3].Number));
            Assert.Equal(all.Rows[4].PersonId, rest.Rows[0].PersonId);
            Assert.NotNull(rest.Previous);
            var back = await accounts.ListAsync(new(Before: rest.Previous));
            Assert.Equal(all.Rows.Take(4).Select(r => r.Number), back.Rows.Select(r => r.Number));
        });
    }

    [Fact]
    public async Task Every_act_on_an_account_is_in_the_journal_with_who_did_it()
    {
        var xu = await app.SignInAs(app.World.Xu);
        foreach (var act in new[] { "Reset", "Unlock", "Disable", "Enable" }) await xu.PostAsync($"/admin/accounts/{app.World.He.Id}?handler={act}");
        var account = app.World.AccountIds[app.World.He.Id];
        var rows = await app.InDatabase(db => db.Journal.Where(row => row.SubjectId == account).OrderBy(row => row.Seq).ToListAsync());
        Assert.Equal([AccountJournal.PasswordHandedOut, AccountJournal.Unlocked, AccountJournal.Disabled, AccountJournal.Enabled], rows.Select(row => row.Event));
        Assert.All(rows, row => Assert.Equal(app.World.Xu.Id, row.ActorId));
    }
}
