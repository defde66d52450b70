using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Findings;
using Ronghe.Organisation.Counts;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Journal;
using Ronghe.Platform.Replay;
using Ronghe.Tests.Findings;

namespace Ronghe.Tests.Platform;

/// <summary>Two application nodes on one database, both following the journal. That no job runs twice stands in the tests of jobs.</summary>
public class TwoNodeTests
{
    const int Findings = 6;

    [Fact]
    public async Task They_share_sessions_counts_and_keys_and_tell_everybody_once()
    {
        await using var first = await TestApp.StartAsync(Following);
        await using var second = await first.StartBesideAsync(Following);
        var world = first.World;

        for (var at = 0; at < Findings; at++) await first.AssignAsync(await first.ReportAsync(world.Zhang, $"第 {at} 条", world.CoalFeeder.Id));
        Assert.Equal((Findings, Findings), (await OpenAsync(first, first.Services), await OpenAsync(first, second.Services)));

        await UntilAsync(() => first.InDatabase(db => db.Notices.CountAsync(notice => notice.PersonId == world.Liu.Id)), Findings);
        await UntilAsync(() => first.InDatabase(async db => await db.UnitCountChanges.CountAsync()), 0);
        await Task.Delay(500, TestContext.Current.CancellationToken);
        Assert.Equal(Findings, await first.InDatabase(db => db.Notices.CountAsync(notice => notice.PersonId == world.Liu.Id)));
        Assert.Equal((Findings, Findings), (await OpenAsync(first, first.Services), await OpenAsync(first, second.Services)));

        var here = await first.SignInAs(world.Zhang);
        var there = second.Same(here);
        Assert.Equal(HttpStatusCode.OK, (await there.GetAsync("/me")).StatusCode);
        await there.SubmitAsync("/sign-out");
        Assert.StartsWith("/sign-in", (await here.GetAsync("/me")).Headers.Location?.ToString());

        var program = await first.ProgramOf(world.Wang);
        var (key, report) = (Guid.CreateVersion7().ToString(), new { id = Guid.CreateVersion7(), description = "两个节点各发一次", placeId = world.FeedPump.Id });
        var answers = await Task.WhenAll(new[] { program, second.Same(program), program, second.Same(program) }.Select(caller => CallAsync(caller, key, report)));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created && !answer.Headers.Contains(ReplaySafety.ReplayedHeader));
        Assert.Equal(1, await first.InDatabase(db => db.Findings.CountAsync(finding => finding.Description == report.description)));
    }

    static void Following(WebApplicationBuilder builder) => builder.Configuration[JournalSetup.FollowSetting] = "true";

    static async Task<long> OpenAsync(TestApp app, IServiceProvider node)
    {
        await using var scope = node.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<UnitCounts>().OfAsync([app.World.Company.Id], [FindingCounting.Open], app.Clock.Today())).Sum(sum => sum.Total);
    }

    static async Task UntilAsync(Func<Task<int>> count, int wanted)
    {
        for (var waited = 0; await count() != wanted; waited++)
        {
            Assert.True(waited < 300, $"still {await count()} instead of {wanted}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    static Task<HttpResponseMessage> CallAsync(Visitor program, string key, object body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/findings") { Content = JsonContent.Create(body, body.GetType()) };
        request.Headers.TryAddWithoutValidation(ReplaySafety.Header, key);
        return program.SendAsync(request);
    }
}
