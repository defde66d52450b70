using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Findings;
using Ronghe.Organisation.People;

namespace Ronghe.Tests.Findings;

/// <summary>Brings a finding to where a test begins, through the product's own actions.</summary>
static class Cases
{
    public static async Task<Guid> ReportAsync(this TestApp app, Person person, string description, Guid placeId, bool withoutName = false)
    {
        var id = Guid.CreateVersion7();
        app.Clock.Pass(TimeSpan.FromSeconds(1));
        await app.AsAsync(person, async services =>
        {
            var report = await services.GetRequiredService<FindingReporting>().CompleteAsync(description, placeId, "", false, FindingSource.Spontaneous, null, withoutName);
            await services.GetRequiredService<FindingActions>().ReportAsync(id, report, []);
        });
        return id;
    }

    /// <summary>孙丽 grades it and gives it to 刘洋 of 锅炉班, due in twenty days.</summary>
    public static Task AssignAsync(this TestApp app, Guid id) => app.ActAsync(app.World.Sun, id, (actions, version) => actions.GradeAndAssignAsync(id, version,
        new Grading(FindingGrade.General, null, ""),
        new FivePoints(app.World.Liu.Id, DateOnly.FromDateTime(app.Clock.GetUtcNow().Date).AddDays(20), app.World.BoilerCrew.Id, "", "无松动", "补焊"), null));

    /// <summary>More than anybody would report one by one; the texts are SQL, with n for the number.</summary>
    public static Task InsertManyAsync(this TestApp app, int many, string description, string unit, string at)
    {
        var insertion = $"""
            insert into findings (id, version, company_id, number, description, source, is_urgent, place_text, found_at, reported_at, co_reporter_ids, unit_id, status,
                grade_basis, duty, standard, measure, extensions, escalation_level, reopenings)
            select gen_random_uuid(), 1, '{app.World.Company.Id}', 'ZZ-' || gen_random_uuid(), {description}, 'Routine', false, '厂区', {at}, {at}, array[]::uuid[], {unit}, 'Reported', '', '', '', '', 0, 0, 0
            from generate_series(1, {many}) n
            """;
        return app.InDatabase(db => db.Database.ExecuteSqlRawAsync(insertion), asOwner: true);
    }

    public static Task RectifyAsync(this TestApp app, Guid id) => app.ActAsync(app.World.Liu, id, (actions, version) => actions.RectifyAsync(id, version, "已补焊", []));

    public static Task VerifyAsync(this TestApp app, Guid id) => app.ActAsync(app.World.He, id, (actions, version) => actions.VerifyAsync(id, version, ""));

    public static Task CloseAsync(this TestApp app, Guid id) => app.ActAsync(app.World.Sun, id, (actions, version) => actions.CloseAsync(id, version, ""));

    public static async Task ActAsync(this TestApp app, Person person, Guid id, Func<FindingActions, int, Task> act)
    {
        var version = await app.InDatabase(db => db.Findings.Where(f => f.Id == id).Select(f => f.Version).SingleAsync());
        await app.AsAsync(person, services => act(services.GetRequiredService<FindingActions>(), version));
    }

    public static Task<(FindingStatus Status, int Version, int Steps)> StateOf(this TestApp app, Guid id) => app.InDatabase(async db =>
    {
        var finding = await db.Findings.AsNoTracking().Include(f => f.Steps).SingleAsync(f => f.Id == id);
        return (finding.Status, finding.Version, finding.Steps.Count);
    });

    /// <summary>What the page says was wrong.</summary>
    public static async Task<string> ProblemsAsync(this HttpResponseMessage answer) =>
        string.Join(" | ", (await answer.PageAsync()).QuerySelectorAll(".problems, .error, .failure").Select(e => e.TextContent.Trim()));
}
