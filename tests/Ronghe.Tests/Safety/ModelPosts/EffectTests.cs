using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Organisation.People;
using Ronghe.Platform.Calendar;
using Ronghe.PublicNotices;
using Ronghe.Safety.ModelPosts;
using Ronghe.Safety.Violations;
using Ronghe.Tests.Findings;

namespace Ronghe.Tests.Safety.ModelPosts;

/// <summary>Counts of a known plant: 陈晓燕 holds a post in 运行一值 since 2026-10-01; 运行二值 and 锅炉班 have none.</summary>
public class EffectTests : IAsyncLifetime
{
    static readonly DateOnly Began = new(2026, 10, 1);

    TestApp app = null!;
    Guid _post;

    World World => app.World;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync();
        await app.InDatabase(async db =>
        {
            await ViolationKindPack.LoadAsync(db, Program.ContentFolder);
            db.Memberships.Add(new Membership(World.Company.Id, World.Chen.Id, World.OperationsBranch.Id, PoliticalStatus.Full, new(2020, 7, 1), new(2021, 7, 1)));
            _post = Add(db, World);
            // Before: 12 by the crew, 8 of them at the pump; during: 6, all at the pump. The others: 10 and 10.
            foreach (var day in Enumerable.Range(1, 12)) db.Violations.Add(Violated(World, World.Chen, World.ShiftOne.Id, Began.AddDays(-day), day <= 8 ? World.FeedPump.Id : null, "VK-ZY-02"));
            foreach (var day in Enumerable.Range(0, 6)) db.Violations.Add(Violated(World, World.Wang, World.ShiftOne.Id, Began.AddDays(day), World.FeedPump.Id, "VK-ZY-02"));
            foreach (var day in Enumerable.Range(1, 10))
            {
                db.Violations.Add(Violated(World, World.Zhang, World.ShiftTwo.Id, Began.AddDays(-day), null, "VK-ZY-02"));
                db.Violations.Add(Violated(World, World.Liu, World.BoilerCrew.Id, Began.AddDays(day), null, "VK-ZY-02"));
            }
            // Neither heard nor decided, or long before: these do not count.
            db.Violations.Add(Violation.Note(Guid.CreateVersion7(), World.Company.Id, Note(World.Chen, World.ShiftOne.Id, Began.AddDays(2), null, "VK-ZY-02"), World.Sun.Id, app.Clock.GetUtcNow(), Began.AddDays(2)));
            db.Violations.Add(Violated(World, World.Chen, World.ShiftOne.Id, new(2026, 1, 5), World.FeedPump.Id, "VK-ZY-02"));
            return await db.SaveChangesAsync();
        });
        await app.ReportAsync(World.Zhang, "给水泵漏油", World.FeedPump.Id);
        await app.ReportAsync(World.Zhang, "锅炉房的不算", World.CoalFeeder.Id);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task It_counts_before_and_during_in_the_range_the_unit_and_comparable_units()
    {
        var effect = await app.AsAsync(World.Sun, services => services.GetRequiredService<ModelPostEffects>().OfPostAsync(_post));
        var periods = effect.Posts.Single().Periods;
        Assert.Equal((51, 51), (periods.DaysBefore, periods.DaysDuring));
        // 王磊 and 陈晓燕 in 运行一值; 张海 in 运行二值, 何静 and 刘洋 in 锅炉班.
        Assert.Equal((2, 2, 3), (effect.People, effect.OtherUnits, effect.OtherPeople));
        EffectLine Line(EffectMeasure measure, EffectScope scope) => effect.Lines.Single(line => line.Measure == measure && line.Scope == scope);
        Assert.Equal((8, 6, 102L, 102L), Line(EffectMeasure.Violations, EffectScope.Range) is var range ? (range.Before, range.During, range.DaysBefore, range.DaysDuring) : default);
        Assert.Equal((12, 6), Line(EffectMeasure.Violations, EffectScope.Unit) is var unit ? (unit.Before, unit.During) : default);
        Assert.Equal((10, 10, 153L), Line(EffectMeasure.Violations, EffectScope.Others) is var others ? (others.Before, others.During, others.DaysDuring) : default);
        Assert.Equal((0, 1), Line(EffectMeasure.Found, EffectScope.Range) is var found ? (found.Before, found.During) : default);
        Assert.Contains("什么也不能断定", Line(EffectMeasure.Found, EffectScope.Range).Verdict);
        Assert.Equal(0.5, effect.Contrasts.Single(contrast => contrast.Measure == EffectMeasure.Violations).Ratio.Ratio!.Value, 9);
        Assert.Equal(12.0 / 102 * 1000, Line(EffectMeasure.Violations, EffectScope.Unit).RateBefore!.Value, 9);
    }

    [Fact]
    public async Task Every_number_opens_to_its_records_and_none_names_anybody()
    {
        var guo = await app.SignInAs(World.Guo);
        var page = await guo.ReadAsync($"/model-posts/effect?post={_post}");
        Assert.Contains("回归平均", page.Body!.TextContent);
        Assert.Contains("Clopper", page.Body.TextContent);
        Assert.NotNull(page.QuerySelector(".intervals svg circle"));
        var link = page.QuerySelectorAll("td a").Single(a => a.GetAttribute("href")!.Contains("measure=Violations&scope=Range&during=false", StringComparison.Ordinal));
        Assert.Equal("8 条", link.TextContent);
        var records = await guo.ReadAsync(link.GetAttribute("href")!);
        Assert.Equal(8, records.QuerySelectorAll("tbody tr").Length);
        foreach (var text in new[] { page.Body.TextContent, records.Body!.TextContent })
            foreach (var name in new[] { "王磊", "张海", "刘洋", "陈晓燕" }) Assert.DoesNotContain(name, text);
        Assert.Contains("另有 10 条", (await (await app.SignInAs(World.Zhou)).ReadAsync($"/model-posts/effect/records?post={_post}&measure=Violations&scope=Others&during=true")).Body!.TextContent);
    }

