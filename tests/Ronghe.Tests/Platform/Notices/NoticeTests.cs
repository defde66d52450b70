using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Findings;
using Ronghe.Organisation.People;
using Ronghe.Platform.Notices;
using Ronghe.Tests.Findings;

namespace Ronghe.Tests.Platform.Notices;

/// <summary>Who has to act, or waits for an answer, is told once; nights are quiet; nothing of the content leaves the house.</summary>
public sealed class NoticeTests : IAsyncLifetime
{
    TestApp _app = null!;
    World World => _app.World;

    public async ValueTask InitializeAsync() => _app = await TestApp.StartAsync();
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Each_step_of_a_finding_tells_whoever_acts_next_and_nobody_of_their_own_act()
    {
        var id = await _app.ReportAsync(World.Zhang, "消息走一圈", World.CoalFeeder.Id);
        await _app.AssignAsync(id);
        await _app.RectifyAsync(id);
        await _app.FollowAsync();
        var told = await _app.InDatabase(db => db.Notices.Select(n => new { n.PersonId, n.Kind }).ToListAsync());
        var rectifier = await _app.InDatabase(db => db.Findings.Where(f => f.Id == id).Select(f => new { f.RectifierId, f.VerifierId, f.AssignerId }).SingleAsync());
        Assert.Contains(told, n => n.PersonId == rectifier.RectifierId && n.Kind == "finding.assigned");
        Assert.Contains(told, n => n.PersonId == (rectifier.VerifierId ?? rectifier.AssignerId) && n.Kind == "finding.to-verify");
        Assert.DoesNotContain(told, n => n.PersonId == rectifier.RectifierId && n.Kind == "finding.to-verify");
        await _app.FollowAsync();
        Assert.Equal(told.Count, await _app.InDatabase(db => db.Notices.CountAsync()));
    }

    [Fact]
    public async Task The_bell_counts_what_is_unread_and_opening_leads_there_and_counts_down()
    {
        var id = await AssignedAsync();
        var rectifier = await PersonAsync(id);
        var visitor = await _app.SignInAs(rectifier);
        var home = await visitor.ReadAsync("/");
        Assert.Equal("消息，1 条未读", home.QuerySelector("#bell")!.GetAttribute("aria-label"));
        var link = (await visitor.ReadAsync("/notices")).QuerySelector(".item a")!.GetAttribute("href")!;
        var opened = await visitor.GetAsync(link);
        Assert.Equal($"/findings/{id}", opened.Headers.Location!.ToString());
        Assert.Equal("消息", (await visitor.ReadAsync("/")).QuerySelector("#bell")!.GetAttribute("aria-label"));
        Assert.Equal(HttpStatusCode.NotFound, (await (await _app.SignInAs(World.Zheng)).GetAsync(link)).StatusCode);
    }

    [Fact]
    public async Task What_is_not_mandatory_can_be_switched_off_and_what_is_mandatory_cannot()
    {
        var id = await _app.ReportAsync(World.Zhang, "不想听结果", World.CoalFeeder.Id);
        var zhang = await _app.SignInAs(World.Zhang);
        var answer = await zhang.SubmitAsync("/notices/choices", new { Wanted = "", QuietFrom = "22:00", QuietTo = "07:00" });
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        await _app.ActAsync(World.Sun, id, (actions, version) => actions.RejectAsync(id, version, "不是隐患"));
        var kinds = _app.Services.GetRequiredService<NoticeKinds>();
        var mandatory = kinds.All.First(kind => kind.IsMandatory).Key;
        await _app.AsAsync(World.Zhang, services => services.GetRequiredService<NoticeDelivery>().TellAsync([new(World.Zhang.Id, mandatory, "test", "必须知道", "/")]));
        await _app.FollowAsync();
        Assert.Equal(mandatory, Assert.Single(await _app.InDatabase(db => db.Notices.Where(n => n.PersonId == World.Zhang.Id).Select(n => n.Kind).ToListAsync())));
    }

