using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Duties;
using Ronghe.Duties.Calendar;
using Ronghe.Platform.Journal;

namespace Ronghe.Tests.PartyLife.Meetings;

/// <summary>What follows from a meeting elsewhere: duties, the calendar, search, shares of the agenda; and the rules by which meetings are held.</summary>
public class MeetingReachTests(TestApp app) : IClassFixture<TestApp>
{
    World World => app.World;
    MeetingStory Story { get; } = new(app);

    [Fact]
    public async Task An_archived_meeting_meets_the_duty_of_its_branch_and_an_unfinished_one_does_not()
    {
        async Task<bool> IsMet(string key, Guid subject) => await app.AsAsync(World.Zhou, services =>
        {
            var evidence = services.GetServices<DutyEvidence>().Single(one => one.Key == key);
            var today = Story.Now.UtcDateTime.AddHours(8);
            return evidence.Find(services.Of<AppDb>()).AnyAsync(record => record.SubjectId == subject && record.On == DateOnly.FromDateTime(today));
        });
        var id = await Story.HeldAsync("算一次支委会", "CommitteeMeeting");
        Assert.False(await IsMet("Meeting:CommitteeMeeting", World.OperationsBranch.Id));
        await Story.ArchiveAsync(id);
        Assert.True(await IsMet("Meeting:CommitteeMeeting", World.OperationsBranch.Id));
        Assert.False(await IsMet("Meeting:CommitteeMeeting", World.EquipmentBranch.Id));
        Assert.False(await IsMet("Meeting:MembersMeeting", World.OperationsBranch.Id));
        var members = await Story.HeldAsync("安全专题大会");
        await Story.ActAsync(World.Chen, members, "agenda", new { id = Guid.CreateVersion7(), title = "安全专题", kind = "AK-02" });
        await Story.ArchiveAsync(members);
        Assert.True(await IsMet("AgendaItem:AK-02", World.OperationsBranch.Id));
        Assert.True(await IsMet("Attendance", World.Wu.Id));
        Assert.False(await IsMet("AgendaItem:AK-08", World.OperationsBranch.Id));
    }

    [Fact]
    public async Task Every_default_duty_on_meetings_finds_its_evidence()
    {
        var pack = app.Services.GetRequiredService<DutyPack>();
        var keys = app.Services.GetServices<DutyEvidence>().Select(one => one.Key).ToHashSet();
        Assert.Empty(pack.ByCode.Values.Select(duty => duty.Evidence).Where(key => key.StartsWith("Meeting", StringComparison.Ordinal) || key.StartsWith("AgendaItem", StringComparison.Ordinal) || key is "ThemeDay" or "Attendance").Except(keys));
        foreach (var evidence in app.Services.GetServices<DutyEvidence>().Where(one => one.Key.StartsWith("Meeting", StringComparison.Ordinal) || one.Key is "ThemeDay" or "Attendance"))
            await app.InDatabase(db => evidence.Find(db).CountAsync());
    }

    [Fact]
    public async Task Meetings_stand_on_the_calendar_and_in_the_search_for_those_who_may_see_them()
    {
        var id = await Story.PlanAsync("汽轮机振动专题会", at: Story.Now.AddDays(1));
        await Story.ActAsync(World.Zhou, id, "announcement", new { despiteClashes = true });
        Task<bool> Shown(Ronghe.Organisation.People.Person person, bool mine) => app.AsAsync(person, async services =>
        {
            var day = DateOnly.FromDateTime(Story.Now.AddDays(1).UtcDateTime.AddHours(8));
            return (await services.Of<CalendarQueries>().FindAsync(new(day, day, mine), workOnly: false, default)).Any(entry => entry.Id == id);
        });
        Assert.True(await Shown(World.Zhang, mine: true));
        Assert.True(await Shown(World.Zhou, mine: false));
        Assert.False(await Shown(World.Liu, mine: false));
        Assert.NotNull((await (await app.SignInAs(World.Zhou)).ReadAsync("/search?q=振动专题")).QuerySelector($"a[href='/meetings/{id}']"));
        Assert.Null((await (await app.SignInAs(World.Liu)).ReadAsync("/search?q=振动专题")).QuerySelector($"a[href='/meetings/{id}']"));
    }