    [Fact]
    public async Task Of_a_kind_together_each_unit_is_counted_once_and_a_unit_with_a_post_is_no_comparison()
    {
        await app.InDatabase(async db =>
        {
            Add(db, World, ModelPostKind.Procedure, World.Wang.Id, World.ShiftOne.Id, Began.AddDays(7));
            Add(db, World, ModelPostKind.Hazard, World.Zhang.Id, World.ShiftTwo.Id, Began.AddDays(7));
            return await db.SaveChangesAsync();
        });
        var answer = JsonNode.Parse(await (await (await app.ProgramOf(World.Sun)).GetAsync("/api/v1/model-posts/effect?kind=procedure")).Content.ReadAsStringAsync())!;
        Assert.Equal((1, 1, 2), (answer["posts"]!.AsArray().Count, answer["otherUnits"]!.GetValue<int>(), answer["otherPeople"]!.GetValue<int>()));
        var unit = answer["lines"]!.AsArray().Single(line => line!["measure"]!.GetValue<string>() == "violations" && line["scope"]!.GetValue<string>() == "unit")!;
        Assert.Equal((12, 6), (unit["before"]!.GetValue<int>(), unit["during"]!.GetValue<int>()));
        var skill = JsonNode.Parse(await (await (await app.ProgramOf(World.Sun)).GetAsync("/api/v1/model-posts/effect?kind=skill")).Content.ReadAsStringAsync())!;
        Assert.Empty(skill["posts"]!.AsArray());
    }

    [Fact]
    public async Task The_holder_sees_his_own_effect_a_colleague_does_not()
    {
        Assert.Equal(HttpStatusCode.OK, (await (await app.ProgramOf(World.Chen)).GetAsync($"/api/v1/model-posts/{_post}/effect")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.ProgramOf(World.Zhang)).GetAsync($"/api/v1/model-posts/{_post}/effect")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.SignInAs(World.Zhang)).GetAsync("/model-posts/effect")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.ProgramOf(World.Li)).GetAsync($"/api/v1/model-posts/{_post}/effect")).StatusCode);
    }

    [Fact]
    public async Task Where_records_begin_late_the_time_before_is_shorter_and_says_so()
    {
        await app.InDatabase(async db =>
        {
            db.Violations.RemoveRange(db.Violations.Where(violation => violation.On < Began.AddDays(-10)));
            return await db.SaveChangesAsync();
        }, asOwner: true);
        var effect = await app.AsAsync(World.Sun, services => services.GetRequiredService<ModelPostEffects>().OfPostAsync(_post));
        Assert.Equal((10, true), (effect.Posts.Single().Periods.DaysBefore, effect.IsCut));
        Assert.Contains("没有记录的日子不算没有问题", (await (await app.SignInAs(World.Sun)).ReadAsync($"/model-posts/effect?post={_post}")).Body!.TextContent);
    }

    /// <summary>A post in term.</summary>
    static Guid Add(AppDb db, World world, ModelPostKind kind = ModelPostKind.Procedure, Guid? holder = null, Guid? unit = null, DateOnly? from = null)
    {
        var (person, at) = (holder ?? world.Chen.Id, (from ?? Began).At(new TimeOnly(8, 0)));
        var post = ModelPost.Nominate(Guid.CreateVersion7(), world.Company.Id, unit ?? world.ShiftOne.Id, new(kind, person, "主值班员", null, [world.TurbineHall.Id], "三百张票无差错"), person, at);
        post.Recommend("三项各一件事", world.Zhou.Id, at);
        post.Check(new(from ?? Began, from ?? Began, 0, new("中共党员", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), []), "核对无误", world.Sun.Id, at);
        var notice = PublicNotice.Draft(Guid.CreateVersion7(), world.Company.Id, world.Plant.Id, new("拟定", "公示内容", [world.Plant.Id], 5), world.Ma.Id, at);
        post.Show(notice.Id, world.Ma.Id, at);
        post.EndNotice(true, "", world.Ma.Id, at);
        post.Award(ModelPostTerm.Of(from ?? Began, 12, 6), world.Qian.Id, at);
        db.PublicNotices.Add(notice);
        db.ModelPosts.Add(post);
        return post.Id;
    }

    static ViolationNote Note(Person person, Guid unit, DateOnly on, Guid? place, string kind) => new(kind, unit, person.Id, "", place, place is null ? "值班室" : "3号给水泵", on, "有照片");

    /// <summary>Noted, heard and confirmed on that day.</summary>
    internal static Violation Violated(World world, Person person, Guid unit, DateOnly on, Guid? place, string kind)
    {
        var at = on.At(new TimeOnly(9, 0));
        var violation = Violation.Note(Guid.CreateVersion7(), world.Company.Id, Note(person, unit, on, place, kind), world.Sun.Id, at, on);
        violation.Hear("无异议", person.Id, at);
        violation.Confirm("", world.Wu.Id, at);
        return violation;
    }
}
