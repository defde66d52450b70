using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Platform.Replay;
using Ronghe.Platform.Security;
using Ronghe.Safety.Checklists;
using Ronghe.Safety.Inspections;
using Ronghe.Tests.Platform.Files;

namespace Ronghe.Tests.Platform.Offline;

/// <summary>What the server does for a device without a signal: names its pages, and takes its waiting forms once and from their owner alone.</summary>
public class OfflineTests(TestApp app) : IClassFixture<TestApp>
{
    World World => app.World;

    [Fact]
    public async Task A_device_is_told_who_is_there_and_which_pages_it_may_keep()
    {
        var zhang = await app.SignInAs(World.Zhang);
        var desk = await DeskAsync(zhang);
        Assert.Equal(World.AccountIds[World.Zhang.Id].ToString(), desk.GetProperty("person").GetString());
        Assert.Equal(["/findings/report", "/offline"], Pages(desk).Order());
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Stranger().GetAsync("/api/v1/offline")).StatusCode);
        var answer = await zhang.GetAsync("/api/v1/offline");
        Assert.Contains("no-store", answer.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task Of_inspections_it_keeps_those_that_are_under_way_and_that_its_person_takes_part_in()
    {
        var (planned, started) = (await PlanAsync(), await PlanAsync());
        await app.AsAsync(World.Sun, services => services.GetRequiredService<InspectionActions>().StartAsync(started, 1));
        var pages = Pages(await DeskAsync(await app.SignInAs(World.Sun)));
        Assert.Contains($"/inspections/{started}", pages);
        Assert.Contains($"/inspections/{started}/finding", pages);
        Assert.DoesNotContain($"/inspections/{planned}", pages);
        Assert.DoesNotContain($"/inspections/{started}", Pages(await DeskAsync(await app.SignInAs(World.Zhang))));
        // Who may see it, but takes no part, keeps nothing of it either.
        Assert.DoesNotContain($"/inspections/{started}", Pages(await DeskAsync(await app.SignInAs(World.Zhao))));
    }

    [Fact]
    public async Task A_form_under_a_key_is_stored_once_with_its_photos_and_answered_in_data_each_time()
    {
        var zhang = await app.SignInAs(World.Zhang);
        var (id, photo) = (Guid.CreateVersion7(), await TestImages.JpegAsync(TestImages.Quarters(64, 48)));
        var answers = new List<HttpResponseMessage>();
        for (var times = 0; times < 3; times++) answers.Add(await SendAsync(zhang, id.ToString(), Report(id, "离线上报一次", photo)));
        // The key is forgotten after a day; the id is not.
        answers.Add(await SendAsync(zhang, Guid.CreateVersion7().ToString(), Report(id, "离线上报一次", photo)));
        var said = await Task.WhenAll(answers.Select(answer => answer.JsonAsync()));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.True(answers[1].Headers.Contains(ReplaySafety.ReplayedHeader));
        var number = await app.InDatabase(db => db.Findings.Where(f => f.Id == id).Select(f => f.Number).SingleAsync());
        Assert.All(said, answer => Assert.Equal(($"收到了，编号 {number}", $"/findings/{id}"), (answer.GetProperty("message").GetString(), answer.GetProperty("record").GetString())));
        Assert.Equal(1, await app.InDatabase(db => db.FindingPhotos.CountAsync(p => p.FindingId == id)));
        Assert.Equal(1, await app.InDatabase(db => db.Journal.CountAsync(row => row.SubjectId == id && row.Event == "finding.reported")));
    }

    [Fact]
    public async Task What_waits_is_taken_from_its_owner_alone()
    {
        var (zhang, sun) = (await app.SignInAs(World.Zhang), await app.SignInAs(World.Sun));
        var token = (await DeskAsync(zhang)).GetProperty("token").GetString()!;
        await DeskAsync(sun);
        var id = Guid.CreateVersion7();
        var asSun = await SendAsync(sun, id.ToString(), Report(id, "别人的会话"), token);
        Assert.Equal(HttpStatusCode.BadRequest, asSun.StatusCode);
        Assert.Contains("json", asSun.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(app.Stranger(), id.ToString(), Report(id, "没有登录"), token)).StatusCode);
        Assert.Equal(0, await app.InDatabase(db => db.Findings.CountAsync(f => f.Id == id)));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(zhang, id.ToString(), Report(id, "自己的会话"), token)).StatusCode);
    }

    [Fact]
    public async Task A_refusal_is_told_in_words_and_what_was_mended_passes_under_the_same_key()
    {
        var zhang = await app.SignInAs(World.Zhang);
        var id = Guid.CreateVersion7();
        var refused = await SendAsync(zhang, id.ToString(), Report(id, ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var problem = await refused.JsonAsync();
        Assert.Equal("urn:ronghe:problem:refused", problem.GetProperty("type").GetString());
        Assert.Contains(problem.GetProperty("title").GetString()!, letter => letter >= '\u4e00');
        var unread = Report(id, "时间写错");
        unread.Add(new StringContent("昨天"), "Form.FoundAt");
        Assert.Contains("不是有效的日期", (await (await SendAsync(zhang, Guid.CreateVersion7().ToString(), unread)).JsonAsync()).GetProperty("title").GetString());
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(zhang, id.ToString(), Report(id, "补上了"))).StatusCode);
    }

    [Fact]
    public async Task A_report_without_a_name_is_answered_with_its_number_and_no_address()
    {
        var zhang = await app.SignInAs(World.Zhang);
        var id = Guid.CreateVersion7();
        var form = Report(id, "不署名的离线上报");
        form.Add(new StringContent("true"), "Form.WithoutName");
        var said = await (await SendAsync(zhang, id.ToString(), form)).JsonAsync();
        Assert.Contains("编号", said.GetProperty("message").GetString());
        Assert.Equal(JsonValueKind.Null, said.GetProperty("record").ValueKind);
        Assert.Null(await app.InDatabase(db => db.Findings.Where(f => f.Id == id).Select(f => f.ReporterId).SingleAsync()));
    }

    [Fact]
    public async Task A_problem_found_on_an_inspection_passes_the_same_way()
    {
        var inspection = await PlanAsync();
        await app.AsAsync(World.Sun, services => services.GetRequiredService<InspectionActions>().StartAsync(inspection, 1));
        var sun = await app.SignInAs(World.Sun);
        var id = Guid.CreateVersion7();
        var answer = await SendAsync(sun, id.ToString(), Report(id, "看火孔盖缺一个"), address: $"/inspections/{inspection}/finding?handler=Report");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal($"/inspections/{inspection}", (await answer.JsonAsync()).GetProperty("record").GetString());
        Assert.Equal(1, await app.InDatabase(db => db.Links.CountAsync(link => link.FromId == id && link.ToId == inspection)));
    }

    [Fact]
    public async Task The_worker_stands_at_the_root_names_the_assets_of_this_version_and_is_asked_for_anew()
    {
        var answer = await app.Stranger().GetAsync("/service-worker.js");
        Assert.Equal(("text/javascript", "no-cache"), (answer.Content.Headers.ContentType!.MediaType, answer.Headers.CacheControl!.ToString()));
        var script = await answer.Content.ReadAsStringAsync();
        foreach (var address in script.Split('"').Where(part => part.StartsWith('/')))
        {
            var asset = await app.Stranger().GetAsync(address);
            Assert.Equal(HttpStatusCode.OK, asset.StatusCode);
            Assert.Contains("immutable", asset.Headers.CacheControl!.ToString());
        }
        Assert.Equal(5, script.Split('"').Count(part => part.StartsWith('/')));
    }

    [Fact]
    public async Task The_product_can_be_installed()
    {
        var page = await (await app.SignInAs(World.Zhang)).ReadAsync("/");
        var answer = await app.Stranger().GetAsync(page.QuerySelector("link[rel=manifest]")!.GetAttribute("href")!);
        Assert.Equal("application/manifest+json", answer.Content.Headers.ContentType!.MediaType);
        var manifest = await answer.JsonAsync();
        Assert.Equal(("/", "/", "standalone"), (manifest.GetProperty("scope").GetString(), manifest.GetProperty("start_url").GetString(), manifest.GetProperty("display").GetString()));
        foreach (var icon in manifest.GetProperty("icons").EnumerateArray())
            Assert.Equal(HttpStatusCode.OK, (await app.Stranger().GetAsync(icon.GetProperty("src").GetString()!)).StatusCode);
    }

    [Fact]
    public async Task Without_a_script_nothing_of_it_shows()
    {
        var page = await (await app.SignInAs(World.Zhang)).ReadAsync("/findings/report");
        Assert.All(page.QuerySelectorAll("[data-waiting]"), badge => Assert.True(badge.HasAttribute("hidden")));
        Assert.Contains("要打开 JavaScript", (await (await app.SignInAs(World.Zhang)).ReadAsync("/offline")).Body!.TextContent);
    }

    async Task<Guid> PlanAsync()
    {
        await app.InDatabase(async db => { await ChecklistPack.LoadAsync(db, Program.ContentFolder); return true; });
        return await app.AsAsync(World.Sun, services => services.GetRequiredService<InspectionActions>()
            .PlanAsync(Guid.CreateVersion7(), new(InspectionKind.Special, "离线检查", World.Equipment.Id, null, World.Sun.Id, DateOnly.FromDateTime(app.Clock.GetUtcNow().DateTime), []), "CK16"));
    }

    static MultipartFormDataContent Report(Guid id, string description, byte[]? photo = null)
    {
        var form = new MultipartFormDataContent { { new StringContent(id.ToString()), "Form.Id" }, { new StringContent(description), "Form.Description" }, { new StringContent("汽机房零米"), "Form.PlaceText" } };
        if (photo is not null) form.Add(new ByteArrayContent(photo) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } }, "Form.Photos", "现场.jpg");
        return form;
    }

    static async Task<HttpResponseMessage> SendAsync(Visitor visitor, string key, HttpContent form, string? token = null, string address = "/findings/report?sent=1")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = form };
        request.Headers.Add(ReplaySafety.Header, key);
        request.Headers.Add(ApiForms.Header, token ?? (await DeskAsync(visitor)).GetProperty("token").GetString());
        return await visitor.SendAsync(request);
    }

    static async Task<JsonElement> DeskAsync(Visitor visitor) => await (await visitor.GetAsync("/api/v1/offline")).JsonAsync();

    static List<string?> Pages(JsonElement desk) => [.. desk.GetProperty("pages").EnumerateArray().Select(page => page.GetProperty("address").GetString())];
}