    [Fact]
    public async Task Shares_are_computed_from_the_items_that_were_discussed_and_open_to_them()
    {
        await using var own = await TestApp.StartAsync();
        var story = new MeetingStory(own);
        var id = await story.HeldAsync("占比", "CommitteeMeeting");
        var usual = (await story.FindAsync(own.World.Chen, id))["items"]!.AsArray();
        foreach (var (item, at) in usual.Select((item, at) => (item, at)))
            await story.ActAsync(own.World.Chen, id, $"agenda/{item!["id"]}/record", new { discussed = at != 0, discussion = "", outcome = "记下" });
        await story.ActAsync(own.World.Chen, id, "agenda", new { id = Guid.CreateVersion7(), title = "食堂燃气报警", kind = "AK-09", tags = new[] { "AK-02" } });
        var added = (await story.FindAsync(own.World.Chen, id))["items"]!.AsArray().Last()!;
        await story.ActAsync(own.World.Chen, id, $"agenda/{added["id"]}/record", new { discussed = true, outcome = "装报警器" });
        await story.ActAsync(own.World.Chen, id, "resolutions", new { id = Guid.CreateVersion7(), itemId = added["id"]!.GetValue<string>(), text = "装报警器" });
        var zhou = await own.ProgramOf(own.World.Zhou);
        var share = (await (await zhou.GetAsync("/api/v1/meetings/agenda-share")).Content.ReadFromJsonAsync<JsonObject>())!;
        var rows = (await story.FindAsync(own.World.Chen, id))["items"]!.AsArray().Where(item => item!["state"]!.GetValue<string>() == "discussed").ToList();
        Assert.Equal(rows.Count, share["items"]!.GetValue<int>());
        Assert.Equal(usual.Count, rows.Count);
        Assert.Equal(rows.Count(item => item!["isSafety"]!.GetValue<bool>()), share["safety"]!.GetValue<int>());
        Assert.Equal(1, share["resolved"]!.GetValue<int>());
        var safe = (await (await zhou.GetAsync("/api/v1/meetings/agenda-items?safety=true")).Content.ReadFromJsonAsync<JsonObject>())!["rows"]!.AsArray();
        Assert.Equal(share["safety"]!.GetValue<int>(), safe.Count);
        Assert.Contains("食堂燃气报警", safe.Select(row => row!["title"]!.GetValue<string>()));
        var page = await (await own.SignInAs(own.World.Zhou)).ReadAsync("/meetings/share");
        Assert.Contains("1 条", page.Body!.TextContent);
        Assert.Contains("食堂燃气报警", (await (await own.SignInAs(own.World.Zhou)).ReadAsync("/meetings/share/items?resolved=true")).Body!.TextContent);
        // Another branch sees none of it, and who oversees nothing does not get in.
        Assert.Equal(0, (await (await (await own.ProgramOf(own.World.Li)).GetAsync("/api/v1/meetings/agenda-share")).Content.ReadFromJsonAsync<JsonObject>())!["items"]!.GetValue<int>());
        Assert.Equal(HttpStatusCode.Forbidden, (await (await own.ProgramOf(own.World.Zhang)).GetAsync("/api/v1/meetings/agenda-share")).StatusCode);
    }

    [Fact]
    public async Task Rules_come_with_their_sources_and_a_change_makes_an_edition_that_earlier_meetings_do_not_follow()
    {
        await using var own = await TestApp.StartAsync();
        var story = new MeetingStory(own);
        var before = await story.PlanAsync("按老规则");
        var ma = await own.SignInAs(own.World.Ma);
        var page = (await ma.ReadAsync("/meetings/rules")).Body!.TextContent;
        foreach (var words in (string[])["支部党员大会", "到会不少于应到会的半数，赞成超过应到会的半数", "《中国共产党支部工作条例（试行）》2018 第十一条（已核对）", "安全生产", "行业惯例"]) Assert.Contains(words, page);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ma.SubmitAsync("/meetings/rules?edit=VF-01", new { Form__Quorum = "三分之二", Form__Reason = "试试" }, form: "#edit")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await ma.SubmitAsync("/meetings/rules?edit=VF-01", new { Form__Quorum = "≥2/3", Form__Reason = "党委规定" }, form: "#edit")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await ma.SubmitAsync("/meetings/rules?edit=MT-01", new { Form__Agenda = "安全 只谈安全", Form__Reason = "精简" }, form: "#edit")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await ma.SubmitAsync("/meetings/rules?edit=VF-02", new { number = "0", Form__Reason = "看的是旧的" }, form: "#edit")).StatusCode);
        var after = await story.PlanAsync("按新规则", at: story.Now.AddDays(3));
        Assert.Equal((0, 7), (await RulesAndItems(before)));
        Assert.Equal((2, 1), (await RulesAndItems(after)));
        Assert.Contains("本单位调整过", (await ma.ReadAsync("/meetings/rules")).Body!.TextContent);
        var zhou = await own.SignInAs(own.World.Zhou);
        Assert.Null((await zhou.ReadAsync("/meetings/rules?edit=VF-01")).QuerySelector("#edit"));

        Task<(int, int)> RulesAndItems(Guid id) => own.InDatabase(async db =>
        {
            var found = await db.Meetings.Where(one => one.Id == id).Select(one => new { one.RulesNumber, one.Agenda.Count }).SingleAsync();
            return (found.RulesNumber, found.Count);
        });
    }

    [Fact]
    public async Task The_journal_agrees_with_the_records_after_all_this()
    {
        await using var own = await TestApp.StartAsync();
        var story = new MeetingStory(own);
        var id = await story.PlanAsync("对得上流水", at: story.Now.AddMinutes(30));
        await story.ActAsync(own.World.Zhou, id, "announcement", new { despiteClashes = true });
        var code = (await (await own.SignInAs(own.World.Zhou)).ReadAsync($"/meetings/{id}/code")).QuerySelector(".check-in-code b")!.TextContent;
        await Task.WhenAll(new[] { own.World.Wu, own.World.Wang, own.World.Zhou }.Select(person => story.SendAsync(person, id, "check-in", new { code })));
        await story.ActAsync(own.World.Chen, id, "attendance", new { state = "present", rest = true });
        await story.ActAsync(own.World.Chen, id, "opening", new { });
        await story.ArchiveAsync(id);
        await own.FollowAsync();
        var verdict = await own.AsAsync(own.World.Zhou, services => services.Of<RecordCheck>().RunAsync());
        Assert.DoesNotContain(verdict.Problems, problem => problem.Contains("会议", StringComparison.Ordinal) || problem.Contains("到会", StringComparison.Ordinal));
        Assert.True(verdict.Compared > 0);
        await own.InDatabase(db => db.Database.ExecuteSqlAsync($"update attendances set state = 'Absent' where meeting_id = {id} and person_id = {own.World.Wu.Id}"), asOwner: true);
        Assert.Contains((await own.AsAsync(own.World.Zhou, services => services.Of<RecordCheck>().RunAsync())).Problems, problem => problem.Contains("到会", StringComparison.Ordinal));
    }
}
