using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Demo;
using Ronghe.Findings;
using Ronghe.Platform.Hosting;
using Ronghe.Platform.Journal;
using Ronghe.PublicNotices;
using Ronghe.Safety.Inspections;
using Ronghe.Safety.Violations;
using Ronghe.Safety.Watch;
using Ronghe.Safety.Zones;
using Ronghe.Tasks;

namespace Ronghe.Tests.Demo;

/// <summary>The safety wing's part of the demo story: everything that it tells is done by people who may, and leaves the plant as a visitor is to find it.</summary>
public sealed class DemoSafetyTests : IAsyncLifetime
{
    /// <summary>A Saturday, so that no act hangs on the weekday.</summary>
    static readonly DateTimeOffset Now = new(2026, 11, 28, 1, 0, 0, TimeSpan.Zero);
    static readonly DateOnly Today = new(2026, 11, 28);
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    readonly TestFolder _folder = new();

    public async ValueTask InitializeAsync()
    {
        var address = await TestServer.FreshDatabaseAsync();
        var settings = new JsonObject { ["Ronghe"] = new JsonObject { ["Database"] = address.Owner } };
        await File.WriteAllTextAsync(_folder["settings.json"], settings.ToJsonString(), Cancel);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_story_is_played_by_those_who_may_and_leaves_every_state_to_be_seen()
    {
        await using var product = await Program.Product.OpenAsync(new Deployment(_folder.Path, IsDemo: true), LogStyle.Plain, cancel: Cancel);
        await using var scope = product.Services.CreateAsyncScope();
        await new DemoLoader(Program.Build, new DemoContent(OnlySafety())).EnsureAsync(scope.ServiceProvider, Now, (_, _) => { }, Cancel);
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();

        await ZonesAreLedByTheirBranchesAsync(db);
        await InspectionsStandAsTheyShouldAsync(db);
        await TheWatchIsKeptAsync(db);
        Assert.Equal([ViolationState.Noted, ViolationState.Heard, ViolationState.Confirmed, ViolationState.Dropped], (await db.Violations.Select(v => v.State).Distinct().ToListAsync(Cancel)).Order().ToArray());
        Assert.All(await db.Violations.Where(v => v.State == ViolationState.Confirmed).ToListAsync(Cancel), v => Assert.NotEqual(v.NotedById, v.DecidedById));
        Assert.Equal(Enum.GetValues<TaskState>(), (await db.Tasks.Select(task => task.State).Distinct().ToListAsync(Cancel)).Order().ToArray());
        var shown = await db.PublicNotices.Include(one => one.Objections).Where(one => one.State == PublicNoticeState.Open).ToListAsync(Cancel);
        Assert.All(shown, notice => Assert.True(notice.Until >= Today));
        var objections = shown.SelectMany(notice => notice.Objections).ToList();
        Assert.NotEmpty(objections);
        Assert.All(objections, objection => Assert.True(objection is { IsAnswered: true, ById: null }));

        var catalogue = scope.ServiceProvider.GetRequiredService<JournalCatalogue>();
        var events = await db.Journal.Select(row => new { row.SubjectKind, row.Event }).Distinct().ToListAsync(Cancel);
        Assert.DoesNotContain(events, e => catalogue.Of(e.SubjectKind) is null || catalogue.EventOf(e.SubjectKind, e.Event) == e.Event);
    }

    static async Task ZonesAreLedByTheirBranchesAsync(AppDb db)
    {
        Assert.Equal(19, await db.Zones.CountAsync(Cancel));
        var gaps = await db.Zones.Where(zone => !zone.Leads.Any(lead => lead.Role == ZoneRole.Lead && lead.From <= Today && (lead.To == null || lead.To >= Today))).Select(zone => zone.ContentId).ToListAsync(Cancel);
        Assert.Equal(["Z17"], gaps);
        var strangers = await (
            from zone in db.Zones
            from lead in zone.Leads
            where !db.Memberships.Any(m => m.PersonId == lead.PersonId && db.NodeClosure.Any(up => up.DescendantId == m.PartyOrganisationId && up.AncestorId == zone.BranchId))
            select zone.Name).ToListAsync(Cancel);
        Assert.Empty(strangers);
    }

    static async Task InspectionsStandAsTheyShouldAsync(AppDb db)
    {
        Assert.Equal(Enum.GetValues<InspectionKind>().Length, await db.Inspections.Select(check => check.Kind).Distinct().CountAsync(Cancel));
        var planned = await db.Inspections.SingleAsync(check => check.Kind == InspectionKind.SpotCheck && check.Status == InspectionStatus.Planned, Cancel);
        Assert.Null(planned.UnitId);
        Assert.False(await db.SpotCheckDraws.AnyAsync(draw => draw.InspectionId == planned.Id, Cancel));
        Assert.Equal(3, await db.Inspections.CountAsync(check => check.Kind == InspectionKind.SpotCheck && check.Status == InspectionStatus.Closed, Cancel));
        var told = await db.Inspections.Where(check => check.Kind == InspectionKind.SpotCheck).SelectMany(check => check.Explanations).OrderBy(one => one.At).Select(one => one.IsAccepted).ToListAsync(Cancel);
        Assert.Equal([true, false, true], told);
        // Every fault that an inspection found is in the one loop and says where it was found.
        var found = await db.Findings.CountAsync(f => f.Source == FindingSource.ZoneRound || f.Source == FindingSource.Campaign || f.Source == FindingSource.WorkerPatrol, Cancel);
        Assert.True(found > 15, $"{found} findings");
    }

    static async Task TheWatchIsKeptAsync(AppDb db)
    {
        var monday = new DateOnly(2026, 11, 23);
        Assert.Equal(9, await db.WatchWeeks.CountAsync(week => week.Monday == monday, Cancel));
        Assert.Equal(8, await db.WatchWeeks.CountAsync(week => week.Monday == monday.AddDays(7), Cancel));
        Assert.True(await db.WatchWeeks.AnyAsync(week => week.ClosedAt != null, Cancel));
        Assert.Equal([SwapStatus.Asked, SwapStatus.Agreed], (await db.WatchSwaps.Select(swap => swap.Status).Distinct().ToListAsync(Cancel)).Order().ToArray());
        // Whoever reported from the watch had it.
        Guid[] reported = [DemoAct.IdOf("MF-01"), DemoAct.IdOf("MF-02"), DemoAct.IdOf("MF-03"), DemoAct.IdOf("MF-04")];
        Assert.Equal(reported.Length, await db.Findings.CountAsync(f => reported.Contains(f.Id) && db.WatchWeeks.Any(week => week.Duties.Any(duty => duty.PersonId == f.ReporterId)), Cancel));
    }

    /// <summary>The workbooks and the safety wing's year, without the photographed findings around them.</summary>
    string OnlySafety()
    {
        var (from, to) = (Path.Combine(Program.ContentFolder, "demo"), Directory.CreateDirectory(_folder["content/demo"]).FullName);
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        File.WriteAllText(Path.Combine(to, "story.json"), """{ "events": [] }""");
        File.WriteAllText(Path.Combine(to, "recent.json"), """{ "findings": [] }""");
        return _folder["content"];
    }
}
