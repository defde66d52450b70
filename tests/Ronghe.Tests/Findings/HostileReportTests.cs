using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Ronghe.Platform.Spreadsheets;
using Ronghe.Tests.Platform.Files;

namespace Ronghe.Tests.Findings;

/// <summary>Reports, rectifications and photos made to do harm, through the page and the interface: said in words, and nothing half-saved.</summary>
public class HostileReportTests(TestApp app) : IClassFixture<TestApp>
{
    const int TenMegabytes = 10 << 20;

    static readonly Lazy<Task<byte[]>> Good = new(() => TestImages.JpegAsync(TestImages.Quarters(60, 40)));

    World World => app.World;

    public static TheoryData<string, string> BadPhotos => new()
    {
        { "bomb", "50000×50000" }, { "html", "不是能识别的照片" }, { "svg", "不是能识别的照片" }, { "stump", "已损坏或没有传完整" }, { "stub", "已损坏或没有传完整" },
    };

    static async Task<byte[]> PhotoAsync(string kind) => kind switch
    {
        "bomb" => TestImages.Png(50_000, 50_000, new byte[100_000]),
        "html" => "<!doctype html><html><body><script>alert(1)</script></body></html>      "u8.ToArray(),
        "svg" => "<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>"u8.ToArray(),
        "stump" => (await TestImages.JpegAsync(TestImages.Noise(600, 400)))[..^5000],
        "stub" => (await TestImages.JpegAsync(TestImages.Noise(600, 400)))[..500],
        "polyglot" => [.. await TestImages.JpegAsync(TestImages.Quarters(200, 100)), .. "PK\x03\x04<script>alert(document.cookie)</script>"u8],
        _ => await Good.Value,
    };

