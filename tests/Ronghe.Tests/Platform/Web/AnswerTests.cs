using System.Net;
using System.Text;
using System.Text.Json;

namespace Ronghe.Tests.Platform.Web;

/// <summary>Refusals and faults as people and programs get to see them.</summary>
public class AnswerTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_program_gets_problem_details_with_words_fit_to_show()
    {
        var xu = await app.ProgramOf(app.World.Xu);
        var answer = await xu.CallAsync(HttpMethod.Post, $"/api/v1/accounts/{app.World.Wang.Id}");
        await AssertProblemAsync(answer, HttpStatusCode.UnprocessableEntity, "refused", "已有账号");
        await AssertProblemAsync(await xu.GetAsync($"/api/v1/accounts/{Guid.CreateVersion7()}"), HttpStatusCode.NotFound, "not-found", "没有找到");
        await AssertProblemAsync(await xu.GetAsync("/api/v1/nothing-here"), HttpStatusCode.NotFound, "not-found", "没有");
        await AssertProblemAsync(await xu.CallAsync(HttpMethod.Put, "/api/v1/me"), HttpStatusCode.MethodNotAllowed, "wrong-method", "不接受");
    }

    [Fact]
    public async Task What_cannot_be_read_is_a_bad_request_in_chinese()
    {
        var wang = await app.ProgramOf(app.World.Wang);
        var broken = await wang.SendAsync(new(HttpMethod.Post, "/api/v1/findings") { Content = new StringContent("{\"description\": ", Encoding.UTF8, "application/json") });
        await AssertProblemAsync(broken, HttpStatusCode.BadRequest, "bad-request", "JSON");
        var mistyped = await wang.SendAsync(new(HttpMethod.Post, "/api/v1/findings") { Content = new StringContent("{\"id\": \"x\"}", Encoding.UTF8, "application/json") });
        var problem = await AssertProblemAsync(mistyped, HttpStatusCode.BadRequest, "bad-request", "JSON");
        Assert.Equal("id", problem.GetProperty("field").GetString());
        var plain = await wang.SendAsync(new(HttpMethod.Post, "/api/v1/findings") { Content = new StringContent("x") });
        await AssertProblemAsync(plain, HttpStatusCode.UnsupportedMediaType, "wrong-type", "json");
    }

    [Fact]
    public async Task A_person_gets_a_page_that_says_what_happened_and_what_to_do()
    {
        var zhang = await app.SignInAs(app.World.Zhang);
        var forbidden = await zhang.GetAsync("/admin/accounts");
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        Assert.Contains("没有办理这件事的权限", await forbidden.TextAsync());
        var missing = await zhang.GetAsync("/no-such-page");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Contains("没有找到", await missing.TextAsync());
    }

    static async Task<JsonElement> AssertProblemAsync(HttpResponseMessage answer, HttpStatusCode status, string kind, string words)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.JsonAsync();
        Assert.Equal($"urn:ronghe:problem:{kind}", problem.GetProperty("type").GetString());
        Assert.Contains(words, problem.GetProperty("title").GetString());
        Assert.NotEmpty(problem.GetProperty("requestId").GetString()!);
        return problem;
    }
}
