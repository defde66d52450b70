using System.Net;
using Microsoft.EntityFrameworkCore;

namespace Ronghe.Tests.PartyLife.Meetings;

/// <summary>A committee of five thousand members: its great meeting works, and a year of six hundred meetings is listed in as many questions as one.</summary>
public class MeetingScaleTests(TestApp app) : IClassFixture<TestApp>
{
    const int Members = 5_000, Meetings = 600, PerMeeting = 67;

    World World => app.World;
    MeetingStory Story { get; } = new(app);

    [Fact]
    public async Task Five_thousand_are_invited_told_counted_and_written_down_and_a_year_is_listed_in_four_questions()
    {
        await Story.SeatAsync();
        await app.InDatabase(db => db.Database.ExecuteSqlAsync($"""
            insert into people select (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'number', 'B' || lpad(n::text, 5, '0'), 'name', '党员' || n))).*
            from people p, generate_series(1, {Members}) n where p.number = '0205';
            insert into memberships select (jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid(), 'person_id', p.id, 'kind', 'Full'))).*
            from people p, memberships m where p.number like 'B%' and m.id = (select id from memberships where party_organisation_id = {World.OperationsBranch.Id} limit 1)
            """), asOwner: true);
        var id = await Story.PlanAsync("全体党员大会", at: Story.Now.AddMinutes(30));
        Assert.Equal(Members + 5, (await Story.FindAsync(World.Zhou, id))["turnout"]!["due"]!.GetValue<int>());
        await Story.ActAsync(World.Zhou, id, "announcement", new { despiteClashes = true });
        await app.FollowAsync();
        Assert.Equal(Members + 4, await app.InDatabase(db => db.Notices.CountAsync(n => n.Href == $"/meetings/{id}" && n.Kind == "meeting.invited")));
        await Story.ActAsync(World.Chen, id, "attendance", new { state = "present", rest = true });
        await Story.ActAsync(World.Chen, id, "opening", new { });
        var vote = await Story.SendAsync(World.Chen, id, "votes", new { id = Guid.CreateVersion7(), itemId = await Story.FirstItemAsync(id), formula = "VF-01", matter = "同意", yes = 2600, no = 0, abstain = 0 });
        Assert.Equal(HttpStatusCode.OK, vote.StatusCode);
        await Story.ArchiveAsync(id);
        var zhou = await app.SignInAs(World.Zhou);
        Assert.Contains($"应到 {Members + 5} 人，实到 {Members + 5} 人", (await zhou.ReadAsync($"/meetings/{id}/minutes")).Body!.TextContent);
        Assert.Equal(100, (await zhou.ReadAsync($"/meetings/{id}/people")).QuerySelectorAll("tbody tr").Length);
        await app.InDatabase(db => db.Database.ExecuteSqlAsync($"""
            insert into meetings select (jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid(), 'planned_at', m.planned_at - n * interval '14 hours', 'title', '第 ' || n || ' 次'))).*
            from meetings m, generate_series(1, {Meetings}) n where m.id = {id};
            insert into attendances select (jsonb_populate_record(a, jsonb_build_object('meeting_id', m.id, 'person_id', p.id))).*
            from meetings m, (select id from people where number like 'B%' order by number limit {PerMeeting}) p, attendances a where m.title like '第 %' and a.meeting_id = {id} and a.person_id = {World.Wang.Id}
            """), asOwner: true);
        Assert.InRange(await zhou.CountRoundTripsAsync("/meetings"), 2, 4);
        Assert.Equal(50, (await zhou.ReadAsync("/meetings")).QuerySelectorAll("tbody tr").Length);
        Assert.InRange(await zhou.CountRoundTripsAsync("/meetings?mine=true&status=Archived"), 2, 4);
        Assert.InRange(await zhou.CountRoundTripsAsync("/meetings/share"), 2, 4);
    }
}