    [Theory, MemberData(nameof(BadPhotos))]
    public async Task A_bad_photo_with_a_report_keeps_the_words_and_saves_nothing(string kind, string words)
    {
        var zhang = await app.SignInAs(World.Zhang);
        var before = await CountAsync();
        var answer = await zhang.SendAsync(await FormAsync(zhang, "/findings/report", [("Form.Description", "带坏照片的"), ("Form.PlaceText", "油库")], ("Form.Photos", "好.jpg", "good"), ("Form.Photos", "坏.jpg", kind)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await answer.PageAsync();
        Assert.Contains(words, page.QuerySelector("main")!.TextContent);
        Assert.Equal("带坏照片的", page.QuerySelector<IHtmlTextAreaElement>("#Form_Description")!.Value);
        Assert.Equal(before, await CountAsync());
    }

    [Theory, MemberData(nameof(BadPhotos))]
    public async Task A_bad_photo_with_a_rectification_or_through_the_interface_changes_nothing(string kind, string words)
    {
        var id = await app.ReportAsync(World.Zhang, $"坏照片 {kind}", World.CoalFeeder.Id);
        await app.AssignAsync(id);
        var (state, before) = (await app.StateOf(id), await CountAsync());
        var liu = await app.SignInAs(World.Liu);
        var answer = await liu.SendAsync(await FormAsync(liu, $"/findings/{id}?handler=Rectify", [("version", $"{state.Version}"), ("rectify.Note", "已补焊")], ("rectify.Photos", "坏.jpg", kind)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(words, await answer.TextAsync());
        answer = await SendPhotosAsync(await app.ProgramOf(World.Zhang), id, ("坏.jpg", await PhotoAsync(kind)));
        Assert.Contains(words, (await answer.JsonAsync()).GetProperty("title").GetString());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(state, await app.StateOf(id));
        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task More_photos_than_allowed_are_refused_whole_with_or_without_a_name()
    {
        var zhang = await app.SignInAs(World.Zhang);
        var before = await CountAsync();
        foreach (var nameless in new[] { "false", "true" })
        {
            var photos = Enumerable.Range(1, 21).Select(i => ("Form.Photos", $"{i}.jpg", "good")).ToArray();
            var answer = await zhang.SendAsync(await FormAsync(zhang, "/findings/report",
                [("Form.Description", "照片太多"), ("Form.PlaceText", "油库"), ("Form.WithoutName", nameless)], photos));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Contains("最多传 6 张", await answer.TextAsync());
        }
        var id = await app.ReportAsync(World.Zhang, "接口照片太多", World.CoalFeeder.Id);
        var good = await PhotoAsync("good");
        var refused = await SendPhotosAsync(await app.ProgramOf(World.Zhang), id, [.. Enumerable.Range(1, 21).Select(i => ($"{i}.jpg", good))]);
        Assert.Contains("最多传 6 张", (await refused.JsonAsync()).GetProperty("title").GetString());
        Assert.Equal((before.Findings + 1, before.Photos, before.Files), await CountAsync());
    }

    [Fact]
    public async Task What_hides_in_a_photo_or_in_its_name_is_gone_when_it_comes_back()
    {
        var zhang = await app.SignInAs(World.Zhang);
        string[] names = ["../../../etc/cron.d/x.jpg", "..\\..\\windows\\x.jpg", "C:\\a\\b.jpg", "照片\u202egpj.exe", "a\u0007b.jpg", new string('长', 4000) + ".jpg", ".", "CON"];
        foreach (var name in names)
            Assert.Equal(HttpStatusCode.Redirect, (await zhang.SendAsync(await FormAsync(zhang, "/findings/report",
                [("Form.Description", "名字古怪的照片"), ("Form.PlaceText", "油库")], ("Form.Photos", name, "polyglot")))).StatusCode);
        var files = await app.InDatabase(db => db.Files.AsNoTracking().Where(file => db.Findings.Any(f => f.Id == file.OwnerId && f.Description == "名字古怪的照片")).ToListAsync());
        Assert.Equal(names.Length, files.Count);
        Assert.All(files, file =>
        {
            Assert.DoesNotContain(file.Name, letter => letter is '/' or '\\' or '\u202e' || char.IsControl(letter));
            Assert.InRange(file.Name.Length, 1, 200);
        });
        var answer = await zhang.GetAsync($"/files/{files[0].Id}");
        Assert.Equal("image/jpeg", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(-1, (await answer.Content.ReadAsByteArrayAsync()).AsSpan().IndexOf("<script>"u8));
    }

    [Fact]
    public async Task Ten_megabytes_of_words_are_refused_in_words_on_every_way_in()
    {
        var id = await app.ReportAsync(World.Zhang, "长篇大论", World.CoalFeeder.Id);
        await app.AssignAsync(id);
        var (state, before) = (await app.StateOf(id), await CountAsync());
        var (zhang, liu, program, much) = (await app.SignInAs(World.Zhang), await app.SignInAs(World.Liu), await app.ProgramOf(World.Zhang), new string('长', TenMegabytes / 3));
        var answers = new[]
        {
            await zhang.PostAsync("/findings/report", new { Form__Description = much, Form__PlaceText = "油库" }),
            await zhang.SendAsync(await FormAsync(zhang, "/findings/report", [("Form.Description", much), ("Form.PlaceText", "油库")])),
            await zhang.PostAsync("/findings/report", new { Form__Description = "地点很长", Form__PlaceText = new string('x', 1 << 20) }),
            await liu.PostAsync($"/findings/{id}?handler=Rectify", new { version = state.Version, rectify__Note = much }),
            await liu.PostAsync($"/findings/{id}?handler=Rectify", new { version = state.Version, rectify__Note = new string('x', 1 << 20) }),
            await program.CallAsync(HttpMethod.Post, "/api/v1/findings", Report(much)),
            await (await app.ProgramOf(World.Liu)).CallAsync(HttpMethod.Post, $"/api/v1/findings/{id}/rectification", new { version = state.Version, note = much }),
        };
        foreach (var answer in answers)
        {
            Assert.Contains((int)answer.StatusCode, new[] { 400, 413, 422 });
            Assert.Contains("没有保存", System.Text.RegularExpressions.Regex.Unescape(await answer.Content.ReadAsStringAsync()));
        }
        Assert.Equal(state, await app.StateOf(id));
        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task Characters_that_no_database_keeps_are_refused_and_odd_ones_are_kept()
    {
        var (zhang, program, before) = (await app.SignInAs(World.Zhang), await app.ProgramOf(World.Zhang), await CountAsync());
        foreach (var field in new[] { "Form.Description", "Form.PlaceText", "Form.Id", "a\0b" })
        {
            var fields = new Dictionary<string, string> { ["Form.Description"] = "好的", ["Form.PlaceText"] = "油库" };
            fields[field] = "坏\0的";
            var answer = await zhang.PostAsync("/findings/report", fields);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("不是正常的文字", await answer.TextAsync());
            answer = await zhang.SendAsync(await FormAsync(zhang, "/findings/report", [.. fields.Where(pair => !pair.Key.Contains('\0')).Select(pair => (pair.Key, pair.Value)), ("Form.Category", "坏\0的")]));
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("不能保存的字符", await answer.TextAsync());
        }
        foreach (var bad in new[] { "\\u0000", "\\ud83d", "\\ude00\\ud83d" })
        {
            var answer = await program.SendAsync(Json("/api/v1/findings", JsonSerializer.Serialize(Report("$")).Replace("$", bad)));
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
        Assert.Equal(before, await CountAsync());

        const string odd = "响铃\a 退格\b 竖排\v 换页\f 反转\u202eabc\u202c 表情😀 组合e\u0301 末\u200d尾 \ufffe\uffff ]]> &amp; <b>";
        Assert.Equal(HttpStatusCode.Created, (await program.CallAsync(HttpMethod.Post, "/api/v1/findings", Report(odd))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await zhang.SubmitAsync("/findings/report", new { Form__Description = odd, Form__PlaceText = "油库" })).StatusCode);
        var broken = await zhang.SendAsync(new(HttpMethod.Post, "/findings/report")
        {
            Content = new ByteArrayContent(Encoding.ASCII.GetBytes($"Form.Description=%FF%FE%ED%A0%80&Form.PlaceText=x&__RequestVerificationToken={Uri.EscapeDataString(await zhang.TokenAsync("/findings/report"))}"))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded") },
            },
        });
        Assert.Equal(HttpStatusCode.Redirect, broken.StatusCode);
        var sun = await app.SignInAs(World.Sun);
        Assert.Contains("表情😀", (await sun.ReadAsync("/findings?q=响铃")).QuerySelector("main")!.TextContent);
        using var ledger = new MemoryStream(await (await sun.GetAsync("/findings/export?q=响铃")).Content.ReadAsByteArrayAsync());
        Assert.Contains("表情😀", string.Concat(Enumerable.Range(0, 20).Select(column => WorkbookReader.Read(ledger, "台账.xlsx").Sheets[0][column, 4])));
    }

    [Theory]
    [InlineData("0001-01-01T00:00"), InlineData("1900-01-01 08:00"), InlineData("9999-12-31T23:59"), InlineData("9999-12-31T23:59:59-12:00"), InlineData("+275760-09-13"), InlineData("昨天")]
    public async Task A_time_outside_of_all_reason_is_refused_at_its_field(string foundAt)
    {
        var (zhang, program, before) = (await app.SignInAs(World.Zhang), await app.ProgramOf(World.Zhang), await CountAsync());
        var answer = await zhang.SubmitAsync("/findings/report", new { Form__Description = "时间古怪", Form__PlaceText = "油库", Form__FoundAt = foundAt });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.NotEqual("", await answer.ProblemsAsync());
        answer = await program.CallAsync(HttpMethod.Post, "/api/v1/findings", new { id = Guid.CreateVersion7(), description = "时间古怪", place = "油库", foundAt });
        Assert.Contains((int)answer.StatusCode, new[] { 400, 422 });
        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task Deadlines_outside_of_all_reason_are_refused()
    {
        var id = await app.ReportAsync(World.Zhang, "期限古怪", World.CoalFeeder.Id);
        var sun = await app.ProgramOf(World.Sun);
        await sun.CallAsync(HttpMethod.Post, $"/api/v1/findings/{id}/grading", new { version = 1, grade = "general" });
        object Points(string dueOn) => new { version = 2, personId = World.Liu.Id, dueOn, unitId = World.BoilerCrew.Id, standard = "牢固", measure = "补焊" };
        foreach (var dueOn in new[] { "0001-01-01", "9999-12-31", "2036-12-01" })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await sun.CallAsync(HttpMethod.Post, $"/api/v1/findings/{id}/assignment", Points(dueOn))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await sun.CallAsync(HttpMethod.Post, $"/api/v1/findings/{id}/assignment", Points("2026-12-01"))).StatusCode);
        var far = await sun.CallAsync(HttpMethod.Post, $"/api/v1/findings/{id}/extension", new { version = 3, until = "9999-12-31", reason = "备件" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, far.StatusCode);
    }

    [Fact]
    public async Task A_report_through_the_interface_brings_an_id_of_its_own()
    {
        var (program, before) = (await app.ProgramOf(World.Zhang), await CountAsync());
        Assert.Equal(HttpStatusCode.BadRequest, (await program.CallAsync(HttpMethod.Post, "/api/v1/findings", new { description = "没有编号", place = "油库" })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await program.CallAsync(HttpMethod.Post, "/api/v1/findings", new { id = Guid.Empty, description = "零号", place = "油库" })).StatusCode);
        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task Photos_that_are_cut_off_or_badly_wrapped_are_a_bad_request()
    {
        var id = await app.ReportAsync(World.Zhang, "断在半路", World.CoalFeeder.Id);
        var (program, before) = (await app.ProgramOf(World.Zhang), await CountAsync());
        foreach (var (type, body) in new[]
        {
            ("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"photos\"; filename=\"a.jpg\"\r\n\r\nabc"),
            ("multipart/form-data; boundary=x", "nothing of the kind"), ("multipart/form-data", "x"), ("multipart/form-data; boundary=x", $"--x\r\n{new string('h', 40_000)}"),
            ("image/jpeg", ""), ("text/html", "<html></html>"),
        })
        {
            var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/findings/{id}/photos?stage=before") { Content = new ByteArrayContent(Encoding.ASCII.GetBytes(body)) };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            var answer = await program.SendAsync(request);
            Assert.Contains((int)answer.StatusCode, new[] { 400, 415, 422 });
            Assert.Contains((await answer.JsonAsync()).GetProperty("title").GetString()!, letter => letter >= '\u4e00');
        }
        Assert.Equal(before, await CountAsync());
    }

    static object Report(string description) => new { id = Guid.CreateVersion7(), description, place = "油库" };

    static HttpRequestMessage Json(string url, string body) => new(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    Task<(int Findings, int Photos, int Files)> CountAsync() => app.InDatabase(async db =>
        (await db.Findings.CountAsync(), await db.FindingPhotos.CountAsync(), await db.Files.CountAsync()));

    static async Task<HttpRequestMessage> FormAsync(Visitor visitor, string url, (string Name, string Value)[] fields, params (string Field, string Name, string Kind)[] photos)
    {
        var body = new MultipartFormDataContent { { new StringContent(await visitor.TokenAsync("/me")), "__RequestVerificationToken" } };
        foreach (var (name, value) in fields) body.Add(new StringContent(value), name);
        foreach (var (field, name, kind) in photos) body.Add(Part(field, name, await PhotoAsync(kind)));
        return new(HttpMethod.Post, url) { Content = body };
    }

    static async Task<HttpResponseMessage> SendPhotosAsync(Visitor program, Guid id, params (string Name, byte[] Content)[] photos)
    {
        using var body = new MultipartFormDataContent();
        foreach (var (name, content) in photos) body.Add(Part("photos", name, content));
        return await program.SendAsync(new(HttpMethod.Post, $"/api/v1/findings/{id}/photos?stage=before") { Content = body });
    }

    /// <summary>With the name as it is: the client's own class would make it harmless.</summary>
    static ByteArrayContent Part(string field, string name, byte[] content)
    {
        var part = new ByteArrayContent(content);
        var escaped = name.Replace("\\", "\\\\").Replace("\"", "\\\"");
        part.Headers.TryAddWithoutValidation("Content-Disposition", name.Any(char.IsControl)
            ? $"form-data; name=\"{field}\"; filename*=UTF-8''{Uri.EscapeDataString(name)}"
            : $"form-data; name=\"{field}\"; filename=\"{escaped}\"");
        part.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        return part;
    }
}
