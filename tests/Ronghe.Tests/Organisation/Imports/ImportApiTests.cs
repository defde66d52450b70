using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Tests.Organisation.Imports;

/// <summary>Imports for programs: the same steps, rights and answers as the pages.</summary>
public class ImportApiTests(TestApp app) : IClassFixture<TestApp>
{
    const string Imports = "/api/v1/imports";

    static int next = 5000;

    static string Number() => (++next).ToString("000000", null);

    static (int Rows, int Valid, int Imported, int Errors) Counts(JsonElement run) => run.GetProperty("counts") is var counts
        ? (counts.GetProperty("rows").GetInt32(), counts.GetProperty("valid").GetInt32(), counts.GetProperty("imported").GetInt32(), counts.GetProperty("errors").GetInt32()) : default;

    static async Task<JsonElement> CreatedAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await answer.JsonAsync();
    }

    static string At(JsonElement run) => $"{Imports}/{run.GetProperty("id").GetString()}";

    static int Version(JsonElement run) => run.GetProperty("version").GetInt32();

    [Fact]
    public async Task A_file_is_checked_taken_in_and_undone()
    {
        var program = await app.ProgramOf(app.World.Feng);
        var (good, bad) = (Number(), Number());
        var answer = await program.PostFileAsync("people", Uploads.Csv("工号,姓名,部门", $"{good},甲一,发电一部", $"{bad},乙二,没有的部"), "名单.csv");
        var run = await CreatedAsync(answer);
        Assert.Equal(At(run), answer.Headers.Location!.ToString());
        Assert.Equal((2, 1, 0, 1), Counts(run));
        var error = run.GetProperty("report").GetProperty("errors")[0];
        Assert.Equal(("名单", "C3", "unknown-unit"), (error.GetProperty("sheet").GetString(), error.GetProperty("cell").GetString(), error.GetProperty("kind").GetString()));

        var all = await program.CallAsync(HttpMethod.Post, $"{At(run)}/application", new { version = Version(run), mode = "allOrNothing" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, all.StatusCode);
        Assert.Contains("不能导入任何一行", (await all.JsonAsync()).GetProperty("title").GetString());
        Assert.False(await app.InDatabase(db => db.People.AnyAsync(p => p.Number == good)));

        run = await (await program.CallAsync(HttpMethod.Post, $"{At(run)}/application", new { version = Version(run), mode = "goodRows" })).JsonAsync();
        Assert.Equal(("imported", 1), (run.GetProperty("state").GetString(), Counts(run).Imported));
        Assert.True(await app.InDatabase(db => db.People.AnyAsync(p => p.Number == good)));
        Assert.Equal(HttpStatusCode.Conflict, (await program.CallAsync(HttpMethod.Post, $"{At(run)}/reversal", new { version = 1 })).StatusCode);
        run = await (await program.CallAsync(HttpMethod.Post, $"{At(run)}/reversal", new { version = Version(run) })).JsonAsync();
        Assert.Equal("undone", run.GetProperty("state").GetString());
        Assert.False(await app.InDatabase(db => db.People.AnyAsync(p => p.Number == good)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await program.CallAsync(HttpMethod.Post, $"{At(run)}/reversal", new { version = Version(run) })).StatusCode);
    }

    [Fact]
    public async Task Columns_and_words_are_answered_and_remembered()
    {
        var program = await app.ProgramOf(app.World.Feng);
        byte[] File() => Uploads.Xlsx("A", "人员代号|称呼|归属", $"{Number()}|丙三|发电处");
        var run = await CreatedAsync(await program.PostFileAsync("people", File(), "a.xlsx"));
        Assert.Contains("还没有指定", run.GetProperty("report").GetProperty("notes")[0].GetString());
        var check = new { version = Version(run), columns = new Dictionary<string, string> { ["工号"] = "A", ["name"] = "称呼", ["部门"] = "归属" }, words = new Dictionary<string, object>(), remember = false };
        run = await (await program.CallAsync(HttpMethod.Post, $"{At(run)}/check", check)).JsonAsync();
        Assert.Equal((1, 0, 0, 1), Counts(run));
        var word = run.GetProperty("report").GetProperty("words")[0];
        Assert.Equal(("department", "发电处", true), (word.GetProperty("column").GetString(), word.GetProperty("word").GetString(), word.GetProperty("isOpen").GetBoolean()));
        Assert.Equal("发电一部", word.GetProperty("candidates")[0].GetProperty("id").GetString());

        var answered = new { version = Version(run), words = new { department = new Dictionary<string, string> { ["发电处"] = "发电一部" } }, remember = true };
        run = await (await program.CallAsync(HttpMethod.Post, $"{At(run)}/check", answered)).JsonAsync();
        Assert.Equal((1, 1, 0, 0), Counts(run));
        run = await CreatedAsync(await program.PostFileAsync("people", File(), "b.xlsx"));
        Assert.Equal((1, 1, 0, 0), Counts(run));
    }

    [Theory]
    [InlineData("""{"工厂号":"A"}""", "{}", "不认识“工厂号”这一列")]
    [InlineData("""{"工号":"Z"}""", "{}", "表里没有")]
    [InlineData("{}", """{"departments":{"a":"b"}}""", "没有“departments”这一列")]
    public async Task A_slip_in_an_answer_is_refused_and_not_passed_over(string columns, string words, string message)
    {
        var program = await app.ProgramOf(app.World.Feng);
        var run = await CreatedAsync(await program.PostFileAsync("people", Uploads.Csv("工号,姓名,部门", $"{Number()},甲一,发电一部"), "名单.csv"));
        var answer = await program.CallAsync(HttpMethod.Post, $"{At(run)}/check", new { version = Version(run), columns = JsonDocument.Parse(columns).RootElement, words = JsonDocument.Parse(words).RootElement });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(message, (await answer.JsonAsync()).GetProperty("title").GetString());
    }

    [Fact]
    public async Task An_id_sent_again_with_the_same_file_gives_the_same_import_and_with_another_one_is_refused()
    {
        var (program, id) = (await app.ProgramOf(app.World.Feng), Guid.CreateVersion7());
        var file = Uploads.Csv("工号,姓名,部门", $"{Number()},甲一,发电一部");
        await CreatedAsync(await program.PostFileAsync("people", file, "a.csv", id));
        await CreatedAsync(await program.PostFileAsync("people", file, "a.csv", id));
        Assert.Equal(1, await app.InDatabase(db => db.ImportRuns.CountAsync(run => run.Id == id)));
        var other = await program.PostFileAsync("people", Uploads.Csv("工号,姓名,部门", $"{Number()},乙二,发电一部"), "b.csv", id);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Equal("id", (await other.JsonAsync()).GetProperty("field").GetString());
    }

    [Fact]
    public async Task The_marked_file_comes_back_as_a_workbook()
    {
        var program = await app.ProgramOf(app.World.Feng);
        var run = await CreatedAsync(await program.PostFileAsync("people", Uploads.Csv("工号,姓名,部门", $"{Number()},,发电一部"), "名单.csv"));
        var answer = await program.GetAsync($"{At(run)}/marked-file");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var file = new MemoryStream(await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(["名单", "错误清单"], WorkbookReader.Read(file, "x.xlsx").Sheets.Select(sheet => sheet.Name));
    }

    [Fact]
    public async Task Only_who_may_import_a_list_gets_in()
    {
        var feng = await app.ProgramOf(app.World.Feng);
        var run = await CreatedAsync(await feng.PostFileAsync("people", Uploads.Csv("工号,姓名,部门", $"{Number()},甲一,发电一部"), "名单.csv"));
        var wang = await app.ProgramOf(app.World.Wang);
        Assert.Equal(HttpStatusCode.Forbidden, (await wang.GetAsync(Imports)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await wang.PostFileAsync("people", [1], "x.csv")).StatusCode);
        var sun = await app.ProgramOf(app.World.Sun);
        Assert.Equal(HttpStatusCode.Forbidden, (await sun.PostFileAsync("people", Uploads.Csv("工号,姓名,部门"), "x.csv")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await sun.GetAsync(At(run))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await sun.CallAsync(HttpMethod.Post, $"{At(run)}/application", new { version = 1, mode = "goodRows" })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await sun.GetAsync($"{At(run)}/marked-file")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Stranger().GetAsync(Imports)).StatusCode);
    }

    [Fact]
    public async Task A_request_without_a_form_is_told_what_is_wanted()
    {
        var program = await app.ProgramOf(app.World.Feng);
        var answer = await program.CallAsync(HttpMethod.Post, Imports, new { kind = "people" });
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Contains("multipart/form-data", (await answer.JsonAsync()).GetProperty("title").GetString());
    }
}