    [Fact]
    public async Task What_comes_at_night_waits_for_the_morning_unless_it_is_urgent()
    {
        var night = new DateTimeOffset(2026, 11, 21, 15, 30, 0, TimeSpan.Zero);
        var choice = new NoticeChoice();
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 23, 0, 0, TimeSpan.Zero), choice.NotBefore(night).ToUniversalTime());
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 23, 0, 0, TimeSpan.Zero), choice.NotBefore(night.AddHours(4)).ToUniversalTime());
        Assert.Equal(night.AddHours(10), choice.NotBefore(night.AddHours(10)));
        choice.Choose([], new(8, 0), new(8, 0));
        Assert.Equal(night, choice.NotBefore(night));

        _app.Clock.Pass(night.AddDays(400) - _app.Clock.GetUtcNow());
        foreach (var kind in new[] { "finding.assigned", "finding.urgent" })
            await _app.AsAsync(World.Zhang, services => services.GetRequiredService<NoticeDelivery>().TellAsync([new(World.Zhang.Id, kind, "test", kind, "/")]));
        var due = await _app.InDatabase(db => db.Notices.Where(n => n.PersonId == World.Zhang.Id).ToDictionaryAsync(n => n.Kind, n => n.DueAt > _app.Clock.GetUtcNow()));
        Assert.True(due["finding.assigned"]);
        Assert.False(due["finding.urgent"]);
    }

    [Fact]
    public async Task The_gateway_gets_numbers_and_words_without_content_and_each_message_once()
    {
        var id = await AssignedAsync();
        var rectifier = await PersonAsync(id);
        var gateway = await _app.ProgramOf(World.Feng);
        var waiting = (await (await gateway.CallAsync(HttpMethod.Get, "/api/v1/notices/outgoing")).Content.ReadFromJsonAsync<JsonArray>())!;
        var message = Assert.Single(waiting, m => (string)m!["number"]! == rectifier.Number)!;
        Assert.Equal("有一项整改派给了您，请登录平台查看。", (string)message["text"]!);
        var finding = await _app.InDatabase(db => db.Findings.SingleAsync(f => f.Id == id));
        Assert.DoesNotContain(finding.Number, waiting.ToJsonString());
        Assert.DoesNotContain(finding.Description, waiting.ToJsonString());
        Assert.DoesNotContain(World.People.Select(person => person.Name), waiting.ToJsonString().Contains);
        await gateway.CallAsync(HttpMethod.Post, "/api/v1/notices/outgoing/sent", new { ids = new[] { (Guid)message["id"]! } });
        var again = (await (await gateway.CallAsync(HttpMethod.Get, "/api/v1/notices/outgoing")).Content.ReadFromJsonAsync<JsonArray>())!;
        Assert.DoesNotContain(again, m => (Guid)m!["id"]! == (Guid)message["id"]!);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await _app.ProgramOf(World.Sun)).CallAsync(HttpMethod.Get, "/api/v1/notices/outgoing")).StatusCode);
    }

    [Fact]
    public async Task The_morning_digest_tells_each_person_once_a_day_and_only_on_workdays()
    {
        var id = await AssignedAsync();
        var rectifier = await PersonAsync(id);
        Task Send() => _app.AsAsync(World.Feng, services => services.GetRequiredService<FindingDigest>().SendAsync());
        Task<int> Count() => _app.InDatabase(db => db.Notices.CountAsync(n => n.PersonId == rectifier.Id && n.Kind == "finding.digest"));
        var monday = new DateTimeOffset(2027, 3, 15, 1, 0, 0, TimeSpan.Zero);
        _app.Clock.Pass(monday.AddDays(-1) - _app.Clock.GetUtcNow());
        await Send();
        Assert.Equal(0, await Count());
        _app.Clock.Pass(TimeSpan.FromDays(1));
        await Send();
        await Send();
        Assert.Equal(1, await Count());
    }

    [Fact]
    public async Task Old_rows_of_the_journal_are_history_and_give_no_notice()
    {
        await AssignedAsync(follow: false);
        _app.Clock.Pass(TimeSpan.FromDays(4));
        await _app.FollowAsync();
        Assert.Equal(0, await _app.InDatabase(db => db.Notices.CountAsync()));
    }

    [Fact]
    public void Words_for_outside_name_nobody_and_nothing() => Assert.All(_app.Services.GetRequiredService<NoticeKinds>().All, kind =>
    {
        Assert.EndsWith("。", kind.Outside);
        Assert.DoesNotContain("{", kind.Outside);
        Assert.DoesNotMatch("[0-9]", kind.Outside);
    });

    async Task<Guid> AssignedAsync(bool follow = true)
    {
        var id = await _app.ReportAsync(World.Zhang, "一号给煤机平台护栏松动", World.CoalFeeder.Id);
        await _app.AssignAsync(id);
        if (follow) await _app.FollowAsync();
        return id;
    }

    Task<Person> PersonAsync(Guid finding) => _app.InDatabase(async db =>
    {
        var rectifier = await db.Findings.Where(f => f.Id == finding).Select(f => f.RectifierId).SingleAsync();
        return await db.People.SingleAsync(person => person.Id == rectifier);
    });
}
