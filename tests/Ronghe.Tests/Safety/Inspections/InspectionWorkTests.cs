using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Findings;
using Ronghe.Organisation.People;
using Ronghe.Organisation.Work;
using Ronghe.Platform.Links;
using Ronghe.Safety.Inspections;
using Ronghe.Tests.Findings;

namespace Ronghe.Tests.Safety.Inspections;

/// <summary>What waits because of inspections: for who leads, and for the head of the unit that has to explain.</summary>
public class InspectionWorkTests
{
    [Fact]
    public async Task A_spot_check_waits_for_its_lead_and_its_problems_for_the_head_of_the_unit()
    {
        await using var app = await TestApp.StartAsync();
        var (world, id) = (app.World, Guid.CreateVersion7());
        async Task<IReadOnlyList<WaitingLine>> WaitingFor(Person person) =>
            [.. (await app.AsAsync(person, services => services.GetRequiredService<Waiting>().ListAsync())).Where(line => line.Id == id)];
        await app.AsAsync(world.Qian, services => services.GetRequiredService<InspectionActions>().PlanAsync(id, new(InspectionKind.SpotCheck, "11 月抽查", null, null, world.Zhou.Id, new(2026, 11, 20), []), null));
        Assert.Equal(new DateOnly(2026, 11, 30), Assert.Single(await WaitingFor(world.Zhou)).DueOn);
        Assert.Empty(await WaitingFor(world.Li));

        await app.InDatabase(async db =>
        {
            (await db.Inspections.SingleAsync(i => i.Id == id)).Start(world.Equipment.Id, app.Clock.GetUtcNow());
            return await db.SaveChangesAsync();
        });
        Assert.Empty(await WaitingFor(world.Li));
        var finding = await app.ReportAsync(world.Zhou, "护栏松", world.CoalFeeder.Id);
        await app.InDatabase(async db =>
        {
            db.Links.Add(new Link { FromKind = FindingActions.Kind, FromId = finding, ToKind = InspectionActions.Kind, ToId = id, Relation = InspectionActions.FoundBy, At = app.Clock.GetUtcNow() });
            return await db.SaveChangesAsync();
        });
        // Started on Friday 20 November: five working days later is the next Friday.
        var asked = Assert.Single(await WaitingFor(world.Li));
        Assert.Equal(("去说清楚", new DateOnly(2026, 11, 27)), (asked.Button, asked.DueOn!.Value));
        Assert.Empty(await WaitingFor(world.Wu));

        var version = await app.InDatabase(db => db.Inspections.Where(i => i.Id == id).Select(i => i.Version).SingleAsync());
        await app.AsAsync(world.Li, services => services.GetRequiredService<InspectionActions>().ExplainAsync(id, version, finding, new("护栏松", "没验收", "锅炉专业", "补焊", new(2026, 11, 30))));
        Assert.Empty(await WaitingFor(world.Li));
        Assert.StartsWith("听取说明", Assert.Single(await WaitingFor(world.Zhou)).Title);
    }
}
