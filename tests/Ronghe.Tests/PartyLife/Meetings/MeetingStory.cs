using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.People;

namespace Ronghe.Tests.PartyLife.Meetings;

/// <summary>A branch with five members and a probationer, and the acts of its meetings by whoever may.</summary>
sealed class MeetingStory(TestApp app)
{
    public World World => app.World;
    public DateTimeOffset Now => app.Clock.GetUtcNow();

    /// <summary>Wu, Zhou, Wang, Chen and Zhang of the operations branch, Zhang without a vote yet; Li and He of the other one.</summary>
    public Task SeatAsync() => app.InDatabase(async db =>
    {
        if (await db.Memberships.AnyAsync()) return 0;
        foreach (var person in (Person[])[World.Wu, World.Zhou, World.Wang, World.Chen]) Join(person, World.OperationsBranch.Id, PoliticalStatus.Full);
        Join(World.Zhang, World.OperationsBranch.Id, PoliticalStatus.Probationary);
        foreach (var person in (Person[])[World.Li, World.He]) Join(person, World.EquipmentBranch.Id, PoliticalStatus.Full);
        return await db.SaveChangesAsync();

        void Join(Person person, Guid branch, PoliticalStatus status) => db.Memberships.Add(new Membership(World.Company.Id, person.Id, branch, status, new(2020, 7, 1), status == PoliticalStatus.Full ? new(2021, 7, 1) : null));
    }, asOwner: true);

    public object PlanBody(Guid id, string title = "11 月党员大会", string type = "MembersMeeting", Guid? body = null, DateTimeOffset? at = null, Person? chair = null, Person? recorder = null) => new
    {
        id, type, bodyId = body ?? World.OperationsBranch.Id,
        plan = new { title, at = at ?? Now.AddHours(3), minutes = 90, place = "活动室", chairId = (chair ?? World.Zhou).Id, recorderId = (recorder ?? World.Chen).Id },
    };

    public async Task<Guid> PlanAsync(string title = "11 月党员大会", string type = "MembersMeeting", Guid? body = null, DateTimeOffset? at = null, Person? by = null, Person? chair = null, Person? recorder = null)
    {
        await SeatAsync();
        app.Clock.Pass(TimeSpan.FromSeconds(1));
        var id = Guid.CreateVersion7();
        var answer = await (await app.ProgramOf(by ?? World.Zhou)).CallAsync(HttpMethod.Post, "/api/v1/meetings", PlanBody(id, title, type, body, at, chair, recorder));
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return id;
    }

    /// <summary>Announced, everybody there, begun.</summary>
    public async Task<Guid> HeldAsync(string title = "11 月党员大会", string type = "MembersMeeting")
    {
        var id = await PlanAsync(title, type);
        await ActAsync(World.Zhou, id, "announcement", new { despiteClashes = true });
        await ActAsync(World.Chen, id, "attendance", new { state = "present", rest = true });
        await ActAsync(World.Chen, id, "opening", new { });
        return id;
    }

    /// <summary>Every item recorded, minutes written and agreed to.</summary>
    public async Task ArchiveAsync(Guid id)
    {
        foreach (var item in (await FindAsync(World.Chen, id))["items"]!.AsArray())
            if (item!["state"]!.GetValue<string>() == "open") await ActAsync(World.Chen, id, $"agenda/{item["id"]}/record", new { discussed = true, discussion = "", outcome = "已传达" });
        app.Clock.Pass(TimeSpan.FromHours(1));
        await ActAsync(World.Chen, id, "minutes", new { until = Now.AddMinutes(-10) });
        await ActAsync(World.Zhou, id, "archive", new { });
    }

    public async Task<JsonObject> FindAsync(Person person, Guid id) => (await (await (await app.ProgramOf(person)).GetAsync($"/api/v1/meetings/{id}")).Content.ReadFromJsonAsync<JsonObject>())!;

    public async Task<string> FirstItemAsync(Guid id) => (await FindAsync(World.Chen, id))["items"]![0]!["id"]!.GetValue<string>();

    public async Task<JsonObject> ActAsync(Person person, Guid id, string act, object body)
    {
        var answer = await SendAsync(person, id, act, body);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{act}: {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    /// <summary>In the version that stands, unless the body names one.</summary>
    public async Task<HttpResponseMessage> SendAsync(Person person, Guid id, string act, object body)
    {
        var node = System.Text.Json.JsonSerializer.SerializeToNode(body, body.GetType(), System.Text.Json.JsonSerializerOptions.Web)!.AsObject();
        if (!node.ContainsKey("version")) node["version"] = await app.InDatabase(db => db.Meetings.Where(meeting => meeting.Id == id).Select(meeting => meeting.Version).SingleAsync());
        return await (await app.ProgramOf(person)).CallAsync(HttpMethod.Post, $"/api/v1/meetings/{id}/{act}", node);
    }
}
