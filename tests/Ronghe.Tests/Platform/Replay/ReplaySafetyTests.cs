using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Platform.Replay;
using Ronghe.Tests.Organisation.Imports;
using Ronghe.Tests.Platform.Files;

namespace Ronghe.Tests.Platform.Replay;

/// <summary>One effect however often a call is sent under one key, and the same answer each time.</summary>
public class ReplaySafetyTests(TestApp app) : IClassFixture<TestApp>
{
    const string Findings = "/api/v1/findings";

    [Fact]
    public async Task The_same_call_again_gets_the_same_answer_without_the_act()
    {
        var (wang, key, report) = (await app.ProgramOf(app.World.Wang), Key(), Report());
        var first = await SendAsync(wang, key, report);
        var second = await SendAsync(wang, key, report);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, second.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal((first.Headers.Location, first.Content.Headers.ContentType), (second.Headers.Location, second.Content.Headers.ContentType));
        Assert.NotNull(second.Headers.Location);
        Assert.Equal((false, true), (IsReplay(first), IsReplay(second)));
        // An act that would refuse a second time.
        var (sun, grading, at) = (await app.ProgramOf(app.World.Sun), Key(), $"{Findings}/{report.Id}/grading");
        var graded = await SendAsync(sun, grading, new { version = await VersionAsync(first), grade = "general" }, at);
        var again = await SendAsync(sun, grading, new { version = await VersionAsync(first), grade = "general" }, at);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (graded.StatusCode, again.StatusCode));
        Assert.Equal(await graded.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Another_body_or_address_under_the_same_key_is_refused_in_words()
    {
        var (wang, key, report) = (await app.ProgramOf(app.World.Wang), Key(), Report());
        await SendAsync(wang, key, report);
        var other = Report();
        foreach (var answer in new[] { await SendAsync(wang, key, other), await SendAsync(wang, key, report, Findings + "?x=1"), await SendAsync(wang, key, report, $"{Findings}/{report.Id}/closure") })
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Contains("另一个请求", await TitleAsync(answer));
        }
        Assert.Equal((1, 0), (await CountAsync(report.Id), await CountAsync(other.Id)));
    }

    [Fact]
    public async Task Another_person_may_use_the_same_key()
    {
        var (key, mine, theirs) = (Key(), Report(), Report());
        await SendAsync(await app.ProgramOf(app.World.Wang), key, mine);
        var answer = await SendAsync(await app.ProgramOf(app.World.Zhang), key, theirs);
        Assert.Equal((HttpStatusCode.Created, false), (answer.StatusCode, IsReplay(answer)));
        Assert.Equal((1, 1), (await CountAsync(mine.Id), await CountAsync(theirs.Id)));
    }

    [Fact]
    public async Task Many_at_once_have_one_effect()
    {
        // Without an id of the caller's: but for the key, each would be an import of its own.
        var (feng, key) = (await app.ProgramOf(app.World.Feng), Key());
        var before = await app.InDatabase(db => db.ImportRuns.CountAsync());
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => UploadAsync(feng, key, "甲一"))));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created && !IsReplay(answer));
        Assert.All(answers, answer => Assert.True(answer.StatusCode == HttpStatusCode.Conflict || answer.StatusCode == HttpStatusCode.Created));
        Assert.Equal(before + 1, await app.InDatabase(db => db.ImportRuns.CountAsync()));
    }

    [Fact]
    public async Task While_the_first_is_in_flight_the_second_is_told_to_wait()
    {
        var (wang, key, report) = (await app.ProgramOf(app.World.Wang), Key(), Report());
        await using var owner = AppDb.Open(app.Database.Owner);
        await using var blocking = await owner.Database.BeginTransactionAsync();
        await owner.Database.ExecuteSqlAsync($"lock table findings in exclusive mode");
        var first = SendAsync(wang, key, report);
        while (await ClaimsAsync() == 0) await Task.Delay(20);
        var second = await SendAsync(wang, key, report);
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.NotNull(second.Headers.RetryAfter);
        Assert.Contains("正在办理", await TitleAsync(second));
        await blocking.RollbackAsync();
        Assert.Equal(HttpStatusCode.Created, (await first).StatusCode);
        Assert.True(IsReplay(await SendAsync(wang, key, report)));

        Task<int> ClaimsAsync() =>
            app.InDatabase(db => db.ReplayedCalls.CountAsync(call => call.Slot == CallFingerprint.SlotOf(app.World.Wang.Id, key)));
    }

    [Fact]
    public async Task What_was_refused_may_be_mended_under_the_same_key()
    {
        var (wang, key, report) = (await app.ProgramOf(app.World.Wang), Key(), Report());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(wang, key, report with { Description = "" })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(wang, key, new { id = "x" })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(wang, key, new { version = 1 }, $"{Findings}/{Guid.CreateVersion7()}/confirmation")).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await SendAsync(wang, key, report)).StatusCode);
    }

    [Theory]
    [InlineData(201, 'a'), InlineData(3, ' '), InlineData(3, '键')]
    public async Task A_key_that_is_none_is_refused_in_words(int length, char letter)
    {
        var (wang, report) = (await app.ProgramOf(app.World.Wang), Report());
        var answer = await SendAsync(wang, new string(letter, length), report);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("1—200", await TitleAsync(answer));
        Assert.Equal(0, await CountAsync(report.Id));
        Assert.Equal(HttpStatusCode.Created, (await SendAsync(wang, Key().PadRight(ReplaySafety.LongestKey, '~'), report)).StatusCode);
    }

    [Fact]
    public async Task An_upload_sent_again_with_another_boundary_is_the_same_upload()
    {
        var (feng, key) = (await app.ProgramOf(app.World.Feng), Key());
        var first = await UploadAsync(feng, key, "乙二");
        var second = await UploadAsync(feng, key, "乙二");
        Assert.Equal((HttpStatusCode.Created, true), (second.StatusCode, IsReplay(second)));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await UploadAsync(feng, key, "丙三")).StatusCode);
    }

    [Fact]
    public async Task A_dead_process_leaves_a_claim_that_runs_out_and_the_act_repeats_safely()
    {
        await using var own = await TestApp.StartAsync();
        var (wang, key, report) = (await own.ProgramOf(own.World.Wang), Key(), Report(own));
        await SendAsync(wang, key, report);
        await own.InDatabase(db => db.Database.ExecuteSqlAsync($"update replayed_calls set state = 'Claimed', status = null, answer = null"));
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync(wang, key, report)).StatusCode);
        own.Clock.Pass(ReplayedCalls.ClaimHolds + TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(wang, key, Report(own))).StatusCode);
        var again = await SendAsync(wang, key, report);
        Assert.Equal((HttpStatusCode.Created, false), (again.StatusCode, IsReplay(again)));
        Assert.Equal(1, await own.InDatabase(db => db.Findings.CountAsync()));
    }

    [Fact]
    public async Task An_act_that_takes_long_keeps_its_claim()
    {
        await using var own = await TestApp.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(services => new Hurried((TestClock)builder.Services.First(service => service.ImplementationInstance is TestClock).ImplementationInstance!)));
        var (wang, key, report) = (await own.ProgramOf(own.World.Wang), Key(), Report(own));
        await using var owner = AppDb.Open(own.Database.Owner);
        await using var blocking = await owner.Database.BeginTransactionAsync();
        await owner.Database.ExecuteSqlAsync($"lock table findings in exclusive mode");
        var first = SendAsync(wang, key, report);
        var slot = CallFingerprint.SlotOf(own.World.Wang.Id, key);
        for (var times = 0; times < 3; times++)
        {
            await UntilAsync(own, call => call.Slot == slot && call.CreatedAt >= own.Clock.GetUtcNow());
            own.Clock.Pass(ReplayedCalls.ClaimHolds * 0.7);
        }
        await UntilAsync(own, call => call.Slot == slot && call.CreatedAt >= own.Clock.GetUtcNow());
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync(wang, key, report)).StatusCode);
        await blocking.RollbackAsync();
        Assert.Equal(HttpStatusCode.Created, (await first).StatusCode);
        Assert.True(IsReplay(await SendAsync(wang, key, report)));
    }

    [Fact]
    public async Task When_the_caller_hangs_up_the_act_goes_on_and_its_answer_waits_for_the_next_call()
    {
        var (wang, key, report) = (await app.ProgramOf(app.World.Wang), Key(), Report());
        var slot = CallFingerprint.SlotOf(app.World.Wang.Id, key);
        await using (var owner = AppDb.Open(app.Database.Owner))
        {
            await using var blocking = await owner.Database.BeginTransactionAsync();
            await owner.Database.ExecuteSqlAsync($"lock table findings in exclusive mode");
            using var patience = new CancellationTokenSource();
            var first = wang.SendAsync(Request(key, report), patience.Token);
            await UntilAsync(app, call => call.Slot == slot);
            await patience.CancelAsync();
            await blocking.RollbackAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        }
        await UntilAsync(app, call => call.Slot == slot && call.State == ReplayState.Answered);
        var again = await SendAsync(wang, key, report);
        Assert.Equal((HttpStatusCode.Created, true, 1), (again.StatusCode, IsReplay(again), await CountAsync(report.Id)));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("'encrypted under a key that is gone'::bytea")]
    public async Task What_was_answered_and_not_kept_is_said_to_be_done(string answer)
    {
        await using var own = await TestApp.StartAsync();
        var (wang, key, report) = (await own.ProgramOf(own.World.Wang), Key(), Report(own));
        await SendAsync(wang, key, report);
        var loss = $"update replayed_calls set answer = {answer}";
        await own.InDatabase(db => db.Database.ExecuteSqlRawAsync(loss));
        var again = await SendAsync(wang, key, report);
        Assert.Equal((HttpStatusCode.Conflict, true), (again.StatusCode, IsReplay(again)));
        Assert.Equal("urn:ronghe:problem:answer-not-kept", (await again.JsonAsync()).GetProperty("type").GetString());
        Assert.Equal(1, await own.InDatabase(db => db.Findings.CountAsync()));
    }

    [Fact]
    public async Task A_large_answer_is_not_kept_but_known_to_have_been_given() => await app.AsAsync(app.World.Wang, async services =>
    {
        var calls = services.Of<ReplayedCalls>();
        foreach (var (bytes, isKept) in new[] { (KeptAnswer.MostBytes, true), (KeptAnswer.MostBytes + 1, false) })
        {
            var (slot, claim) = (CallFingerprint.SlotOf(app.World.Wang.Id, Key()), Guid.CreateVersion7());
            Assert.True(await calls.ClaimAsync(slot, slot, claim));
            await calls.CompleteAsync(claim, slot, new(200, "application/json", "", new byte[bytes]));
            var found = (await calls.FindAsync(slot))!;
            Assert.Equal((ReplayState.Answered, isKept), (found.State, calls.AnswerOf(found) is not null));
        }
    });

    [Fact]
    public async Task An_upload_whose_process_died_after_the_commit_is_not_taken_in_twice()
    {
        await using var own = await TestApp.StartAsync();
        var (feng, key) = (await own.ProgramOf(own.World.Feng), Key());
        var first = (await (await UploadAsync(feng, key, "丁四")).JsonAsync()).GetProperty("id").GetGuid();
        await own.InDatabase(db => db.Database.ExecuteSqlAsync($"update replayed_calls set state = 'Claimed', status = null, answer = null"));
        own.Clock.Pass(ReplayedCalls.ClaimHolds + TimeSpan.FromSeconds(1));
        var again = await UploadAsync(feng, key, "丁四");
        Assert.Equal((HttpStatusCode.Created, false), (again.StatusCode, IsReplay(again)));
        Assert.Equal(first, (await again.JsonAsync()).GetProperty("id").GetGuid());
        Assert.Equal(1, await own.InDatabase(db => db.ImportRuns.CountAsync()));
        // Another key is another upload.
        await UploadAsync(feng, Key(), "丁四");
        Assert.Equal(2, await own.InDatabase(db => db.ImportRuns.CountAsync()));
    }

    [Fact]
    public async Task A_photo_sent_again_stands_there_once_and_leaves_no_second_row_in_the_journal()
    {
        var (wang, report) = (await app.ProgramOf(app.World.Wang), Report());
        await SendAsync(wang, Key(), report);
        var (red, blue) = (await PhotoAsync(200, 0), await PhotoAsync(0, 200));
        foreach (var photo in new[] { red, red, blue, red }) Assert.Equal(HttpStatusCode.OK, (await SendPhotoAsync(photo)).StatusCode);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SendPhotoAsync(blue)));
        Assert.Equal(2, await app.InDatabase(db => db.FindingPhotos.CountAsync(photo => photo.FindingId == report.Id)));
        Assert.Equal(2, await app.InDatabase(db => db.Files.CountAsync(file => file.OwnerId == report.Id)));
        Assert.Equal(2, await app.InDatabase(db => db.Journal.CountAsync(row => row.SubjectId == report.Id && row.Event == "finding.photographed")));

        Task<HttpResponseMessage> SendPhotoAsync(byte[] photo) => wang.SendAsync(new(HttpMethod.Post, $"{Findings}/{report.Id}/photos?stage=before")
        {
            Content = new MultipartFormDataContent { { new ByteArrayContent(photo) { Headers = { ContentType = new("image/jpeg") } }, "photos", "现场.jpg" } },
        });

        static Task<byte[]> PhotoAsync(byte red, byte blue) => TestImages.JpegAsync(TestImages.Ppm(64, 48, (x, y) => ((byte)(red + x % 8), (byte)y, blue)));
    }

    /// <summary>The plant's clock stands still until the test moves it; what is done every half minute is done five times a second.</summary>
    sealed class Hurried(TestClock clock) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, Sooner(dueTime), Sooner(period));

        static TimeSpan Sooner(TimeSpan time) => time > TimeSpan.Zero ? time / 150 : time;
    }

    static async Task UntilAsync(TestApp app, System.Linq.Expressions.Expression<Func<ReplayedCall, bool>> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await app.InDatabase(db => db.ReplayedCalls.AnyAsync(isSo))) await Task.Delay(20, limit.Token);
    }

    [Fact]
    public async Task After_a_day_the_key_is_free_and_its_row_goes()
    {
        await using var own = await TestApp.StartAsync();
        var (wang, key) = (await own.ProgramOf(own.World.Wang), Key());
        await SendAsync(wang, key, Report(own));
        await SendAsync(wang, Key(), Report(own));
        own.Clock.Pass(ReplayedCalls.Kept + TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Created, (await SendAsync(wang, key, Report(own))).StatusCode);
        Assert.Equal(1, await own.AsAsync(own.World.Wang, services => services.Of<ReplayedCalls>().RemoveOutdatedAsync()));
        Assert.Equal(1, await own.InDatabase(db => db.ReplayedCalls.CountAsync()));
    }

    [Fact]
    public async Task What_is_kept_names_nobody_and_cannot_be_read()
    {
        var (wang, key, report) = (await app.ProgramOf(app.World.Wang), Key(), Report());
        var answer = await SendAsync(wang, key, new { id = report.Id, description = report.Description, placeId = report.PlaceId, withoutName = true });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var rows = await app.InDatabase(db => db.Database.SqlQuery<string>($"select row_to_json(r)::text || coalesce(encode(answer, 'escape'), '') as \"Value\" from replayed_calls r").ToListAsync());
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.All([key, app.World.Wang.Id.ToString(), report.Id.ToString()], word => Assert.DoesNotContain(word, row)));
    }

    sealed record Told(Guid Id, string Description, Guid PlaceId);

    Told Report(TestApp? other = null) => new(Guid.CreateVersion7(), "3 号给水泵机械密封渗漏", (other ?? app).World.FeedPump.Id);

    static string Key() => Guid.CreateVersion7().ToString();

    static Task<HttpResponseMessage> SendAsync(Visitor program, string key, object body, string url = Findings) => program.SendAsync(Request(key, body, url));

    static HttpRequestMessage Request(string key, object body, string url = Findings)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = JsonContent.Create(body, body.GetType()) };
        request.Headers.TryAddWithoutValidation(ReplaySafety.Header, key);
        return request;
    }

    static async Task<HttpResponseMessage> UploadAsync(Visitor program, string key, string name)
    {
        var file = Uploads.Csv("工号,姓名,部门", $"009001,{name},发电一部");
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/imports") { Content = Uploads.Form(file, "名单.csv", ("kind", "people")) };
        request.Headers.Add(ReplaySafety.Header, key);
        return await program.SendAsync(request);
    }

    Task<int> CountAsync(Guid finding) => app.InDatabase(db => db.Findings.CountAsync(f => f.Id == finding));

    static bool IsReplay(HttpResponseMessage answer) => answer.Headers.Contains(ReplaySafety.ReplayedHeader);
    static async Task<int> VersionAsync(HttpResponseMessage answer) => (await answer.JsonAsync()).GetProperty("version").GetInt32();
    static async Task<string> TitleAsync(HttpResponseMessage answer) => (await answer.JsonAsync()).GetProperty("title").GetString()!;
}
